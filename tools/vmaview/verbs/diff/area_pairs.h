/* SPDX-License-Identifier: GPL-2.0 */
/* area_pairs.h - in: a process before and after; out: which area of the one is which of the other.  Pure. */
#ifndef VMAVIEW_AREA_PAIRS_H
#define VMAVIEW_AREA_PAIRS_H

#include "vmaview/model.h"

#define NO_AREA SIZE_MAX

struct area_pairs {
	size_t *new_of;		/* for each old area the new one; NO_AREA: it is gone */
	size_t *old_of;		/* for each new area the old one; NO_AREA: it is new */
};

/*
 * Where both have the place and what is mapped there in common, that is one area, whatever became of its ends; then
 * heap and stack are matched by name, files by offset and order, what follows on a file's data by that, and anonymous
 * memory that was moved by the frames that went along, or where these are not known as the only one of its size.
 *
 * 0 or -ENOMEM; free them whatever comes.
 */
int area_pairs_find(struct area_pairs *pairs, const struct process *before, const struct process *after);
void area_pairs_free(struct area_pairs *pairs);

#endif /* VMAVIEW_AREA_PAIRS_H */
