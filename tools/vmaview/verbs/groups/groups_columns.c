// SPDX-License-Identifier: GPL-2.0
/* groups_columns.c - in: a group; out: the columns of it. */
#include <stdio.h>

#include "columns/column_text.h"
#include "verbs/groups/group_rows.h"
#include "verbs/groups/groups_columns.h"

static const struct group_row *row_of(const struct cell *cell)
{
	return cell->row;
}

/* Of the last row the first column says what it is; a key that the groups were not made by is unknown. */
static int text_key(const struct cell *cell, enum group_key key, char *out, size_t room)
{
	const struct group_row *row = row_of(cell);

	for (size_t i = 0; i < row->by->nr; i++) {
		if (row->by->key[i] != key)
			continue;
		if (row->is_total)
			return snprintf(out, room, "%s", i ? "" : "total");
		return row->value[i] ? snprintf(out, room, "%s", row->value[i]) : -1;
	}
	return -1;
}

#define KEY_TEXT(name, key) \
	static int text_##name(const struct cell *cell, char *out, size_t room) \
	{ \
		return text_key(cell, key, out, room); \
	}

KEY_TEXT(pid, GROUP_BY_PID)
KEY_TEXT(comm, GROUP_BY_NAME)
KEY_TEXT(exe, GROUP_BY_EXE)
KEY_TEXT(user, GROUP_BY_USER)
KEY_TEXT(cgroup, GROUP_BY_CGROUP)
KEY_TEXT(session, GROUP_BY_SESSION)
KEY_TEXT(tree, GROUP_BY_TREE)
KEY_TEXT(kind, GROUP_BY_KIND)
KEY_TEXT(map, GROUP_BY_MAPPING)
KEY_TEXT(server, GROUP_BY_FAULT)
KEY_TEXT(table, GROUP_BY_OPS)
KEY_TEXT(access, GROUP_BY_PERMS)
KEY_TEXT(label, GROUP_BY_LABEL)
KEY_TEXT(object, GROUP_BY_OBJECT)

static bool number_processes(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->processes;
	return true;
}

static bool number_areas(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->areas;
	return row_of(cell)->knows_areas;
}

#define FRAME_NUMBER(name, of) \
	static bool number_##name(const struct cell *cell, uint64_t *number) \
	{ \
		const struct frame_sums *sums = &row_of(cell)->frames; \
		\
		*number = of; \
		return row_of(cell)->knows_frames; \
	}

FRAME_NUMBER(frames, sums->frames)
FRAME_NUMBER(unique, sums->unique)
FRAME_NUMBER(inside, sums->inside)
FRAME_NUMBER(outside, sums->frames - sums->unique)

#define SUM_NUMBER(name, sum) \
	static bool number_##name(const struct cell *cell, uint64_t *number) \
	{ \
		return group_row_sum(row_of(cell), sum, number); \
	}

SUM_NUMBER(rss, GROUP_RSS)
SUM_NUMBER(pss, GROUP_PSS)
SUM_NUMBER(swap, GROUP_SWAP)
SUM_NUMBER(tables, GROUP_TABLES)
SUM_NUMBER(debt, GROUP_COW_DEBT)
SUM_NUMBER(pinned, GROUP_MAYBE_PINNED)
SUM_NUMBER(locked, GROUP_LOCKED)
SUM_NUMBER(lazyfree, GROUP_LAZYFREE)
SUM_NUMBER(hugetlb, GROUP_HUGETLB)
SUM_NUMBER(drop, GROUP_RECLAIM_DROP)
SUM_NUMBER(write, GROUP_RECLAIM_WRITE)
SUM_NUMBER(by_swap, GROUP_RECLAIM_SWAP)
SUM_NUMBER(never, GROUP_RECLAIM_NEVER)

static bool number_elsewhere(const struct cell *cell, uint64_t *number)
{
	const struct area_place *place = row_of(cell)->place;

	*number = place ? place->elsewhere : 0;
	return place && place->knows_elsewhere;
}

static bool number_remote(const struct cell *cell, uint64_t *number)
{
	const struct area_place *place = row_of(cell)->place;

	*number = place ? place->remote : 0;
	return place && place->knows_remote;
}

static int text_nodes_of_row(const struct cell *cell, char *out, size_t room)
{
	return row_of(cell)->place ? text_nodes(row_of(cell)->place, cell->bytes, out, room) : -1;
}

#define D COL_DEFAULT

