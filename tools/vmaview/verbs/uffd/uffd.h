/* SPDX-License-Identifier: GPL-2.0 */
/* uffd.h - in: options; out: areas that userfaultfds watch, and who holds these. */
#ifndef VMAVIEW_UFFD_H
#define VMAVIEW_UFFD_H

#include "columns/columns.h"
#include "command/options.h"
#include "draw/sheet.h"

/* An area and one who holds the other end of it. */
struct uffd_row {
	const struct vmaview_uffd *area;
	const struct vmaview_uffd *holder;	/* NULL: nobody was seen */
	bool changed;				/* somebody may be missing, or be who was not seen */
};

extern const struct column_set uffd_columns;
extern const struct sheet_notes uffd_notes;

/* A row for each area and holder, at least one for each area; 0 or -ENOMEM. */
int uffd_rows(struct sheet *sheet);

/* Returns an exit code. */
int uffd_main(struct options *options);

#endif /* VMAVIEW_UFFD_H */
