/* SPDX-License-Identifier: GPL-2.0 */
/* json.h - in: processes; out: one JSON object on stdout. */
#ifndef VMAVIEW_JSON_H
#define VMAVIEW_JSON_H

#include "model.h"
#include "options.h"

void json_print(const struct options *options, const struct process *processes, size_t nr);

struct json_object;

/* A column's value: null where it is not known. */
struct json_object *json_of_cell(const struct column *column, const struct cell *cell);
const char *json_key_of_column(const struct column *column);

/* One object, pretty, and a newline. */
int json_write(struct json_object *object);

#endif /* VMAVIEW_JSON_H */
