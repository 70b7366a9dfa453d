/* SPDX-License-Identifier: GPL-2.0 */
/* pmap_layout.h - in: a row, or totals; out: how pmap prints them in its modes but PMAP_FIELDS. */
#ifndef VMAVIEW_PMAP_LAYOUT_H
#define VMAVIEW_PMAP_LAYOUT_H

#include <stdint.h>

#include "verbs/pmap/pmap_options.h"

struct pmap_row {
	unsigned long start, end;
	unsigned long long offset, inode;
	unsigned int major, minor;
	char mode[32];
	uint64_t rss, dirty;
	const char *name;
};

struct pmap_totals {
	uint64_t shared, writable, readonly;	/* bytes; the last two of private areas */
	uint64_t rss, dirty;			/* kB */
};

void pmap_put_heading(enum pmap_mode mode);
void pmap_put_row(enum pmap_mode mode, const struct pmap_row *row);
void pmap_put_footer(enum pmap_mode mode, const struct pmap_totals *totals);

#endif /* VMAVIEW_PMAP_LAYOUT_H */
