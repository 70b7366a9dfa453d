/* SPDX-License-Identifier: GPL-2.0 */
/* tables_json.h - in: page tables of a process, structures; out: what JSON has of them beside the rows. */
#ifndef VMAVIEW_TABLES_JSON_H
#define VMAVIEW_TABLES_JSON_H

#include "read/structs.h"
#include "vmaview/model.h"

struct json_object;

/* @structs: NULL where they are not known. */
struct json_object *tables_json_structs(const struct structs *structs);
void tables_json(const struct process *process, const struct structs *structs, struct json_object *object);

#endif /* VMAVIEW_TABLES_JSON_H */
