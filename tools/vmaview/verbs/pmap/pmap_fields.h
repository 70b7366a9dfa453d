/* SPDX-License-Identifier: GPL-2.0 */
/* pmap_fields.h - in: a process and the rest of its smaps; out: the table of PMAP_FIELDS. */
#ifndef VMAVIEW_PMAP_FIELDS_H
#define VMAVIEW_PMAP_FIELDS_H

#include <stddef.h>
#include <stdint.h>

#include "verbs/pmap/pmap_options.h"
#include "verbs/pmap/pmap_source.h"

/* What pmap keeps from one process to the next.  Zeroed before the first. */
struct pmap_sums {
	struct pmap_sum {
		char key[sizeof(((struct smaps_key *)NULL)->name)];
		int width;
		uint64_t total;
	} *sum;
	size_t nr;
};

void pmap_fields(const struct pmap_target *target, const struct pmap_options *options,
		 struct pmap_sums *sums);

#endif /* VMAVIEW_PMAP_FIELDS_H */
