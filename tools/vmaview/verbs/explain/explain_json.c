// SPDX-License-Identifier: GPL-2.0
/* explain_json.c - in: answers; out: JSON, an answer at a time. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "columns/run_columns.h"
#include "draw/json.h"
#include "verbs/explain/explain_json.h"
#include "verbs/explain/explain_words.h"

static void add(struct json_object *object, const char *key, struct json_object *value)
{
	json_object_object_add(object, key, value);
}

static struct json_object *hex(uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%" PRIx64, value);
	return json_object_new_string(text);
}

static struct json_object *number(uint64_t value)
{
	return json_object_new_uint64(value);
}

/* A word at a time into an array. */
static void note_word(const char *word, void *array)
{
	json_object_array_add(array, json_object_new_string(word));
}

static struct json_object *flags(const struct explanation *explanation, uint64_t bits)
{
	struct json_object *array = json_object_new_array();

	for (unsigned int bit = 0; bit < VMFLAGS_MAX; bit++)
		if (bits >> bit & 1 && explanation->process->vmflag[bit].word[0])
			note_word(explanation->process->vmflag[bit].word, array);
	return array;
}

static struct json_object *json_area(const struct explanation *explanation,
				     const struct vmaview_explain *answer, const struct area *area)
{
	bool file = answer->flags & VMAVIEW_EXPLAIN_FILE;
	struct json_object *object;
	char perms[8];

	if (!(answer->flags & VMAVIEW_EXPLAIN_AREA))
		return NULL;
	object = json_object_new_object();
	snprintf(perms, sizeof(perms), "%.4s", answer->perms);
	add(object, "start", hex(answer->start));
	add(object, "end", hex(answer->end));
	add(object, "perms", json_object_new_string(perms));
	add(object, "name", area ? json_string(area->name) : NULL);
	add(object, "flags", flags(explanation, answer->vm_flags));
	add(object, "ops", area && area->ops ? json_string(area->ops->symbol) : NULL);
	add(object, "fault", area && area->ops ? json_string(area->ops->fault) : NULL);
	add(object, "file_offset", file ? number(answer->file_offset) : NULL);
	add(object, "file_size", file ? number(answer->file_size) : NULL);
	return object;
}

static struct json_object *json_neighbour(uint64_t start, uint64_t end)
{
	struct json_object *object = json_object_new_object();

	add(object, "start", hex(start));
	add(object, "end", hex(end));
	return object;
}

static struct json_object *json_gap(const struct vmaview_explain *answer)
{
	struct json_object *object;

	if (answer->flags & VMAVIEW_EXPLAIN_AREA)
		return NULL;
	object = json_neighbour(answer->start, answer->end);
	add(object, "below", answer->flags & VMAVIEW_EXPLAIN_BELOW ?
	    json_neighbour(answer->below, answer->start) : NULL);
	add(object, "above", answer->flags & VMAVIEW_EXPLAIN_ABOVE ?
	    json_neighbour(answer->end, answer->above) : NULL);
	return object;
}

static struct json_object *json_level(const struct vmaview_level *level)
{
	struct json_object *object = json_object_new_object();
	struct json_object *words = json_object_new_array();

	explain_bits(level, note_word, words);
	add(object, "name", json_object_new_string(explain_level(level)));
	add(object, "index", number(level->index));
	add(object, "bits", number(level->bits));
	add(object, "table", hex(level->table));
	add(object, "entry", hex(level->entry));
	add(object, "flags", words);
	return object;
}

static struct json_object *json_levels(const struct vmaview_explain *answer)
{
	struct json_object *array = json_object_new_array();

	for (uint32_t i = 0; i < answer->nr_levels && i < VMAVIEW_LEVELS; i++)
		json_object_array_add(array, json_level(&answer->levels[i]));
	return array;
}

/* Where it begins and ends, and the entry's bits, are said beside it. */
static bool is_of_page(const struct column *column)
{
	return !(column->flags & COL_VIEW) && !run_column_is(column, "start") &&
	       !run_column_is(column, "end") && !run_column_is(column, "size") &&
	       !run_column_is(column, "leaf_size");
}

static struct json_object *json_refs(const struct refs *refs)
{
	struct json_object *object = json_object_new_object();

	add(object, "page_tables", number(refs->page_tables));
	add(object, "page_cache", number(refs->page_cache));
	add(object, "swap_cache", number(refs->swap_cache));
	add(object, "private", number(refs->private));
	add(object, "kernel", number(refs->kernel));
	add(object, "pin_refs", number(refs->pin_refs));
	add(object, "lru_batch", number(refs->lru_batch));
	add(object, "unexplained", number(refs->unexplained));
	add(object, "maybe_pins", number(refs->pins));
	return object;
}

