// SPDX-License-Identifier: GPL-2.0
/* explain_json.c - in: answers; out: JSON, an answer at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns/run_columns.h"
#include "draw/json.h"
#include "verbs/explain/explain_json.h"
#include "verbs/explain/explain_words.h"

/* A word at a time into an array. */
static void note_word(const char *word, void *out)
{
	json_string(out, word);
}

static void put_flags(struct json_out *out, const struct explanation *explanation, uint64_t bits)
{
	json_key(out, "flags");
	json_open_array(out);
	for (unsigned int bit = 0; bit < VMFLAGS_MAX; bit++)
		if (bits >> bit & 1 && explanation->process->vmflag[bit].word[0])
			json_string(out, explanation->process->vmflag[bit].word);
	json_end(out);
}

static void put_area(struct json_out *out, const struct explanation *explanation,
		     const struct vmaview_explain *answer, const struct area *area)
{
	bool file = answer->flags & VMAVIEW_EXPLAIN_FILE;
	const struct ops *ops = area ? area->ops : NULL;
	char perms[8];

	json_key(out, "area");
	if (!(answer->flags & VMAVIEW_EXPLAIN_AREA)) {
		json_null(out);
		return;
	}
	snprintf(perms, sizeof(perms), "%.4s", answer->perms);
	json_open_object(out);
	json_put_hex(out, "start", answer->start);
	json_put_hex(out, "end", answer->end);
	json_put_string(out, "perms", perms);
	json_put_string(out, "name", area ? area->name : NULL);
	put_flags(out, explanation, answer->vm_flags);
	json_put_string(out, "ops", ops ? ops->symbol : NULL);
	json_put_string(out, "fault", ops ? ops->fault : NULL);
	json_put_known(out, "file_offset", file, answer->file_offset);
	json_put_known(out, "file_size", file, answer->file_size);
	json_end(out);
}

static void put_neighbour(struct json_out *out, const char *key, bool known, const uint64_t range[2])
{
	json_key(out, key);
	if (!known) {
		json_null(out);
		return;
	}
	json_open_object(out);
	json_put_hex(out, "start", range[0]);
	json_put_hex(out, "end", range[1]);
	json_end(out);
}

static void put_gap(struct json_out *out, const struct vmaview_explain *answer)
{
	json_key(out, "gap");
	if (answer->flags & VMAVIEW_EXPLAIN_AREA) {
		json_null(out);
		return;
	}
	json_open_object(out);
	json_put_hex(out, "start", answer->start);
	json_put_hex(out, "end", answer->end);
	put_neighbour(out, "below", answer->flags & VMAVIEW_EXPLAIN_BELOW,
		      (uint64_t []){ answer->below, answer->start });
	put_neighbour(out, "above", answer->flags & VMAVIEW_EXPLAIN_ABOVE,
		      (uint64_t []){ answer->end, answer->above });
	json_end(out);
}

static void put_level(struct json_out *out, const struct vmaview_level *level)
{
	json_open_object(out);
	json_put_string(out, "name", explain_level(level));
	json_put_uint(out, "index", level->index);
	json_put_uint(out, "bits", level->bits);
	json_put_hex(out, "table", level->table);
	json_put_hex(out, "entry", level->entry);
	json_key(out, "flags");
	json_open_array(out);
	explain_bits(level, note_word, out);
	json_end(out);
	json_end(out);
}

static void put_levels(struct json_out *out, const struct vmaview_explain *answer)
{
	json_key(out, "levels");
	json_open_array(out);
	for (uint32_t i = 0; i < answer->nr_levels && i < VMAVIEW_LEVELS; i++)
		put_level(out, &answer->levels[i]);
	json_end(out);
}

/* Where it begins and ends, and the entry's bits, are said beside it. */
static bool is_of_page(const struct column *column)
{
	return !(column->flags & COL_VIEW) && !run_column_is(column, "start") &&
	       !run_column_is(column, "end") && !run_column_is(column, "size") &&
	       !run_column_is(column, "leaf_size");
}

static void put_counts(struct json_out *out, const struct refs *refs)
{
	json_open_object(out);
	json_put_uint(out, "page_tables", refs->page_tables);
	json_put_uint(out, "page_cache", refs->page_cache);
	json_put_uint(out, "swap_cache", refs->swap_cache);
	json_put_uint(out, "private", refs->private);
	json_put_uint(out, "kernel", refs->kernel);
	json_put_uint(out, "pin_refs", refs->pin_refs);
	json_put_uint(out, "lru_batch", refs->lru_batch);
	json_put_uint(out, "unexplained", refs->unexplained);
	json_put_uint(out, "maybe_pins", refs->pins);
	json_end(out);
}

