/* SPDX-License-Identifier: GPL-2.0 */
/* sharers.h - in: options; out: who else maps the pages of processes. */
#ifndef VMAVIEW_SHARERS_H
#define VMAVIEW_SHARERS_H

#include "columns/columns.h"
#include "command/options.h"

extern const struct column_set sharer_columns;

struct json_object;
struct sheet;

/* Areas of which not all were looked at who may share them. */
size_t sharers_nr_cut(const struct process *process);

/* sheet_notes.json of the verb. */
void sharers_json(const struct sheet *sheet, struct json_object *object);

/* Returns an exit code. */
int sharers_main(struct options *options);

#endif /* VMAVIEW_SHARERS_H */
