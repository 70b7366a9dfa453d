// SPDX-License-Identifier: GPL-2.0
/* reclaim_json.c - in: the sums of a process; out: members of its object in JSON. */
#include "json/json_out.h"
#include "verbs/reclaim/reclaim_json.h"
#include "verbs/reclaim/reclaim_sums.h"

void reclaim_json(const struct sheet *sheet, struct json_out *out)
{
	const struct reclaim_total *total = sheet->beside;

	json_line(out);
	json_key(out, "total");
	json_open_object(out);
	for (int sum = 0; sum < SUM_NR; sum++)
		json_put_uint(out, reclaim_sum_json[sum], total->sums.bytes[sum]);
	json_end(out);
	json_line(out);
	json_put_known(out, "swap_free", total->knows_swap, total->swap_free);
}