/* The keys come first, in their order: groups_key_column(). */
static const struct column columns[] = {
	COLUMN_TEXT("Pid", NULL, "pid", TEXT, COL_VIEW, text_pid, "the process"),
	COLUMN_TEXT("Name", NULL, "name", TEXT, COL_VIEW, text_comm, "name of the process"),
	COLUMN_TEXT("Exe", NULL, "exe", TEXT, COL_VIEW, text_exe, "path of its program"),
	COLUMN_TEXT("User", NULL, "user", TEXT, COL_VIEW, text_user, "whom it runs as"),
	COLUMN_TEXT("Cgroup", NULL, "cgroup", TEXT, COL_VIEW, text_cgroup, "its cgroup of version 2"),
	COLUMN_TEXT("Session", NULL, "session", TEXT, COL_VIEW, text_session, "its session"),
	COLUMN_TEXT("Tree", NULL, "tree", TEXT, COL_VIEW, text_tree, "its eldest ancestor among those that are shown"),
	COLUMN_TEXT("Kind", NULL, "kind", TEXT, COL_VIEW, text_kind, "kind of the areas: text, data, heap, shmem, ..."),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, COL_VIEW, text_map, "what they map"),
	COLUMN_TEXT("Fault", NULL, "fault", TEXT, COL_VIEW, text_server, "who serves their faults"),
	COLUMN_TEXT("Ops", NULL, "ops", TEXT, COL_VIEW, text_table, "their vm_operations_struct"),
	COLUMN_TEXT("Perms", NULL, "perms", TEXT, COL_VIEW, text_access, "their permissions"),
	COLUMN_TEXT("Label", NULL, "label", TEXT, COL_VIEW, text_label, "what --labels calls them"),
	COLUMN_TEXT("Object", NULL, "object", TEXT, COL_VIEW, text_object,
		    "shared memory that they map: shmem, memfd, sysv or hugetlb, its name, its inode"),
	COLUMN_NUMBER("Procs", "Processes", "processes", COUNT, D, number_processes, "processes of the group"),
	COLUMN_NUMBER("Areas", NULL, "areas", COUNT, 0, number_areas, "areas of the group"),
	COLUMN_NUMBER("Frames", NULL, "frames", SIZE, D, number_frames,
		      "present memory, each frame once, of which ..."),
	COLUMN_NUMBER("Unique", NULL, "unique", SIZE, D, number_unique, "... nobody outside of the group maps it"),
	COLUMN_NUMBER("Outside", NULL, "outside", SIZE, D, number_outside, "... others map it, too"),
	COLUMN_NUMBER("Inside", NULL, "inside", SIZE, D, number_inside,
		      "... two or more processes of the group map it"),
	COLUMN_NUMBER("RSS", NULL, "rss", SIZE, D, number_rss, "sum of Rss: counts what many map many times"),
	COLUMN_NUMBER("Pss", NULL, "pss", SIZE, D, number_pss, "sum of Pss"),
	COLUMN_NUMBER("Swap", NULL, "swap", SIZE, D, number_swap, "sum of Swap"),
	COLUMN_NUMBER("Tables", NULL, "tables", SIZE, 0, number_tables, "page tables"),
	COLUMN_NUMBER("Debt", "Cow_Debt", "cow_debt", SIZE, 0, number_debt,
		      "new memory if all that is present were written"),
	COLUMN_NUMBER("MayPin", "Maybe_Pinned", "maybe_pinned", SIZE, 0, number_pinned,
		      "memory that is probably pinned"),
	COLUMN_NUMBER("Locked", NULL, "locked", SIZE, 0, number_locked, "share of locked memory"),
	COLUMN_NUMBER("LazyFree", NULL, "lazyfree", SIZE, 0, number_lazyfree, "given up by MADV_FREE"),
	COLUMN_NUMBER("Hugetlb", NULL, "hugetlb", SIZE, 0, number_hugetlb,
		      "huge pages of hugetlbfs, in neither RSS nor Pss"),
	COLUMN_NUMBER("Drop", "Reclaim_Drop", "reclaim_drop", SIZE, 0, number_drop, "could be freed at once"),
	COLUMN_NUMBER("Write", "Reclaim_Write", "reclaim_write", SIZE, 0, number_write, "after writing it back"),
	COLUMN_NUMBER("BySwap", "Reclaim_Swap", "reclaim_swap", SIZE, 0, number_by_swap, "only by swapping"),
	COLUMN_NUMBER("Never", "Reclaim_Never", "reclaim_never", SIZE, 0, number_never, "not at all"),
	COLUMN_NUMBER("Charged_Elsewhere", NULL, "charged_elsewhere", SIZE, COL_PLACE, number_elsewhere,
		      "sum of what is charged to another cgroup than its process's"),
	COLUMN_TEXT("Nodes", NULL, "nodes", SIZES, COL_PLACE, text_nodes_of_row,
		    "sum of Rss by NUMA nodes, hugetlb included"),
	COLUMN_NUMBER("Remote", NULL, "remote", SIZE, COL_PLACE, number_remote,
		      "sum of what is on nodes that memory policies do not name"),
};

const struct column_set groups_columns = { columns, sizeof(columns) / sizeof(columns[0]) };

const struct column *groups_key_column(enum group_key key)
{
	return &columns[key];
}
