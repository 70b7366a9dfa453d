// SPDX-License-Identifier: GPL-2.0
/*
 * json.c - in: the model; out: JSON.
 *
 * All that could fail was done when the model was filled.
 */
#include <stdio.h>
#include <string.h>

#include "draw/json.h"
#include "text/version.h"
#include "vmaview/totals.h"

/* A page of HTML that JSON goes into; NULL: stdout has it. */
static FILE *page;

void json_write_to(FILE *file)
{
	page = file;
}

void json_start(struct json_out *out, unsigned int form)
{
	json_open(out, page ? page : stdout, form | (page ? JSON_IN_PAGE : 0));
}

void json_finish(struct json_out *out)
{
	json_frame(out, "\n");
	json_close(out);
}

static bool wanted(const struct options *options, const struct column *column)
{
	return options->nr_columns || !(column->flags & (COL_VIEW | COL_PART)) ||
	       (options->labels && column->flags & COL_CALLED);
}

/* What a column is a part of, or all of, or GROUP_NONE. */
static enum key_group group_of(const struct column *column)
{
	if (column->flags & COL_PART)
		return key_rows[column->key_or_group].group;
	return column->kind == KIND_GROUP ? (enum key_group)column->key_or_group : GROUP_NONE;
}

/* The user may name a column twice, and keys of a group one by one: a key of JSON is there once. */
static bool was_before(const struct options *options, size_t index)
{
	const struct column *column = options->columns[index];
	enum key_group group = group_of(column);

	for (size_t i = 0; i < index; i++)
		if (options->columns[i] == column || (group && group_of(options->columns[i]) == group))
			return true;
	return false;
}

static bool is_first_of(const struct options *options, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (options->columns[i] == options->columns[index])
			return false;
	return true;
}

/* Those keys of a group that were chosen. */
static void put_parts(struct json_out *out, const struct options *options, enum key_group group,
		      const struct cell *cell)
{
	json_key(out, key_groups[group].json);
	json_open_object(out);
	for (size_t i = 0; i < options->nr_columns; i++) {
		const struct column *column = options->columns[i];

		if (!(column->flags & COL_PART) || group_of(column) != group || !is_first_of(options, i))
			continue;
		json_column_key(out, column);
		json_cell(out, column, cell);
	}
	json_end(out);
}

/* Of a group that was chosen as a whole, and in parts too, the parts say more where not all of it is known. */
static const struct column *whole_of(const struct options *options, enum key_group group, const struct cell *cell)
{
	const struct column *whole = NULL;
	bool parts = false;

	for (size_t i = 0; i < options->nr_columns; i++) {
		if (group_of(options->columns[i]) != group)
			continue;
		if (options->columns[i]->flags & COL_PART)
			parts = true;
		else
			whole = options->columns[i];
	}
	return parts && !json_knows_group(group, cell->area) ? NULL : whole;
}

static void put_member(struct json_out *out, const struct column *column, const struct cell *cell)
{
	json_column_key(out, column);
	json_cell(out, column, cell);
}

static void put_chosen(struct json_out *out, const struct options *options, const struct cell *cell)
{
	for (size_t i = 0; i < options->nr_columns; i++) {
		const struct column *column = options->columns[i];
		enum key_group group = group_of(column);

		if (was_before(options, i))
			continue;
		if (group)
			column = whole_of(options, group, cell);
		if (column)
			put_member(out, column, cell);
		else
			put_parts(out, options, group, cell);
	}
}

void json_row_members(struct json_out *out, const struct options *options, const struct cell *cell)
{
	const struct column_set *set = options->row->columns;

	if (options->nr_columns) {
		put_chosen(out, options, cell);
		return;
	}
	for (size_t i = 0; i < set->nr; i++)
		if (wanted(options, &set->columns[i]))
			put_member(out, &set->columns[i], cell);
}

