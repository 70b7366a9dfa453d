// SPDX-License-Identifier: GPL-2.0
/*
 * snapshot.c - in: checked records; out: the model.
 *
 * A field that the writer of a stream did not know yet is unknown, not 0.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "vmaview/flags.h"
#include "vmaview/record_check.h"
#include "vmaview/snapshot.h"

/* Sharers come after their area. */
#define SHARERS (VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS)

static int take_begin(struct process *process, const struct vmaview_begin *begin)
{
	process->pid = begin->pid;
	process->time = begin->time;
	process->began = begin->task_start;
	process->abi_major = begin->abi_major;
	process->abi_minor = begin->abi_minor;
	process->kernel_knows = begin->known;
	process->page_size = begin->leaf_size[0];
	process->comm = process_keep(process, begin->comm, strlen(begin->comm));
	process->title = process->comm;
	process->release = process_keep(process, begin->release, strlen(begin->release));
	memcpy(process->leaf_size, begin->leaf_size, sizeof(process->leaf_size));
	if (begin->header.size >= offsetof(struct vmaview_begin, space) + sizeof(begin->space))
		process->space = begin->space;
	if (begin->header.size >= offsetof(struct vmaview_begin, memcg) + sizeof(begin->memcg))
		process->memcg = begin->memcg;
	process->range_start = begin->range_start;
	process->range_end = begin->range_end;
	process->has_runs = begin->want & VMAVIEW_WANT_RUNS;
	process->has_sharers = (begin->want & SHARERS) == SHARERS;
	process->has_uffd = begin->want & VMAVIEW_WANT_UFFD;
	process->has_seams = begin->want & VMAVIEW_WANT_SEAMS;
	process->has_pages = begin->want & VMAVIEW_WANT_PAGES;
	process->has_vmflags = begin->want & VMAVIEW_WANT_VMFLAGS;
	return process->comm && process->release ? 0 : -ENOMEM;
}

static int take_mm(struct process *process, const struct vmaview_mm *mm)
{
	static const unsigned short offset[MM_FACT_NR] = {
		[MM_TOTAL_VM] = offsetof(struct vmaview_mm, total_vm),
		[MM_LOCKED_VM] = offsetof(struct vmaview_mm, locked_vm),
		[MM_PINNED_VM] = offsetof(struct vmaview_mm, pinned_vm),
		[MM_DATA_VM] = offsetof(struct vmaview_mm, data_vm),
		[MM_EXEC_VM] = offsetof(struct vmaview_mm, exec_vm),
		[MM_STACK_VM] = offsetof(struct vmaview_mm, stack_vm),
		[MM_MAP_COUNT] = offsetof(struct vmaview_mm, map_count),
		[MM_PGTABLES] = offsetof(struct vmaview_mm, pgtables),
		[MM_MINOR_FAULTS] = offsetof(struct vmaview_mm, min_flt),
		[MM_MAJOR_FAULTS] = offsetof(struct vmaview_mm, maj_flt),
	};

	for (int fact = 0; fact < MM_FACT_NR; fact++) {
		if (offset[fact] + sizeof(__u64) > mm->header.size)
			continue;
		memcpy(&process->mm[fact], (const char *)mm + offset[fact], sizeof(__u64));
		process->mm_known |= 1u << fact;
	}
	return 0;
}

static int take_ops(struct process *process, const struct vmaview_ops *record)
{
	static const char prefix[] = "fault=";
	struct ops *ops = process_add_ops(process);
	const char *text;

	if (!ops)
		return -ENOMEM;
	ops->id = record->id;
	text = process_keep(process, (const char *)record + record->text_offset,
			    record->text_length);
	if (!text)
		return -ENOMEM;
	ops->symbol = text;
	ops->callbacks = text + strlen(text) + 1;
	ops->callbacks_end = text + record->text_length;
	for (const char *callback = ops->callbacks; callback < ops->callbacks_end;
	     callback += strlen(callback) + 1)
		if (!strncmp(callback, prefix, sizeof(prefix) - 1))
			ops->fault = callback + sizeof(prefix) - 1;
	return 0;
}

/* The numbers of a record lie as those of an area do, all but the first of these: keys.c sees to that. */
static void take_area_values(struct area *area, const struct vmaview_area *record, bool has_pages)
{
	size_t first = offsetof(struct vmaview_area, kernel_page_size);
	size_t end = has_pages ? area_fields(record) : offsetof(struct vmaview_area, mmu_page_size) + sizeof(__u64);
	size_t nr = (end - first) / sizeof(__u64);

	if (nr > KEY_NR - KEY_KERNEL_PAGE_SIZE)
		nr = KEY_NR - KEY_KERNEL_PAGE_SIZE;
	memcpy(&area->value[KEY_KERNEL_PAGE_SIZE], (const char *)record + first, nr * sizeof(__u64));
	area->known |= ((UINT64_C(1) << nr) - 1) << KEY_KERNEL_PAGE_SIZE;
	area_set(area, KEY_SIZE, record->end - record->start);
}