/* As `pins` has them: the references by what holds them, and whose those may be that are left. */
static void add_refs(struct json_object *object, const struct explanation *explanation,
		     const struct vmaview_explain *answer)
{
	struct json_object *words = NULL;
	char text[HOLDERS_TEXT_MAX], *save = NULL;
	struct refs refs;
	struct held held;
	bool counted = explain_refs(answer, &refs, &held);

	if (counted && holders_text(explanation->holders, &held, text, sizeof(text)) >= 0) {
		words = json_object_new_array();
		for (char *word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save))
			note_word(word, words);
	}
	add(object, "references", counted ? json_refs(&refs) : NULL);
	add(object, "may_hold", words);
}

/* As a row of the verb pages; null where nothing is mapped. */
static struct json_object *json_page(const struct explanation *explanation,
				     const struct vmaview_explain *answer)
{
	struct cell cell = { .process = explanation->process, .row = &answer->run, .bytes = true };
	bool counted = answer->flags & VMAVIEW_EXPLAIN_PAGE;
	struct json_object *object;

	if (!(answer->flags & VMAVIEW_EXPLAIN_PHYSICAL))
		return NULL;
	object = json_object_new_object();
	for (size_t i = 0; i < run_columns.nr; i++)
		if (is_of_page(&run_columns.columns[i]))
			add(object, json_key_of_column(&run_columns.columns[i]),
			    json_of_cell(&run_columns.columns[i], &cell));
	add(object, "extra_refs", counted ? json_object_new_int64(answer->extra_refs) : NULL);
	add_refs(object, explanation, answer);
	return object;
}

static struct json_object *json_swap(const struct vmaview_explain *answer)
{
	struct json_object *object;

	if (answer->run.state != VMAVIEW_STATE_SWAP)
		return NULL;
	object = json_object_new_object();
	add(object, "device", number(answer->run.swap_type));
	add(object, "slot", number(answer->run.swap_offset));
	return object;
}

static struct json_object *json_why(const struct vmaview_explain *answer, const struct area *area)
{
	struct json_object *object = json_object_new_object();
	char sentence[512];

	for (int access = VMAVIEW_READ; access <= VMAVIEW_EXEC; access++) {
		explain_sentence(answer, area, access, sentence, sizeof(sentence));
		add(object, explain_access[access], json_string(sentence));
	}
	return object;
}

static struct json_object *json_answer(const struct explanation *explanation,
				       const struct vmaview_explain *answer)
{
	const struct area *area = explain_area(explanation, answer);
	bool mapped = answer->flags & VMAVIEW_EXPLAIN_PHYSICAL;
	struct json_object *object = json_object_new_object();

	add(object, "address", hex(answer->address));
	add(object, "area", json_area(explanation, answer, area));
	add(object, "gap", json_gap(answer));
	add(object, "levels", json_levels(answer));
	add(object, "leaf_size", mapped ? number(answer->leaf_size) : NULL);
	add(object, "page", json_page(explanation, answer));
	add(object, "swap", json_swap(answer));
	add(object, "physical", mapped ? hex(answer->physical) : NULL);
	for (int access = VMAVIEW_READ; access <= VMAVIEW_EXEC; access++)
		add(object, explain_access[access],
		    json_object_new_string(explain_verdict(answer->verdict[access])));
	add(object, "why", json_why(answer, area));
	return object;
}

static struct json_object *json_asid(const struct explanation *explanation)
{
	const char *kind = explain_asid_kind(explanation->asid_kind);
	struct json_object *object;

	if (!kind)
		return NULL;
	object = json_object_new_object();
	add(object, "kind", json_object_new_string(kind));
	add(object, "id", number(explanation->asid));
	return object;
}

int explain_print_json(const struct explanation *explanation)
{
	json_begin(explanation->process, "explain");
	for (size_t i = 0; i < explanation->nr; i++) {
		fputs(i ? ",\n" : "\n", stdout);
		json_put(json_answer(explanation, &explanation->answers[i]));
	}
	printf("],\n\"pid\":%d,\"comm\":", explanation->process->pid);
	json_put(json_string(explanation->process->comm));
	fputs(",\"address_space_id\":", stdout);
	json_put(json_asid(explanation));
	puts("}");
	return 0;
}