void json_row(struct json_out *out, const struct options *options, const struct cell *cell)
{
	json_open_object(out);
	json_row_members(out, options, cell);
	json_end(out);
}

/* How far an area can be trusted is never left out, and said only where it is less. */
static void put_area(struct json_out *out, const struct options *options, const struct cell *cell)
{
	json_open_object(out);
	json_row_members(out, options, cell);
	if (!options->nr_columns && cell->area->flags)
		put_member(out, column_find(&area_columns, "Caveats", 7), cell);
	json_end(out);
}

static void put_total(struct json_out *out, const struct process *process)
{
	struct area total;
	struct cell cell = { .process = process, .area = &total };

	totals_sum(process, &total);
	json_open_object(out);
	for (size_t i = 0; i < area_columns.nr; i++) {
		const struct column *column = &area_columns.columns[i];

		if (column_has_total(column) && !(column->flags & (COL_VIEW | COL_PART)))
			put_member(out, column, &cell);
	}
	for (int fact = 0; fact < MM_FACT_NR; fact++)
		json_put_known(out, mm_fact_json[fact], process->mm_known >> fact & 1, process->mm[fact]);
	json_end(out);
}

static void put_receipt(struct json_out *out, const struct process *process)
{
	static const char *const changed[] = {
		[VMAVIEW_CHANGED_NO] = "no",
		[VMAVIEW_CHANGED_YES] = "yes",
		[VMAVIEW_CHANGED_UNKNOWN] = "unknown",
	};
	const struct vmaview_end *receipt = &process->receipt;
	uint32_t moved = receipt->changed;

	if (!process->has_receipt) {
		json_null(out);
		return;
	}
	if (moved > VMAVIEW_CHANGED_UNKNOWN)
		moved = VMAVIEW_CHANGED_UNKNOWN;
	json_open_object(out);
	json_put_uint(out, "elapsed_ns", receipt->elapsed);
	json_put_uint(out, "longest_hold_ns", receipt->longest_hold);
	json_put_uint(out, "holds", receipt->holds);
	json_put_uint(out, "entries", receipt->entries);
	json_put_uint(out, "retries", receipt->retries);
	json_put_uint(out, "restarts", receipt->restarts);
	json_put_string(out, "changed", changed[moved]);
	json_end(out);
}

/* Who it is; the rest are members too. */
static void begin_process(struct json_out *out, const struct process *process)
{
	json_open_object(out);
	json_put_int(out, "pid", process->pid);
	json_put_string(out, "comm", process->comm);
	json_put_string(out, "cmdline", process->cmdline);
}

static void end_process(struct json_out *out, const struct process *process)
{
	json_line(out);
	json_key(out, "receipt");
	put_receipt(out, process);
	json_end(out);
}

static void put_areas(struct json_out *out, const struct options *options, const struct process *process)
{
	struct cell cell = { .process = process, .bytes = true };
	size_t nr = options_head(options, process->nr_areas);

	begin_process(out, process);
	json_key(out, "areas");
	json_open_array(out);
	for (size_t i = 0; i < nr; i++) {
		cell.area = &process->areas[i];
		json_line(out);
		put_area(out, options, &cell);
	}
	json_end(out);
	json_line(out);
	json_key(out, "total");
	put_total(out, process);
	end_process(out, process);
}

/* Without what means nothing for rows of its kind. */
static void put_row(struct json_out *out, const struct options *options, const struct sheet *sheet, size_t group,
		    const struct cell *cell)
{
	const struct column_set *set = options->row->columns;

	if (!sheet->column_of || options->nr_columns) {
		json_row(out, options, cell);
		return;
	}
	json_open_object(out);
	for (size_t i = 0; i < set->nr; i++)
		if (wanted(options, &set->columns[i]) && sheet->column_of(&set->columns[i], group))
			put_member(out, &set->columns[i], cell);
	json_end(out);
}

