// SPDX-License-Identifier: GPL-2.0
/*
 * stream_tables.c - the areas of a target in, TABLE records out.
 *
 * The sums are made over as many holds of mmap_lock as it takes; the cursor is an address.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "compat/compat.h"
#include "stream/stream_state.h"
#include "stream/stream_tables.h"

/* Under mmap_lock. Return: true when all areas of the range are counted. */
static bool walk_tables(struct stream *stream)
{
	VMA_ITERATOR(vmi, stream->target.mm, stream->table_cursor);
	unsigned long last = (stream->range_end - 1) | ~PAGE_MASK;
	struct vm_area_struct *vma;

	while ((vma = vma_next(&vmi)) && vma->vm_start <= last) {
		unsigned long addr = max(vma->vm_start, stream->table_cursor & PAGE_MASK);
		unsigned long end = min(vma->vm_end - 1, last) + 1;

		if (addr >= end)
			return true;	/* the last hold ended with the range */
		stream->walk.vma = vma;
		stream->table_cursor = tables_walk(&stream->tables, &stream->walk, addr, end);
		if (stream->table_cursor < end || walk_time_is_up(&stream->walk))
			return false;
	}
	return true;
}

static const char names[TABLE_LEVELS][8] = {
	[VMAVIEW_TABLE_PTE] = "pte",
	[VMAVIEW_TABLE_PMD] = "pmd",
	[VMAVIEW_TABLE_PUD] = "pud",
	[VMAVIEW_TABLE_P4D] = "p4d",
	[VMAVIEW_TABLE_PGD] = "pgd",
};

/* How many levels there are is a matter of the machine, not only of the kernel. */
static void fill_geometry(struct vmaview_table *table, struct mm_struct *mm)
{
	unsigned long slots[] = {
		PTRS_PER_PTE, PTRS_PER_PMD, PTRS_PER_PUD, PTRS_PER_P4D, PTRS_PER_PGD,
	};
	unsigned long entries[] = {
		PTRS_PER_PTE, PTRS_PER_PMD, PTRS_PER_PUD, PTRS_PER_P4D, pgd_index(target_end(mm) - 1) + 1,
	};
	u64 spans[] = { PAGE_SIZE, PMD_SIZE, PUD_SIZE, P4D_SIZE, PGDIR_SIZE };

	table->span = spans[table->level];
	table->entries = table->tables * entries[table->level];
	table->bytes = table->tables * slots[table->level] * sizeof(pte_t);
}

static void put_level(struct stream *stream, unsigned int level)
{
	const struct table_count *count = &stream->tables.level[level];
	struct vmaview_table *table = stream_put(stream, VMAVIEW_REC_TABLE, sizeof(*table));

	*table = (struct vmaview_table){
		.header = table->header,
		.level = level,
		.tables = count->tables,
		.used = count->used,
		.leaves = count->leaves,
		.absent = count->absent,
		.deposited = level == VMAVIEW_TABLE_PTE ? stream->tables.deposited : 0,
	};
	memcpy(table->name, names[level], sizeof(table->name));
	fill_geometry(table, stream->target.mm);
}

static void put_tables(struct stream *stream)
{
	unsigned int level;

	for (level = 0; level < TABLE_LEVELS; level++) {
		if (level == VMAVIEW_TABLE_P4D && mm_p4d_folded(stream->target.mm))
			continue;
		put_level(stream, level);
	}
	if (stream->tables.incomplete)
		stream->changed = true;
}

int stream_fill_tables(struct stream *stream)
{
	bool done = false;
	int ret;

	stream->walk.runs = NULL;	/* all are given: they are not to end a hold any more */
	while (!done) {
		if (signal_pending(current))
			return -ERESTARTSYS;
		ret = stream_hold(stream);
		if (ret)
			return ret;
		done = walk_tables(stream);
		target_unlock(&stream->target);
		cond_resched();
	}
	put_tables(stream);
	stream_next_stage(stream);
	return 0;
}
