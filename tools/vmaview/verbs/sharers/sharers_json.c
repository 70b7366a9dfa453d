// SPDX-License-Identifier: GPL-2.0
/* sharers_json.c - in: what was read of a process; out: what JSON says beside its sharers. */
#include <json-c/json.h>

#include "verbs/sharers/sharers_cut.h"
#include "verbs/sharers/sharers_json.h"

void sharers_json(const struct sheet *sheet, struct json_object *object)
{
	json_object_object_add(object, "more", json_object_new_boolean(sharers_nr_cut(sheet->process)));
}
