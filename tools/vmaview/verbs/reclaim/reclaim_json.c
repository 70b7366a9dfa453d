// SPDX-License-Identifier: GPL-2.0
/* reclaim_json.c - in: the sums of a process; out: members of its object in JSON. */
#include <json-c/json.h>

#include "verbs/reclaim/reclaim_json.h"
#include "verbs/reclaim/reclaim_sums.h"

void reclaim_json(const struct sheet *sheet, struct json_object *object)
{
	const struct reclaim_total *total = sheet->beside;
	struct json_object *sums = json_object_new_object();

	for (int sum = 0; sum < SUM_NR; sum++)
		json_object_object_add(sums, reclaim_sum_json[sum],
				       json_object_new_uint64(total->sums.bytes[sum]));
	json_object_object_add(object, "total", sums);
	json_object_object_add(object, "swap_free", total->knows_swap ?
			       json_object_new_uint64(total->swap_free) : NULL);
}
