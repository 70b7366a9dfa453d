// SPDX-License-Identifier: GPL-2.0
/* pins_columns.c - in: a row of pages and their references; out: the columns of it. */
#include <stdio.h>
#include <string.h>

#include "columns/column_text.h"
#include "columns/run_columns.h"
#include "verbs/pin_holders.h"
#include "verbs/pins/pins.h"

static const struct pin_row *row_of(const struct cell *cell)
{
	return cell->row;
}

COLUMN_GETTER(pid, cell->process->pid)
COLUMN_GETTER(start, row_of(cell)->start)
COLUMN_GETTER(end, row_of(cell)->end)
COLUMN_GETTER(size, row_of(cell)->end - row_of(cell)->start)
COLUMN_GETTER(refcount, row_of(cell)->refcount)
COLUMN_GETTER(page_tables, row_of(cell)->refs.page_tables)
COLUMN_GETTER(page_cache, row_of(cell)->refs.page_cache)
COLUMN_GETTER(swap_cache, row_of(cell)->refs.swap_cache)
COLUMN_GETTER(private, row_of(cell)->refs.private)
COLUMN_GETTER(kernel, row_of(cell)->refs.kernel)
COLUMN_GETTER(pins, row_of(cell)->refs.pins)
COLUMN_GETTER(pin_refs, row_of(cell)->refs.pin_refs)
COLUMN_GETTER(lru_batch, row_of(cell)->refs.lru_batch)
COLUMN_GETTER(unexplained, row_of(cell)->refs.unexplained)
COLUMN_GETTER(order, row_of(cell)->order)

static int text_origin(const struct cell *cell, char *out, size_t room)
{
	uint32_t origin = row_of(cell)->origin;
	const char *word = origin < RUN_WORDS_MAX ? run_origins()[origin] : NULL;

	return word ? snprintf(out, room, "%s", word) : -1;
}

static int text_kept(const struct cell *cell, char *out, size_t room)
{
	static const struct {
		uint32_t bit;
		const char *word;
	} words[] = {
		{ PIN_VM_LOCKED, "locked" },
		{ PIN_MLOCKED, "mlocked" },
		{ PIN_UNEVICTABLE, "unevictable" },
		{ PIN_MAYBE, "maybe-pinned" },
	};
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (row_of(cell)->kept & words[i].bit)
			used += snprintf(out + used, room - used, "%s%s", used ? " " : "", words[i].word);
	return used;
}

static int text_holders(const struct cell *cell, char *out, size_t room)
{
	const struct pin_row *row = row_of(cell);
	struct held held = pin_held(cell->process, row->start, row->end, row->order);

	held.how = held_how(&row->refs);
	return holders_text(row->holders, &held, out, room);
}

TEXT_WITH_AREA(area_perms, row_of(cell)->area, text_perms)
TEXT_WITH_AREA(area_name, row_of(cell)->area, text_name)
TEXT_WITH_AREA(area_mapping, row_of(cell)->area, text_mapping)

#define D COL_DEFAULT

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, COL_VIEW, number_pid, "the process"),
	COLUMN_NUMBER("Address", "Start", "start", ADDRESS, D, number_start, "first address"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, 0, number_end, "first address after it"),
	COLUMN_NUMBER("Kbytes", "Size", "size", SIZE, D, number_size, "size"),
	COLUMN_TEXT("Origin", NULL, "origin", TEXT, 0, text_origin, "kind of memory, as pages has it"),
	COLUMN_NUMBER("Order", NULL, "order", COUNT, 0, number_order, "log2 of the folio's pages"),
	COLUMN_NUMBER("Refs", "Refcount", "refcount", COUNT, D, number_refcount,
		      "references of the folio, of which are ..."),
	COLUMN_NUMBER("Tables", "Page_Tables", "page_tables", COUNT, D, number_page_tables, "... page tables"),
	COLUMN_NUMBER("Cache", "Page_Cache", "page_cache", COUNT, D, number_page_cache, "... page cache"),
	COLUMN_NUMBER("Swap", "Swap_Cache", "swap_cache", COUNT, D, number_swap_cache, "... swap cache"),
	COLUMN_NUMBER("Priv", "Private", "private", COUNT, D, number_private, "... buffers of its filesystem"),
	COLUMN_NUMBER("Own", "Kernel", "kernel", COUNT, D, number_kernel, "... the kernel, of a page of its own"),
	COLUMN_NUMBER("PinRefs", "Pin_Refs", "pin_refs", COUNT, 0, number_pin_refs, "... pins, maybe"),
	COLUMN_NUMBER("MayBatch", "LRU_Batch", "lru_batch", COUNT, D, number_lru_batch,
		      "... a CPU's LRU batch, maybe"),
	COLUMN_NUMBER("Other", "Unexplained", "unexplained", COUNT, D, number_unexplained, "... none of them"),
	COLUMN_NUMBER("MayPins", "Pins", "maybe_pins", COUNT, D, number_pins,
		      "how often it is pinned; of a small folio a guess"),
	COLUMN_TEXT("Kept", NULL, "kept", WORDS, D, text_kept,
		    "locked (its area), mlocked, unevictable, maybe-pinned"),
	COLUMN_TEXT("MayHold", "Holders", "may_hold", WORDS, D, text_holders,
		    "what of this process may hold it, with its descriptors"),
	COLUMN_TEXT("Perms", NULL, "perms", TEXT, COL_VIEW, text_area_perms, "permissions of its area"),
	COLUMN_TEXT("Name", NULL, "name", TEXT, 0, text_area_name, "name of its area as maps shows it"),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, D | COL_VIEW | COL_TRUNC, text_area_mapping,
		    "what its area maps"),
};

const struct column_set pin_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
