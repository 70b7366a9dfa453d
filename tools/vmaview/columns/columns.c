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
	return true;
}

static bool number_inode(const struct cell *cell, uint64_t *number)
{
	*number = cell->area->inode;
	return true;
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
#define NUMBER(name, json, kind, number, flags, help) \
	{ name, NULL, json, KIND_##kind, KEY_NR, flags, number, NULL, help }
#define TEXT(name, json, kind, text, flags, help) \
	{ name, NULL, json, KIND_##kind, KEY_NR, flags, NULL, text, help }
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
	NUMBER("Address", "start", ADDRESS, number_start, D | P, "first address"),
	KEY_COLUMN("Kbytes", "Size", SIZE, D | P),
	KEY_COLUMN("RSS", NULL, RSS, D | P),
	{ "Dirty", NULL, "dirty", KIND_SIZE, KEY_NR, D | V | P | COL_TOTAL, number_dirty, NULL,
	  "Shared_Dirty and Private_Dirty together" },
	TEXT("Mode", "mode", TEXT, text_mode, D | V | P, "permissions as pmap shows them"),
	TEXT("COW", "cow", TEXT, text_cow, D | V,
	     "writes to what is present: own in place, shared copy, source copy from file or zero"
	     " page, mixed, empty, ? cannot be told"),
	KEY_COLUMN("Debt", "Cow_Debt", COW_DEBT, D),
	KEY_COLUMN("MayPin", "Maybe_Pinned", MAYBE_PINNED, D),
	TEXT("Fault", "fault", TEXT, text_fault, D | V | COL_TRUNC,
	     "the kernel function that serves a page fault; anon: the kernel's own memory"),
	TEXT("Notable", "notable", TEXT, text_notable, D | V | P | COL_TRUNC | COL_LIST,
	     "flags that set the area apart: io, pfnmap, locked, dontcopy ..."),
	TEXT("Mapping", "mapping", TEXT, text_mapping, D | V | P | COL_TRUNC,
	     "file, or what else is mapped"),
	NUMBER("Pid", "pid", COUNT, number_pid, V | P, "the process"),
	NUMBER("End", "end", ADDRESS, number_end, P, "first address behind it"),
	TEXT("Perms", "perms", TEXT, text_perms, P, "permissions as maps shows them"),
	NUMBER("Offset", "offset", SIZE, number_offset, P, "offset into the file"),
	TEXT("Device", "device", TEXT, text_device, P, "major:minor of the file's filesystem"),
	NUMBER("Inode", "inode", COUNT, number_inode, P, "inode of the file"),
	TEXT("Name", "name", TEXT, text_name, P | COL_TRUNC, "name as maps shows it"),
	TEXT("Flags", "flags", WORDS, text_flags, 0, "every vm_flag of the kernel, in words"),
	TEXT("VmFlags", "vmflags", WORDS, text_vmflags, P, "flags as smaps abbreviates them"),
	TEXT("Ops", "ops", TEXT, text_ops, 0, "symbol of the area's vm_operations_struct"),
	TEXT("Callbacks", "callbacks", PAIRS, text_callbacks, 0, "what that table points to"),
	VMAVIEW_KEYS(MORE_KEY, GROUP, PART)
	TEXT("Caveats", "caveats", WORDS, text_caveats, V,
	     "changed or clipped while it was read, name_cut"),
};

const struct column_set area_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
