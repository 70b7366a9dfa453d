// SPDX-License-Identifier: GPL-2.0
/* compare.c - in: two accounts of one process, areas ascending; out: each difference. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns/columns.h"
#include "proc/maps_line.h"
#include "verbs/verify/compare.h"
#include "vmaview/grow.h"

const char *const witness_name[] = {
	[WITNESS_MAPS] = "maps",
	[WITNESS_SMAPS] = "smaps",
	[WITNESS_PMAP] = "pmap",
};

/* By the names of columns, so that both sides are written alike. */
static const char *const keys_of_witness[][8] = {
	[WITNESS_MAPS] = { "End", "Perms", "Offset", "Device", "Inode", "Name" },
	[WITNESS_SMAPS] = { "VmFlags" },
	[WITNESS_PMAP] = { "Kbytes", "RSS", "Dirty", "Mode" },
};

static struct difference *add(struct differences *differences, enum witness witness,
			      uint64_t address, const char *key)
{
	struct difference *difference;

	if (!grow(&differences->list, differences->nr, &differences->room, sizeof(*differences->list))) {
		differences->failed = true;
		return NULL;
	}
	difference = &differences->list[differences->nr++];
	memset(difference, 0, sizeof(*difference));
	difference->witness = witness;
	difference->address = address;
	difference->key = key;
	return difference;
}

static void cut(char *out, size_t room, const char *text)
{
	snprintf(out, room, "%.*s", (int)room - 1, text);
}

static void compare_column(struct differences *differences, const struct column *column,
			   const struct cell *ours, const struct cell *theirs, enum witness witness)
{
	char our_text[CELL_MAX], their_text[CELL_MAX];
	struct difference *difference;

	/* What is not known is no claim. */
	if (column->text && column->text(ours, our_text, sizeof(our_text)) < 0)
		return;
	column_text(column, ours, our_text, sizeof(our_text));
	column_text(column, theirs, their_text, sizeof(their_text));
	differences->values++;
	if (!strcmp(our_text, their_text))
		return;
	difference = add(differences, witness, ours->area->start, column->name);
	if (!difference)
		return;
	cut(difference->ours, sizeof(difference->ours), our_text);
	cut(difference->theirs, sizeof(difference->theirs), their_text);
}

/* In kB: the witness does not know the bytes. */
static void compare_keys(struct differences *differences, const struct area *ours,
			 const struct area *theirs)
{
	for (int key = 0; key < KEY_NR; key++) {
		unsigned long long our_kb = area_get(ours, key) >> 10;
		unsigned long long their_kb = area_get(theirs, key) >> 10;
		struct difference *difference;

		if (!key_rows[key].smaps || !area_knows(ours, key) || !area_knows(theirs, key))
			continue;
		differences->values++;
		if (our_kb == their_kb)
			continue;
		difference = add(differences, WITNESS_SMAPS, ours->start, key_rows[key].name);
		if (!difference)
			return;
		snprintf(difference->ours, sizeof(difference->ours), "%llu kB", our_kb);
		snprintf(difference->theirs, sizeof(difference->theirs), "%llu kB", their_kb);
	}
}

static void compare_areas(struct differences *differences, const struct cell *ours,
			  const struct cell *theirs, enum witness witness)
{
	for (size_t i = 0; keys_of_witness[witness][i]; i++) {
		const char *name = keys_of_witness[witness][i];

		compare_column(differences, column_find(&area_columns, name, strlen(name)), ours, theirs, witness);
	}
	if (witness == WITNESS_SMAPS)
		compare_keys(differences, ours->area, theirs->area);
}

static void add_lone(struct differences *differences, const struct area *area, bool is_ours,
		     enum witness witness)
{
	struct difference *difference = add(differences, witness, area->start, "Area");

	if (!difference)
		return;
	cut(difference->ours, sizeof(difference->ours), is_ours ? "there" : "not there");
	cut(difference->theirs, sizeof(difference->theirs), is_ours ? "not there" : "there");
}

/* The gate area is no part of the address space, and what pmap makes of pieces of a line is no witness. */
static bool is_compared(const struct area *area, enum witness witness)
{
	return !area->gate && !(witness == WITNESS_PMAP && maps_line_in_pieces(area));
}

/* Next area from @at on that is compared; NULL after the last. */
static const struct area *next_area(const struct process *process, size_t *at, enum witness witness)
{
	while (*at < process->nr_areas && !is_compared(&process->areas[*at], witness))
		++*at;
	return *at < process->nr_areas ? &process->areas[*at] : NULL;
}

void compare(struct differences *differences, const struct process *ours,
	     const struct process *theirs, enum witness witness)
{
	struct cell our_cell = { .process = ours }, their_cell = { .process = theirs };
	size_t our_at = 0, their_at = 0;

	for (;;) {
		our_cell.area = next_area(ours, &our_at, witness);
		their_cell.area = next_area(theirs, &their_at, witness);
		if (!our_cell.area && !their_cell.area)
			return;
		if (!their_cell.area ||
		    (our_cell.area && our_cell.area->start < their_cell.area->start)) {
			add_lone(differences, our_cell.area, true, witness);
			our_at++;
		} else if (!our_cell.area || our_cell.area->start > their_cell.area->start) {
			add_lone(differences, their_cell.area, false, witness);
			their_at++;
		} else {
			compare_areas(differences, &our_cell, &their_cell, witness);
			our_at++;
			their_at++;
		}
	}
}

static bool has(const struct differences *differences, const struct difference *wanted)
{
	for (size_t i = 0; i < differences->nr; i++) {
		const struct difference *difference = &differences->list[i];

		if (difference->address == wanted->address && difference->key == wanted->key &&
		    difference->witness == wanted->witness)
			return true;
	}
	return false;
}

void differences_confirm(struct differences *differences, const struct differences *again)
{
	size_t kept = 0;

	for (size_t i = 0; i < differences->nr; i++)
		if (has(again, &differences->list[i]))
			differences->list[kept++] = differences->list[i];
	differences->nr = kept;
}

void differences_free(struct differences *differences)
{
	free(differences->list);
	memset(differences, 0, sizeof(*differences));
}
