// SPDX-License-Identifier: GPL-2.0
/* columns.c - in: nothing; out: the columns of an area. */
#include "columns/column_text.h"
#include "columns/columns.h"

static bool number_start(const struct cell *cell, uint64_t *number)
{
	*number = cell->area->start;
	return true;
}

static bool number_end(const struct cell *cell, uint64_t *number)
{
	*number = cell->area->end;
	return true;
}

static bool number_offset(const struct cell *cell, uint64_t *number)
{
	*number = cell->area->offset;
	return !(cell->area->lacks & AREA_LACKS_OFFSET);
}

static bool number_inode(const struct cell *cell, uint64_t *number)
{
	*number = cell->area->inode;
	return !(cell->area->lacks & AREA_LACKS_FILE);
}

static bool number_elsewhere(const struct cell *cell, uint64_t *number)
{
	const struct area_place *place = cell->area->place;

	*number = place ? place->elsewhere : 0;
	return place && place->knows_elsewhere;
}

static bool number_remote(const struct cell *cell, uint64_t *number)
{
	const struct area_place *place = cell->area->place;

	*number = place ? place->remote : 0;
	return place && place->knows_remote;
}

static int text_nodes_of_area(const struct cell *cell, char *out, size_t room)
{
	return cell->area->place ? text_nodes(cell->area->place, cell->bytes, out, room) : -1;
}

static bool number_pid(const struct cell *cell, uint64_t *number)
{
	*number = cell->process->pid;
	return true;
}

/* What pmap -x calls Dirty. */
static bool number_dirty(const struct cell *cell, uint64_t *number)
{
	const struct area *area = cell->area;

	*number = area_get(area, KEY_SHARED_DIRTY) + area_get(area, KEY_PRIVATE_DIRTY);
	return area_knows(area, KEY_SHARED_DIRTY) && area_knows(area, KEY_PRIVATE_DIRTY);
}

/* A key that the list leaves to the default view: its place and its names there. */
#define KEY_COLUMN(name, alias, key, flags) \
	{ name, alias, NULL, KIND_SIZE, KEY_##key, (flags) | COL_TOTAL, NULL, NULL, NULL }
/* Those of the list that have no place in the default view. */
#define MORE_KEY(id, field, name, json, unit, total, source, place, help) \
	COLUMN_##place(name, KEY_##id, KIND_OF_##unit, FLAGS_##source)
#define COLUMN_VIEW(...)
#define COLUMN_MORE(name, key, kind, flags) \
	{ name, NULL, NULL, kind, key, (flags) | COL_TOTAL, NULL, NULL, NULL },
#define GROUP(id, name, ...) \
	{ name, NULL, NULL, KIND_GROUP, GROUP_##id, COL_TOTAL, NULL, NULL, NULL },
#define PART(id, field, group, group_name, word, ...) \
	{ group_name "." word, NULL, NULL, KIND_COUNT, KEY_##id, COL_PART | COL_TOTAL, NULL, NULL, NULL },

#define KIND_OF_BYTES	KIND_SIZE
#define KIND_OF_PSS	KIND_SIZE
#define KIND_OF_COUNT	KIND_COUNT
#define FLAGS_SMAPS	COL_PROC
#define FLAGS_OURS	0

#define D COL_DEFAULT
#define V COL_VIEW
#define P COL_PROC

static const struct column columns[] = {
	COLUMN_NUMBER("Address", NULL, "start", ADDRESS, D | P, number_start, "first address"),
	KEY_COLUMN("Kbytes", "Size", SIZE, D | P),
	KEY_COLUMN("RSS", NULL, RSS, D | P),
	{ "Dirty", NULL, "dirty", KIND_SIZE, KEY_NR, D | V | P | COL_TOTAL, number_dirty, NULL,
	  "Shared_Dirty and Private_Dirty together" },
	COLUMN_TEXT("Mode", NULL, "mode", TEXT, D | V | P, text_mode, "permissions as pmap shows them"),
	COLUMN_TEXT("COW", NULL, "cow", TEXT, D | V, text_cow,
		    "writes to what is present: own in place, shared copy, source copy from file or zero page, "
		    "mixed, empty, ? cannot be told"),
	KEY_COLUMN("Debt", "Cow_Debt", COW_DEBT, D),
	KEY_COLUMN("MayPin", "Maybe_Pinned", MAYBE_PINNED, D),
	COLUMN_TEXT("Fault", NULL, "fault", TEXT, D | V | COL_TRUNC, text_fault,
		    "the kernel function that serves a page fault; anon: the kernel's own memory"),
	COLUMN_TEXT("Notable", NULL, "notable", TEXT, D | V | P | COL_TRUNC | COL_LIST, text_notable,
		    "flags that set the area apart: io, pfnmap, locked, dontcopy ..."),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, D | V | P | COL_TRUNC, text_mapping,
		    "file, or what else is mapped"),
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, V | P, number_pid, "the process"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, P, number_end, "first address after it"),
	COLUMN_TEXT("Perms", NULL, "perms", TEXT, P, text_perms, "permissions as maps shows them"),
	COLUMN_NUMBER("Offset", NULL, "offset", SIZE, P, number_offset, "offset into the file"),
	COLUMN_TEXT("Device", NULL, "device", TEXT, P, text_device, "major:minor of the file's filesystem"),
	COLUMN_NUMBER("Inode", NULL, "inode", COUNT, P, number_inode, "inode of the file"),
	COLUMN_TEXT("Name", NULL, "name", TEXT, P | COL_TRUNC, text_name, "name as maps shows it"),
	COLUMN_TEXT("Kind", NULL, "kind", TEXT, P | COL_KIND, text_kind_of_area,
		    "of memory: text, data, bss, heap, stack, thread-stack, anon, file, shmem, memfd ..."),
	COLUMN_TEXT("Label", NULL, "label", TEXT, V | P | COL_KIND | COL_CALLED, text_area_label,
		    "of an area without a name: thread TID COMMAND; a guess: maybe arena (of glibc), maybe jit; "
		    "or what --labels calls it"),
	COLUMN_TEXT("Flags", NULL, "flags", WORDS, 0, text_flags, "every vm_flag of the kernel, in words"),
	COLUMN_TEXT("VmFlags", NULL, "vmflags", WORDS, P, text_vmflags, "flags as smaps abbreviates them"),
	COLUMN_TEXT("Ops", NULL, "ops", TEXT, 0, text_ops, "symbol of the area's vm_operations_struct"),
	COLUMN_TEXT("Callbacks", NULL, "callbacks", PAIRS, 0, text_callbacks, "what that table points to"),
	VMAVIEW_KEYS(MORE_KEY, GROUP, PART)
	COLUMN_NUMBER("Charged_Elsewhere", NULL, "charged_elsewhere", SIZE, COL_PLACE | COL_TOTAL, number_elsewhere,
		      "charged to another cgroup than the process's own"),
	COLUMN_TEXT("Nodes", NULL, "nodes", SIZES, COL_PLACE | COL_TOTAL, text_nodes_of_area,
		    "on which NUMA nodes the present memory is"),
	COLUMN_NUMBER("Remote", NULL, "remote", SIZE, COL_PLACE | COL_TOTAL, number_remote,
		      "on a node that the memory policy does not name; - where it names none"),
	COLUMN_TEXT("Caveats", NULL, "caveats", WORDS, V, text_caveats,
		    "changed or clipped while it was read, name_cut"),
};

/* options_choose() takes them all. */
_Static_assert(sizeof(columns) / sizeof(columns[0]) <= COLUMNS_MAX, "-O has no room for so many columns");

const struct column_set area_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
