// SPDX-License-Identifier: GPL-2.0
/* diff_json.c - in: two states, and what differs; out: one JSON document. */
#include <stdio.h>

#include "draw/json.h"
#include "verbs/diff/diff_json.h"

/* Of an area, or null. */
static void put_place(struct json_out *out, const char *const keys[3], const struct area *area)
{
	char perms[5];

	if (!area) {
		for (int i = 0; i < 3; i++)
			json_put_null(out, keys[i]);
		return;
	}
	snprintf(perms, sizeof(perms), "%.4s", area->perms);
	json_put_hex(out, keys[0], area->start);
	json_put_hex(out, keys[1], area->end);
	json_put_string(out, keys[2], perms);
}

/* What is not known is null, what has not changed is left out. */
static void put_delta(struct json_out *out, const struct diff_line *line, bool all)
{
	json_open_object(out);
	for (int key = 0; key < KEY_NR; key++) {
		bool known = line->known & KEY_BIT(key);

		if (!diff_is_size(key) || !(all || !known || line->delta[key]))
			continue;
		if (known)
			json_put_int(out, key_rows[key].json, line->delta[key]);
		else
			json_put_null(out, key_rows[key].json);
	}
	json_end(out);
}

static void put_pages(struct json_out *out, const struct diff_line *line)
{
	if (!line->has_pages) {
		json_null(out);
		return;
	}
	json_open_object(out);
	for (int event = 0; event < EVENT_NR; event++)
		json_put_uint(out, page_event_names[event], line->pages[event]);
	json_end(out);
}

/* NULL where it is not known. */
static const char *kind_of_line(const struct diff_line *line)
{
	return line->kind == KIND_OF_UNKNOWN ? NULL : kind_names[line->kind];
}

/* What both kinds of lines end with. */
static void end_line(struct json_out *out, const struct diff_line *line)
{
	json_key(out, "delta");
	put_delta(out, line, false);
	json_key(out, "pages");
	put_pages(out, line);
	json_end(out);
}

static void put_area(struct json_out *out, const struct diff_line *line)
{
	static const char *const now[3] = { "start", "end", "perms" };
	static const char *const was[3] = { "old_start", "old_end", "old_perms" };

	json_open_object(out);
	json_put_int(out, "pid", line->side->process->pid);
	json_key(out, "change");
	json_open_array(out);
	for (int bit = 0; bit < 5; bit++)
		if (line->changes[bit])
			json_string(out, change_names[bit]);
	json_end(out);
	put_place(out, now, line->row->after.area);
	put_place(out, was, line->row->before.area);
	json_put_string(out, "name", line->side->area->name);
	json_put_string(out, "kind", kind_of_line(line));
	end_line(out, line);
}

static void put_sum(struct json_out *out, const struct diff_line *line)
{
	json_open_object(out);
	json_put_string(out, "kind", kind_of_line(line));
	json_put_string(out, "mapping", line->side->area->name);
	json_put_uint(out, "areas", line->areas);
	json_key(out, "change");
	json_open_object(out);
	for (int bit = 0; bit < 5; bit++)
		if (line->changes[bit])
			json_put_uint(out, change_names[bit], line->changes[bit]);
	json_end(out);
	end_line(out, line);
}

static void put_side(struct json_out *out, const struct diff_side *side)
{
	const struct process *first = side->nr ? side->processes : NULL;

	json_open_object(out);
	json_header_members(out, first);
	json_put_string(out, "name", side->word);
	json_put_known(out, "pid", side->pid, side->pid);
	json_put_known(out, "moment", side->moment, side->moment);
	json_put_known(out, "time_ns", first && first->time, first ? first->time : 0);
	json_put_uint(out, "processes", side->nr);
	json_end(out);
}

static void put_lines(struct json_out *out, const struct diff_line *lines, size_t nr,
		      void (*put)(struct json_out *out, const struct diff_line *line))
{
	json_open_array(out);
	for (size_t i = 0; i < nr; i++) {
		json_line(out);
		put(out, &lines[i]);
	}
	json_end(out);
}

static void put_members(struct json_out *out, const struct diff_document *document)
{
	const struct diff_side *new = &document->sides->side[1];
	struct diff_line total;

	json_key(out, "vmaview");
	json_header(out, new->nr ? new->processes : NULL);
	json_line(out);
	json_key(out, "old");
	put_side(out, &document->sides->side[0]);
	json_line(out);
	json_key(out, "new");
	put_side(out, new);
	json_line(out);
	json_key(out, "areas");
	put_lines(out, document->lines, document->nr, put_area);
	json_line(out);
	if (document->sums) {
		json_key(out, "stat");
		put_lines(out, document->sums, document->nr_sums, put_sum);
		json_line(out);
	}
	diff_lines_total(&total, document->lines, document->nr);
	json_key(out, "total");
	put_delta(out, &total, true);
}

void diff_json(const struct diff_document *document)
{
	struct json_out out;

	json_start(&out, JSON_PLAIN);
	json_open_object(&out);
	put_members(&out, document);
	json_end(&out);
	json_finish(&out);
}
