/* SPDX-License-Identifier: GPL-2.0 */
/* rows.h - in: what kind of rows is asked for; out: what that takes, and the rows of a process. */
#ifndef VMAVIEW_ROWS_H
#define VMAVIEW_ROWS_H

#include "api/handle.h"

/* NULL: there is none of that number. */
const struct rows_kind *rows_kind(int rows);
const struct column_set *rows_columns(const struct rows_kind *kind);

/* What the module is to be asked for, beside whom and where. */
void rows_request(const struct rows_kind *kind, struct vmaview_request *request);

/* Is there a row at hand? */
bool rows_at_one(const struct vmaview *handle);

/* To the next row: 1; 0: there is no other. */
int rows_step(struct vmaview *handle);

/* From what was read, the rows that were asked for.  0, -EOPNOTSUPP or -ENOMEM, with handle->why. */
int rows_make(struct vmaview *handle);

#endif /* VMAVIEW_ROWS_H */
