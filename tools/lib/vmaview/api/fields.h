/* SPDX-License-Identifier: GPL-2.0 */
/* fields.h - in: a field as callers know it; out: the column that it is. */
#ifndef VMAVIEW_FIELDS_H
#define VMAVIEW_FIELDS_H

#include <libvmaview.h>

#include "columns/columns.h"

/* NULL: it is none of these, or none that callers know. */
const struct column *field_column(const struct column_set *set, const struct vmaview_field *field);

#endif /* VMAVIEW_FIELDS_H */
