/* SPDX-License-Identifier: GPL-2.0 */
/* nearest.h - in: a mistyped name and candidates; out: the one that was probably meant. */
#ifndef VMAVIEW_NEAREST_H
#define VMAVIEW_NEAREST_H

#include <stddef.h>

struct nearest {
	const char *name;
	size_t length;
	const char *best;	/* NULL: none is near */
	size_t distance;
};

struct nearest nearest_to(const char *name, size_t length);
void nearest_offer(struct nearest *nearest, const char *candidate);

#endif /* VMAVIEW_NEAREST_H */