static int take_area(struct process *process, const struct vmaview_area *record)
{
	struct area *area = process_add_area(process);

	if (!area)
		return -ENOMEM;
	area->start = record->start;
	area->end = record->end;
	area->offset = record->offset;
	area->inode = record->inode;
	area->dev_major = record->dev_major;
	area->dev_minor = record->dev_minor;
	memcpy(area->perms, record->perms, sizeof(area->perms));
	area->vm_flags = record->vm_flags;
	area->flags = record->flags;
	area->frames_end = process->nr_frames;
	area->facts = AREA_KNOWS_OPS;
	if (process->has_vmflags)
		area->facts |= AREA_KNOWS_FLAGS | AREA_KNOWS_VMFLAGS;
	if (record->name_length) {
		area->name = process_keep(process, (const char *)record + record->name_offset,
					  record->name_length);
		if (!area->name)
			return -ENOMEM;
	}
	take_area_values(area, record, process->has_pages);
	area->ops = record->ops ? process_find_ops(process, record->ops) : NULL;
	return record->ops && !area->ops ? -EBADMSG : 0;
}

static int take_run(struct process *process, const struct vmaview_run *record)
{
	struct vmaview_run *run = process_add_run(process);

	if (!run)
		return -ENOMEM;
	memcpy(run, record, sizeof(*run));
	return 0;
}

/* Words have what they need beside them in one record, so that they can be put one after the other. */
static int take_frames(struct process *process, const struct vmaview_frames *record)
{
	return process_add_frames(process, (const uint64_t *)((const char *)record + record->words_offset),
				  record->nr_words);
}

static int take_sharer(struct process *process, const struct vmaview_sharer *record)
{
	struct vmaview_sharer *sharer = process_add_sharer(process);

	if (!sharer)
		return -ENOMEM;
	memcpy(sharer, record, sizeof(*sharer));
	return 0;
}

static int take_layout(struct process *process, const struct vmaview_layout *layout)
{
	process->layout = *layout;
	process->has_layout = true;
	return 0;
}

/* A kind that we do not know is not ours to show. */
static int take_segment(struct process *process, const struct vmaview_segment *record)
{
	struct vmaview_segment *segment;

	if (record->kind < VMAVIEW_SEGMENT_FS || record->kind > VMAVIEW_SEGMENT_LDT)
		return 0;
	segment = process_add_segment(process);
	if (!segment)
		return -ENOMEM;
	*segment = *record;
	return 0;
}

static int take_table(struct process *process, const struct vmaview_table *table)
{
	process->table[table->level] = *table;
	process->has_tables = true;
	return 0;
}

/* A kind that we do not know is not ours to show. */
static int take_uffd(struct process *process, const struct vmaview_uffd *record)
{
	struct vmaview_uffd *uffd;

	if (record->kind != VMAVIEW_UFFD_AREA && record->kind != VMAVIEW_UFFD_HOLDER)
		return 0;
	uffd = process_add_uffd(process);
	if (!uffd)
		return -ENOMEM;
	*uffd = *record;
	return 0;
}

static int take_seam(struct process *process, const struct vmaview_seam *record)
{
	struct vmaview_seam *seam = process_add_seam(process);

	if (!seam)
		return -ENOMEM;
	*seam = *record;
	return 0;
}

static int take_end(struct process *process, const struct vmaview_end *end)
{
	size_t fields = end->header.size;

	process->has_receipt = fields >= sizeof(*end);
	memcpy(&process->receipt, end, fields < sizeof(*end) ? fields : sizeof(*end));
	return 0;
}

static int take(struct process *process, const struct vmaview_header *record)
{
	const struct vmaview_vmflag *vmflag = (const void *)record;

	switch (record->type) {
	case VMAVIEW_REC_BEGIN:
		return take_begin(process, (const void *)record);
	case VMAVIEW_REC_VMFLAG:
		flags_name(process, vmflag->bit, vmflag->mnemonic, vmflag->word);
		return 0;
	case VMAVIEW_REC_MM:
		return take_mm(process, (const void *)record);
	case VMAVIEW_REC_OPS:
		return take_ops(process, (const void *)record);
	case VMAVIEW_REC_AREA:
		return take_area(process, (const void *)record);
	case VMAVIEW_REC_RUN:
		return take_run(process, (const void *)record);
	case VMAVIEW_REC_FRAMES:
		return take_frames(process, (const void *)record);
	case VMAVIEW_REC_SHARER:
		return take_sharer(process, (const void *)record);
	case VMAVIEW_REC_LAYOUT:
		return take_layout(process, (const void *)record);
	case VMAVIEW_REC_SEGMENT:
		return take_segment(process, (const void *)record);
	case VMAVIEW_REC_TABLE:
		return take_table(process, (const void *)record);
	case VMAVIEW_REC_UFFD:
		return take_uffd(process, (const void *)record);
	case VMAVIEW_REC_SEAM:
		return take_seam(process, (const void *)record);
	case VMAVIEW_REC_END:
		return take_end(process, (const void *)record);
	}
	return 0;
}

int snapshot_read(struct process *process, struct reader *reader)
{
	const struct vmaview_header *record;
	int ret;

	while ((ret = reader_next(reader, &record)) > 0) {
		ret = take(process, record);
		if (ret == -EBADMSG)
			reader->why = "an area names operations that it does not describe";
		if (ret == -ENOMEM)
			reader->why = "out of memory";
		if (ret)
			return ret;
	}
	return ret;
}
