/* SPDX-License-Identifier: GPL-2.0 */
/* pins.h - in: runs of pages, and who owns what may hold them; out: rows of equal references, sums. */
#ifndef VMAVIEW_PINS_H
#define VMAVIEW_PINS_H

#include "columns/columns.h"
#include "command/options.h"
#include "draw/sheet.h"
#include "proc/holders.h"
#include "vmaview/refs.h"

/* What keeps a page where it is, each apart. */
enum pin_kept {
	PIN_VM_LOCKED	= 1,	/* VM_LOCKED of its area */
	PIN_MLOCKED	= 2,	/* PG_mlocked */
	PIN_UNEVICTABLE	= 4,	/* PG_unevictable */
	PIN_MAYBE	= 8,	/* folio_maybe_dma_pinned() */
};

/* Neighbouring pages of one area whose references are the same. */
struct pin_row {
	uint64_t start;
	uint64_t end;
	/* What follows is the same for all of them. */
	const struct area *area;	/* NULL: it is gone */
	const struct holders *holders;
	struct refs refs;
	uint32_t refcount;
	uint32_t kept;			/* enum pin_kept */
	uint32_t origin;		/* enum vmaview_origin */
	uint32_t order;
};

/*
 * The rows of @sheet->process, as the options ask for, which are @sheet->context; @sheet->beside becomes its
 * struct holders.  0 or -ENOMEM.
 */
int pins_fill(struct sheet *sheet);

extern const struct column_set pin_columns;
int pins_main(struct options *options);

#endif /* VMAVIEW_PINS_H */