static void put_rows(struct json_out *out, const struct options *options, const struct sheet *sheet, size_t group)
{
	size_t most = options_head(options, sheet->nr), shown = 0;

	json_open_array(out);
	for (size_t i = 0; i < sheet->nr && shown < most; i++) {
		struct cell cell = sheet_cell(sheet, i);

		if (sheet->group_of && sheet->group_of(cell.row) != group)
			continue;
		json_line(out);
		put_row(out, options, sheet, group, &cell);
		shown++;
	}
	json_end(out);
}

static void put_sheet(struct json_out *out, const struct options *options, const char *key,
		      const struct sheet *sheet)
{
	struct sheet_group all = { key, false };
	size_t nr = sheet->group_of ? SHEET_GROUPS : 1;

	begin_process(out, sheet->process);
	for (size_t i = 0; i < nr; i++) {
		const struct sheet_group *group = sheet->group_of ? &sheet->group[i] : &all;

		if (!group->json)
			continue;
		json_key(out, group->json);
		if (group->unknown)
			json_null(out);
		else
			put_rows(out, options, sheet, i);
	}
	if (sheet->notes && sheet->notes->json)
		sheet->notes->json(sheet, out);
	end_process(out, sheet->process);
}

void json_header_members(struct json_out *out, const struct process *first)
{
	static const char *const sources[] = {
		[SOURCE_MODULE] = "module",
		[SOURCE_PROC] = "proc",
		[SOURCE_FILE] = "file",
	};
	char abi[16];

	json_put_string(out, "version", VMAVIEW_RELEASE);
	snprintf(abi, sizeof(abi), "%u.%u", first ? first->abi_major : 0,
		 first ? first->abi_minor : 0);
	json_put_string(out, "abi", first && first->abi_major ? abi : NULL);
	json_put_string(out, "kernel", first && *first->release ? first->release : NULL);
	json_put_known(out, "page_size", first && first->page_size, first ? first->page_size : 0);
	json_put_string(out, "source", first ? sources[first->source] : NULL);
}

void json_header(struct json_out *out, const struct process *first)
{
	json_open_object(out);
	json_header_members(out, first);
	json_end(out);
}

void json_begin(struct json_out *out, const struct process *first, const char *key)
{
	json_open_object(out);
	json_key(out, "vmaview");
	json_header(out, first);
	json_line(out);
	json_key(out, key);
	json_open_array(out);
}

/* As json_begin() leaves them open, after @shown elements, whoever wrote these. */
static void resume(struct json_out *out, const struct process *first, size_t shown)
{
	json_start(out, JSON_PLAIN);
	if (!shown) {
		json_begin(out, first, "processes");
		return;
	}
	json_reopen(out, "oa");
	json_line(out);
}

static void finish(struct json_out *out)
{
	json_end(out);
	json_end(out);
	json_frame(out, "\n");
}

void json_next_areas(const struct options *options, const struct process *process, size_t shown)
{
	struct json_out out;

	resume(&out, process, shown);
	if (process)
		put_areas(&out, options, process);
	else
		finish(&out);
	json_close(&out);
}

void json_areas(const struct options *options, const struct process *processes, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		json_next_areas(options, &processes[i], i);
	json_next_areas(options, NULL, nr);
}

void json_next_sheet(const struct options *options, const char *key, const struct sheet *sheet, size_t shown)
{
	struct json_out out;

	resume(&out, sheet ? sheet->process : NULL, shown);
	if (sheet)
		put_sheet(&out, options, key, sheet);
	else
		finish(&out);
	json_close(&out);
}

void json_sheets(const struct options *options, const char *key, const struct sheet *sheets,
		 size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		json_next_sheet(options, key, &sheets[i], i);
	json_next_sheet(options, key, NULL, nr);
}

void json_row_line(const struct options *options, const struct cell *cell)
{
	struct json_out out;

	json_start(&out, JSON_PLAIN);
	json_row(&out, options, cell);
	json_finish(&out);
}
