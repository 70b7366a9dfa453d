/* SPDX-License-Identifier: GPL-2.0 */
/* pmap_rc.h - in: a configuration file of pmap; out: the choice of fields in it, or a new file. */
#ifndef VMAVIEW_PMAP_RC_H
#define VMAVIEW_PMAP_RC_H

#include "verbs/pmap/pmap_options.h"

/* 0 or -errno; what is wrong with a line of the file is said on stderr. */
int pmap_rc_read(const char *path, struct pmap_options *options);
int pmap_rc_create(const char *path);

#endif /* VMAVIEW_PMAP_RC_H */
