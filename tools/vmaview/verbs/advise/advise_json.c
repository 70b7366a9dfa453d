// SPDX-License-Identifier: GPL-2.0
/* advise_json.c - in: findings; out: a document of JSON. */
#include "draw/json.h"
#include "verbs/advise/advise_json.h"
#include "verbs/advise/findings.h"

static void put_pids(struct json_out *out, const struct finding *finding)
{
	json_key(out, "pids");
	json_open_array(out);
	for (size_t i = 0; i < finding->nr; i++)
		json_int(out, finding->who[i].pid);
	json_end(out);
}

static void put_finding(struct json_out *out, const struct options *options, const struct cell *cell)
{
	json_line(out);
	json_open_object(out);
	json_row_members(out, options, cell);
	if (!options->nr_columns)
		put_pids(out, *(const struct finding *const *)cell->row);
	json_end(out);
}

void advise_json(const struct options *options, const struct sheet *sheet, const struct process *first)
{
	size_t nr = options_head(options, sheet->nr);
	struct json_out out;

	json_start(&out, JSON_PLAIN);
	json_begin(&out, first, "findings");
	for (size_t i = 0; i < nr; i++) {
		const struct cell cell = sheet_cell(sheet, i);

		put_finding(&out, options, &cell);
	}
	json_end(&out);
	json_end(&out);
	json_finish(&out);
}
