// SPDX-License-Identifier: GPL-2.0
/*
 * json.c - in: the model; out: JSON.
 *
 * An area at a time is made and written, so that memory grows with areas only once.  All that
 * could fail was done when the model was filled.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "draw/json.h"
#include "text/escape.h"
#include "text/version.h"
#include "vmaview/totals.h"

#define FLAGS (JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)

struct json_object *json_string(const char *text)
{
	struct json_object *string = NULL;
	char *safe = text ? malloc(escape_room(text)) : NULL;

	if (safe) {
		escape_bytes(text, safe, escape_room(text));
		string = json_object_new_string(safe);
	}
	free(safe);
	return string;
}

/* A page of HTML that JSON goes into; NULL: stdout has it. */
static FILE *page;

static FILE *to(void)
{
	return page ? page : stdout;
}

void json_write_to(FILE *file)
{
	page = file;
}

/*
 * DEL and the C1 controls, which JSON could carry as they are and a terminal may obey; and what could end the
 * element of a page.
 */
static void write_text(const char *text)
{
	for (;;) {
		size_t plain = strcspn(text, page ? "<\x7f\xc2" : "\x7f\xc2");

		fwrite(text, 1, plain, to());
		text += plain;
		if (!*text)
			return;
		if (*text == '\x7f' || *text == '<') {
			fprintf(to(), "\\u%04x", (unsigned char)*text++);
		} else if ((unsigned char)text[1] < 0xa0) {
			fprintf(to(), "\\u00%02x", (unsigned char)text[1]);
			text += 2;
		} else {
			putc(*text++, to());
		}
	}
}

void json_put(struct json_object *object)
{
	write_text(object ? json_object_to_json_string_ext(object, FLAGS) : "null");
	json_object_put(object);
}

static bool wanted(const struct options *options, const struct column *column)
{
	return options->nr_columns || !(column->flags & (COL_VIEW | COL_PART));
}

/* One key of a group, in the object of that group. */
static void add_part(struct json_object *object, const struct column *column, const struct cell *cell)
{
	const char *group = key_groups[key_rows[column->key_or_group].group].json;
	struct json_object *parts = json_object_object_get(object, group);

	if (!parts) {
		parts = json_object_new_object();
		json_object_object_add(object, group, parts);
	}
	json_object_object_add(parts, json_key_of_column(column), json_of_cell(column, cell));
}

struct json_object *json_row(const struct options *options, const struct cell *cell)
{
	const struct column_set *set = options->row->columns;
	struct json_object *object = json_object_new_object();
	size_t nr = options->nr_columns ? options->nr_columns : set->nr;
	/* The user may name a column twice; we do not, and need no look-up for each. */
	unsigned int how = JSON_C_OBJECT_KEY_IS_CONSTANT |
			   (options->nr_columns ? 0 : JSON_C_OBJECT_ADD_KEY_IS_NEW);

	for (size_t i = 0; i < nr; i++) {
		const struct column *column = options->nr_columns ? options->columns[i] :
							      &set->columns[i];

		if (!wanted(options, column))
			continue;
		if (column->flags & COL_PART)
			add_part(object, column, cell);
		else
			json_object_object_add_ex(object, json_key_of_column(column),
						  json_of_cell(column, cell), how);
	}
	return object;
}

/* How far an area can be trusted is never left out, and said only where it is less. */
static struct json_object *json_area(const struct options *options, const struct cell *cell)
{
	struct json_object *object = json_row(options, cell);

	if (!options->nr_columns && cell->area->flags)
		json_object_object_add(object, "caveats",
				       json_of_cell(column_find(&area_columns, "Caveats", 7), cell));
	return object;
}

static struct json_object *json_total(const struct process *process)
{
	struct json_object *object = json_object_new_object();
	struct area total;
	struct cell cell = { .process = process, .area = &total };

	totals_sum(process, &total);
	for (size_t i = 0; i < area_columns.nr; i++) {
		const struct column *column = &area_columns.columns[i];

		if (column_has_total(column) && !(column->flags & (COL_VIEW | COL_PART)))
			json_object_object_add(object, json_key_of_column(column),
					       json_of_cell(column, &cell));
	}
	for (int fact = 0; fact < MM_FACT_NR; fact++)
		json_object_object_add(object, mm_fact_json[fact],
				       process->mm_known >> fact & 1 ?
				       json_object_new_uint64(process->mm[fact]) : NULL);
	return object;
}

static void add_number(struct json_object *object, const char *key, uint64_t number)
{
	json_object_object_add(object, key, json_object_new_uint64(number));
}

static struct json_object *json_receipt(const struct process *process)
{
	static const char *const changed[] = {
		[VMAVIEW_CHANGED_NO] = "no",
		[VMAVIEW_CHANGED_YES] = "yes",
		[VMAVIEW_CHANGED_UNKNOWN] = "unknown",
	};
	const struct vmaview_end *receipt = &process->receipt;
	struct json_object *object;
	uint32_t moved = receipt->changed;

	if (!process->has_receipt)
		return NULL;
	if (moved > VMAVIEW_CHANGED_UNKNOWN)
		moved = VMAVIEW_CHANGED_UNKNOWN;
	object = json_object_new_object();
	add_number(object, "elapsed_ns", receipt->elapsed);
	add_number(object, "longest_hold_ns", receipt->longest_hold);
	add_number(object, "holds", receipt->holds);
	add_number(object, "entries", receipt->entries);
	add_number(object, "retries", receipt->retries);
	add_number(object, "restarts", receipt->restarts);
	json_object_object_add(object, "changed", json_object_new_string(changed[moved]));
	return object;
}

