// SPDX-License-Identifier: GPL-2.0
/* diff_json.c - in: two states, and what differs; out: one JSON document. */
#include <stdio.h>

#include <json-c/json.h>

#include "draw/json.h"
#include "verbs/diff/diff_json.h"

static struct json_object *address(uint64_t number)
{
	char hex[24];

	snprintf(hex, sizeof(hex), "0x%llx", (unsigned long long)number);
	return json_object_new_string(hex);
}

/* Of an area, or null. */
static void add_place(struct json_object *object, const char *const keys[3], const struct area *area)
{
	char perms[5];

	snprintf(perms, sizeof(perms), "%.4s", area ? area->perms : "");
	json_object_object_add(object, keys[0], area ? address(area->start) : NULL);
	json_object_object_add(object, keys[1], area ? address(area->end) : NULL);
	json_object_object_add(object, keys[2], area ? json_string(perms) : NULL);
}

/* What is not known is null, what has not changed is left out. */
static struct json_object *json_delta(const struct diff_line *line, bool all)
{
	struct json_object *object = json_object_new_object();

	for (int key = 0; key < KEY_NR; key++) {
		bool known = line->known & KEY_BIT(key);

		if (diff_is_size(key) && (all || !known || line->delta[key]))
			json_object_object_add(object, key_rows[key].json,
					       known ? json_object_new_int64(line->delta[key]) : NULL);
	}
	return object;
}

static struct json_object *json_pages(const struct diff_line *line)
{
	struct json_object *object;

	if (!line->has_pages)
		return NULL;
	object = json_object_new_object();
	for (int event = 0; event < EVENT_NR; event++)
		json_object_object_add(object, page_event_names[event], json_object_new_uint64(line->pages[event]));
	return object;
}

static struct json_object *json_kind(const struct diff_line *line)
{
	return line->kind == KIND_OF_UNKNOWN ? NULL : json_string(kind_names[line->kind]);
}

static struct json_object *json_area(const struct diff_line *line)
{
	static const char *const now[3] = { "start", "end", "perms" };
	static const char *const was[3] = { "old_start", "old_end", "old_perms" };
	struct json_object *object = json_object_new_object(), *changes = json_object_new_array();

	for (int bit = 0; bit < 5; bit++)
		if (line->changes[bit])
			json_object_array_add(changes, json_object_new_string(change_names[bit]));
	json_object_object_add(object, "pid", json_object_new_int(line->side->process->pid));
	json_object_object_add(object, "change", changes);
	add_place(object, now, line->row->after.area);
	add_place(object, was, line->row->before.area);
	json_object_object_add(object, "name", json_string(line->side->area->name));
	json_object_object_add(object, "kind", json_kind(line));
	json_object_object_add(object, "delta", json_delta(line, false));
	json_object_object_add(object, "pages", json_pages(line));
	return object;
}

static struct json_object *json_sum(const struct diff_line *line)
{
	struct json_object *object = json_object_new_object(), *changes = json_object_new_object();

	for (int bit = 0; bit < 5; bit++)
		if (line->changes[bit])
			json_object_object_add(changes, change_names[bit], json_object_new_uint64(line->changes[bit]));
	json_object_object_add(object, "kind", json_kind(line));
	json_object_object_add(object, "mapping", json_string(line->side->area->name));
	json_object_object_add(object, "areas", json_object_new_uint64(line->areas));
	json_object_object_add(object, "change", changes);
	json_object_object_add(object, "delta", json_delta(line, false));
	json_object_object_add(object, "pages", json_pages(line));
	return object;
}

static struct json_object *json_side(const struct diff_side *side)
{
	const struct process *first = side->nr ? side->processes : NULL;
	struct json_object *object = json_header(first);

	json_object_object_add(object, "name", json_string(side->word));
	json_object_object_add(object, "pid", side->pid ? json_object_new_int(side->pid) : NULL);
	json_object_object_add(object, "moment", side->moment ? json_object_new_uint64(side->moment) : NULL);
	json_object_object_add(object, "time_ns", first && first->time ? json_object_new_uint64(first->time) : NULL);
	json_object_object_add(object, "processes", json_object_new_uint64(side->nr));
	return object;
}

static void put_lines(const char *key, const struct diff_line *lines, size_t nr,
		      struct json_object *(*json)(const struct diff_line *line))
{
	printf("\"%s\":[", key);
	for (size_t i = 0; i < nr; i++) {
		fputs(i ? ",\n" : "\n", stdout);
		json_put(json(&lines[i]));
	}
	puts("],");
}

static void put_member(const char *key, struct json_object *object)
{
	printf("\"%s\":", key);
	json_put(object);
}

void diff_json(const struct diff_document *document)
{
	const struct diff_side *new = &document->sides->side[1];
	struct diff_line total;

	diff_lines_total(&total, document->lines, document->nr);
	fputs("{", stdout);
	put_member("vmaview", json_header(new->nr ? new->processes : NULL));
	puts(",");
	put_member("old", json_side(&document->sides->side[0]));
	puts(",");
	put_member("new", json_side(new));
	puts(",");
	put_lines("areas", document->lines, document->nr, json_area);
	if (document->sums)
		put_lines("stat", document->sums, document->nr_sums, json_sum);
	put_member("total", json_delta(&total, true));
	puts("}");
}