/* @words: what may hold it, a blank between two; NULL: nobody knows. */
static void put_holders(struct json_out *out, char *words)
{
	char *save = NULL;

	json_key(out, "may_hold");
	if (!words) {
		json_null(out);
		return;
	}
	json_open_array(out);
	for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save))
		json_string(out, word);
	json_end(out);
}

/* As `pins` has them: the references by what holds them, and whose those may be that are left. */
static void put_refs(struct json_out *out, const struct explanation *explanation,
		     const struct vmaview_explain *answer)
{
	char text[HOLDERS_TEXT_MAX];
	struct refs refs;
	struct held held;
	bool counted = explain_refs(answer, &refs, &held);
	bool knows = counted && holders_text(explanation->holders, &held, text, sizeof(text)) >= 0;

	json_key(out, "references");
	if (counted)
		put_counts(out, &refs);
	else
		json_null(out);
	put_holders(out, knows ? text : NULL);
}

/* As a row of the verb pages; null where nothing is mapped. */
static void put_page(struct json_out *out, const struct explanation *explanation,
		     const struct vmaview_explain *answer)
{
	struct cell cell = { .process = explanation->process, .row = &answer->run, .bytes = true };

	json_key(out, "page");
	if (!(answer->flags & VMAVIEW_EXPLAIN_PHYSICAL)) {
		json_null(out);
		return;
	}
	json_open_object(out);
	for (size_t i = 0; i < run_columns.nr; i++) {
		if (!is_of_page(&run_columns.columns[i]))
			continue;
		json_column_key(out, &run_columns.columns[i]);
		json_cell(out, &run_columns.columns[i], &cell);
	}
	if (answer->flags & VMAVIEW_EXPLAIN_PAGE)
		json_put_int(out, "extra_refs", answer->extra_refs);
	else
		json_put_null(out, "extra_refs");
	put_refs(out, explanation, answer);
	json_end(out);
}

static void put_swap(struct json_out *out, const struct vmaview_explain *answer)
{
	json_key(out, "swap");
	if (answer->run.state != VMAVIEW_STATE_SWAP) {
		json_null(out);
		return;
	}
	json_open_object(out);
	json_put_uint(out, "device", answer->run.swap_type);
	json_put_uint(out, "slot", answer->run.swap_offset);
	json_end(out);
}

static void put_why(struct json_out *out, const struct vmaview_explain *answer, const struct area *area)
{
	char sentence[512];

	json_key(out, "why");
	json_open_object(out);
	for (int access = VMAVIEW_READ; access <= VMAVIEW_EXEC; access++) {
		explain_sentence(answer, area, access, sentence, sizeof(sentence));
		json_put_string(out, explain_access[access], sentence);
	}
	json_end(out);
}

static void put_answer(struct json_out *out, const struct explanation *explanation,
		       const struct vmaview_explain *answer)
{
	const struct area *area = explain_area(explanation, answer);
	bool mapped = answer->flags & VMAVIEW_EXPLAIN_PHYSICAL;

	json_open_object(out);
	json_put_hex(out, "address", answer->address);
	put_area(out, explanation, answer, area);
	put_gap(out, answer);
	put_levels(out, answer);
	json_put_known(out, "leaf_size", mapped, answer->leaf_size);
	put_page(out, explanation, answer);
	put_swap(out, answer);
	if (mapped)
		json_put_hex(out, "physical", answer->physical);
	else
		json_put_null(out, "physical");
	for (int access = VMAVIEW_READ; access <= VMAVIEW_EXEC; access++)
		json_put_string(out, explain_access[access], explain_verdict(answer->verdict[access]));
	put_why(out, answer, area);
	json_end(out);
}

static void put_asid(struct json_out *out, const struct explanation *explanation)
{
	const char *kind = explain_asid_kind(explanation->asid_kind);

	json_key(out, "address_space_id");
	if (!kind) {
		json_null(out);
		return;
	}
	json_open_object(out);
	json_put_string(out, "kind", kind);
	json_put_uint(out, "id", explanation->asid);
	json_end(out);
}

void explain_print_json(const struct explanation *explanation)
{
	struct json_out out;

	json_start(&out, JSON_PLAIN);
	json_begin(&out, explanation->process, "explain");
	for (size_t i = 0; i < explanation->nr; i++) {
		json_line(&out);
		put_answer(&out, explanation, &explanation->answers[i]);
	}
	json_end(&out);
	json_line(&out);
	json_put_int(&out, "pid", explanation->process->pid);
	json_put_string(&out, "comm", explanation->process->comm);
	put_asid(&out, explanation);
	json_end(&out);
	json_finish(&out);
}