/* Who it is; what else is known of it follows, each part with a comma before it. */
static void begin_process(const struct process *process)
{
	fprintf(to(), "{\"pid\":%d,\"comm\":", process->pid);
	json_put(json_string(process->comm));
	fputs(",\"cmdline\":", to());
	json_put(json_string(process->cmdline));
}

static void end_process(const struct process *process)
{
	fputs(",\n\"receipt\":", to());
	json_put(json_receipt(process));
	putc('}', to());
}

static void write_areas(const struct options *options, const struct process *process)
{
	struct cell cell = { .process = process, .bytes = true };
	size_t nr = options_head(options, process->nr_areas);

	begin_process(process);
	fputs(",\"areas\":[", to());
	for (size_t i = 0; i < nr; i++) {
		cell.area = &process->areas[i];
		fputs(i ? ",\n" : "\n", to());
		json_put(json_area(options, &cell));
	}
	fputs("],\n\"total\":", to());
	json_put(json_total(process));
	end_process(process);
}

/* Members after those that are there. */
static void write_notes(const struct sheet *sheet)
{
	struct json_object *notes = json_object_new_object();

	sheet->notes->json(sheet, notes);
	json_object_object_foreach(notes, key, value) {
		fprintf(to(), ",\n\"%s\":", key);
		json_put(json_object_get(value));
	}
	json_object_put(notes);
}

static void write_group(const struct options *options, const struct sheet *sheet, size_t group)
{
	size_t most = options_head(options, sheet->nr), shown = 0;

	for (size_t i = 0; i < sheet->nr && shown < most; i++) {
		struct cell cell = sheet_cell(sheet, i);

		if (sheet->group_of && sheet->group_of(cell.row) != group)
			continue;
		fputs(shown++ ? ",\n" : "\n", to());
		json_put(json_row(options, &cell));
	}
}

static void write_sheet(const struct options *options, const char *key, const struct sheet *sheet)
{
	struct sheet_group all = { key, false };
	size_t nr = sheet->group_of ? SHEET_GROUPS : 1;

	begin_process(sheet->process);
	for (size_t i = 0; i < nr; i++) {
		const struct sheet_group *group = sheet->group_of ? &sheet->group[i] : &all;

		if (!group->json)
			continue;
		fprintf(to(), ",\"%s\":%s", group->json, group->unknown ? "null" : "[");
		if (!group->unknown) {
			write_group(options, sheet, i);
			putc(']', to());
		}
	}
	if (sheet->notes && sheet->notes->json)
		write_notes(sheet);
	end_process(sheet->process);
}

struct json_object *json_header(const struct process *first)
{
	static const char *const sources[] = {
		[SOURCE_MODULE] = "module",
		[SOURCE_PROC] = "proc",
		[SOURCE_FILE] = "file",
	};
	struct json_object *object = json_object_new_object();
	char abi[16];

	json_object_object_add(object, "version", json_object_new_string(VMAVIEW_RELEASE));
	snprintf(abi, sizeof(abi), "%u.%u", first ? first->abi_major : 0,
		 first ? first->abi_minor : 0);
	json_object_object_add(object, "abi", first && first->abi_major ?
			       json_object_new_string(abi) : NULL);
	json_object_object_add(object, "kernel", first && *first->release ?
			       json_string(first->release) : NULL);
	json_object_object_add(object, "page_size", first && first->page_size ?
			       json_object_new_uint64(first->page_size) : NULL);
	json_object_object_add(object, "source", first ?
			       json_object_new_string(sources[first->source]) : NULL);
	return object;
}

void json_begin(const struct process *first, const char *key)
{
	fputs("{\"vmaview\":", to());
	json_put(json_header(first));
	fprintf(to(), ",\n\"%s\":[", key);
}

void json_next_areas(const struct options *options, const struct process *process, size_t shown)
{
	if (!shown)
		json_begin(process, "processes");
	else if (process)
		fputs(",\n", to());
	if (process)
		write_areas(options, process);
	else
		fputs("]}\n", to());
}

void json_areas(const struct options *options, const struct process *processes, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		json_next_areas(options, &processes[i], i);
	json_next_areas(options, NULL, nr);
}

void json_next_sheet(const struct options *options, const char *key, const struct sheet *sheet, size_t shown)
{
	if (!shown)
		json_begin(sheet ? sheet->process : NULL, "processes");
	else if (sheet)
		fputs(",\n", to());
	if (sheet)
		write_sheet(options, key, sheet);
	else
		fputs("]}\n", to());
}

void json_sheets(const struct options *options, const char *key, const struct sheet *sheets,
		 size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		json_next_sheet(options, key, &sheets[i], i);
	json_next_sheet(options, key, NULL, nr);
}

void json_line(const struct options *options, const struct cell *cell)
{
	json_put(json_row(options, cell));
	putc('\n', to());
}

int json_write(struct json_object *object)
{
	int ret = object ? 0 : -ENOMEM;

	if (object) {
		write_text(json_object_to_json_string_ext(object, JSON_C_TO_STRING_PRETTY |
							  JSON_C_TO_STRING_NOSLASHESCAPE));
		putc('\n', to());
	}
	json_object_put(object);
	return ret;
}
