/* SPDX-License-Identifier: GPL-2.0 */
/* tables_json.h - in: page tables of a process, structures; out: what JSON has of them beside the rows. */
#ifndef VMAVIEW_TABLES_JSON_H
#define VMAVIEW_TABLES_JSON_H

#include "read/structs.h"
#include "vmaview/model.h"

struct json_out;

/* A document of its own. */
void tables_json_structs(const struct structs *structs);
/* Members of the process's object.  @structs: NULL where they are not known. */
void tables_json(const struct process *process, const struct structs *structs, struct json_out *out);

#endif /* VMAVIEW_TABLES_JSON_H */
