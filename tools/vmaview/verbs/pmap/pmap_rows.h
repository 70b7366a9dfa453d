/* SPDX-License-Identifier: GPL-2.0 */
/* pmap_rows.h - in: a process; out: what pmap prints below its title, in all modes but PMAP_FIELDS. */
#ifndef VMAVIEW_PMAP_ROWS_H
#define VMAVIEW_PMAP_ROWS_H

#include "verbs/pmap/pmap_options.h"
#include "verbs/pmap/pmap_source.h"

void pmap_rows(const struct pmap_target *target, const struct pmap_options *options);

#endif /* VMAVIEW_PMAP_ROWS_H */
