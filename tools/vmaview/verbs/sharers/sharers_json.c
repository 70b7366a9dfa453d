// SPDX-License-Identifier: GPL-2.0
/* sharers_json.c - in: what was read of a process; out: what JSON says beside its sharers. */
#include "json/json_out.h"
#include "verbs/sharers/sharers_cut.h"
#include "verbs/sharers/sharers_json.h"

void sharers_json(const struct sheet *sheet, struct json_out *out)
{
	json_line(out);
	json_put_bool(out, "more", sharers_nr_cut(sheet->process));
}
