// SPDX-License-Identifier: GPL-2.0
/*
 * layout_parts.c - in: the addresses that the kernel keeps of a program, and areas; out: its parts.
 *
 * Two parts are not kept by the kernel and follow from the areas.  bss: from the end of the data on,
 * the rest of its last page and the areas without a file that follow without a gap, up to the heap at
 * most.  mmap: from the base that the kernel keeps to the farthest area on the side to which it grows.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/layout/layout_parts.h"

/* Parts of a program, at most. */
#define PROGRAM_PARTS 16

static struct part *add(struct sheet *sheet, enum part_group group, const char *name)
{
	struct part *part = &((struct part *)sheet->rows)[sheet->nr++];

	*part = (struct part){ .group = group, .name = name, .grows = "" };
	return part;
}

static struct part *add_range(struct sheet *sheet, const char *name, uint64_t start, uint64_t end)
{
	struct part *part = add(sheet, PART_PROGRAM, name);

	part->start = start;
	part->end = end;
	part->known = PART_START | PART_END;
	return part;
}

const struct area *layout_area(const struct process *process, const struct part *part,
			       const struct area *from)
{
	const struct area *end = process->areas + process->nr_areas;
	uint64_t last = part->known & PART_END ? part->end : part->start + 1;

	if (!(part->known & PART_START))
		return NULL;
	for (const struct area *area = from ? from : process->areas; area < end; area++)
		if (area->end > part->start && area->start < last &&
		    (!area->gate || part->group == PART_PHYSICAL))
			return area;
	return NULL;
}

static uint64_t bss_end(const struct process *process)
{
	const struct vmaview_layout *layout = &process->layout;
	uint64_t end = layout->end_data;

	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];
		bool holds_data = area->start < end && area->end > end && end == layout->end_data;
		bool follows = area->start == end && !area->inode && area->perms[1] == 'w';

		if (holds_data || follows)
			end = area->end;
	}
	if (layout->start_brk >= layout->end_data && end > layout->start_brk)
		end = layout->start_brk;
	return end;
}

static void add_bss(struct sheet *sheet)
{
	uint64_t end = bss_end(sheet->process);

	if (end > sheet->process->layout.end_data)
		add_range(sheet, "bss", sheet->process->layout.end_data, end);
}

/* What is in the way of an area that grows up from @addr, or ~0. */
static uint64_t next_start(const struct process *process, uint64_t addr)
{
	for (size_t i = 0; i < process->nr_areas; i++)
		if (process->areas[i].start >= addr)
			return process->areas[i].start;
	return UINT64_MAX;
}

/* brk() in mm/mmap.c: RLIMIT_DATA counts the initialised data too, and nothing may be in the way. */
static void add_heap(struct sheet *sheet)
{
	const struct vmaview_layout *layout = &sheet->process->layout;
	struct part *heap = add_range(sheet, "heap", layout->start_brk, layout->brk);
	uint64_t data = layout->end_data - layout->start_data;
	uint64_t limit = layout->data_limit;

	heap->grows = "up";
	heap->limit = next_start(sheet->process, layout->brk);
	if (limit != UINT64_MAX)
		limit = limit > data ? limit - data : 0;
	if (limit < UINT64_MAX - layout->start_brk && layout->start_brk + limit < heap->limit)
		heap->limit = layout->start_brk + limit;
	if (heap->limit != UINT64_MAX)
		heap->known |= PART_LIMIT;
}

static void add_mmap(struct sheet *sheet)
{
	const struct process *process = sheet->process;
	const struct vmaview_layout *layout = &process->layout;
	bool down = layout->flags & VMAVIEW_LAYOUT_MMAP_DOWN;
	uint64_t start = layout->mmap_base, end = layout->mmap_base;
	uint64_t low = down ? layout->brk : layout->mmap_base;
	uint64_t high = down ? layout->mmap_base : layout->stack_start;
	struct part *part;

	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];

		if (area->start < low || area->end > high)
			continue;
		if (down && area->start < start)
			start = area->start;
		if (!down && area->end > end)
			end = area->end;
	}
	part = add_range(sheet, "mmap", start, end);
	part->grows = down ? "down" : "up";
}

/* acct_stack_growth() in mm/mmap.c: the whole area may be as large as RLIMIT_STACK. */
static void add_stack(struct sheet *sheet)
{
	const struct vmaview_layout *layout = &sheet->process->layout;
	struct part *stack = add_range(sheet, "stack", layout->stack_start, layout->stack_end);

	if (!(layout->flags & VMAVIEW_LAYOUT_STACK_DOWN))
		return;
	stack->grows = "down";
	if (layout->stack_limit < layout->stack_end) {
		stack->limit = layout->stack_end - layout->stack_limit;
		stack->known |= PART_LIMIT;
	}
}

static void add_program(struct sheet *sheet)
{
	const struct vmaview_layout *layout = &sheet->process->layout;

	add_range(sheet, "text", layout->start_code, layout->end_code);
	add_range(sheet, "data", layout->start_data, layout->end_data);
	add_bss(sheet);
	add_heap(sheet);
	if (layout->flags & (VMAVIEW_LAYOUT_MMAP_DOWN | VMAVIEW_LAYOUT_MMAP_UP))
		add_mmap(sheet);
	if (layout->flags & VMAVIEW_LAYOUT_STACK)
		add_stack(sheet);
	add_range(sheet, "arguments", layout->arg_start, layout->arg_end);
	add_range(sheet, "environment", layout->env_start, layout->env_end);
	if (layout->flags & VMAVIEW_LAYOUT_VDSO && layout->vdso_end)
		add_range(sheet, "vdso", layout->vdso_start, layout->vdso_end);
}

/* The LDT's descriptor that a register names. */
static const struct vmaview_segment *descriptor(const struct process *process, uint32_t selector)
{
	for (size_t i = 0; i < process->nr_segments; i++)
		if (process->segments[i].kind == VMAVIEW_SEGMENT_LDT &&
		    process->segments[i].selector >> 2 == selector >> 2)
			return &process->segments[i];
	return NULL;
}

static void add_segment(struct sheet *sheet, const struct vmaview_segment *segment)
{
	static const char *const names[] = {
		[VMAVIEW_SEGMENT_FS] = "fs",
		[VMAVIEW_SEGMENT_GS] = "gs",
		[VMAVIEW_SEGMENT_TLS] = "tls",
		[VMAVIEW_SEGMENT_LDT] = "ldt",
	};
	bool ldt = segment->kind == VMAVIEW_SEGMENT_LDT;
	struct part *part = add(sheet, ldt ? PART_LDT : PART_THREAD, names[segment->kind]);
	const struct vmaview_segment *base = segment;

	part->segment = segment;
	if (segment->flags & VMAVIEW_SEGMENT_NO_BASE)
		base = descriptor(sheet->process, segment->selector);
	if (!base)
		return;
	part->start = base->base;
	part->known = PART_START;
	if (segment->kind < VMAVIEW_SEGMENT_TLS)
		return;
	part->end = segment->base + segment->limit + 1;
	part->known |= PART_END;
}

int layout_parts(struct sheet *sheet)
{
	const struct process *process = sheet->process;

	sheet->size = sizeof(struct part);
	sheet->rows = calloc(PROGRAM_PARTS + process->nr_segments, sheet->size);
	if (!sheet->rows)
		return -ENOMEM;
	if (process->has_layout)
		add_program(sheet);
	for (size_t i = 0; i < process->nr_segments; i++)
		add_segment(sheet, &process->segments[i]);
	return 0;
}

const struct part *layout_find(const struct sheet *sheet, const char *name, size_t length)
{
	const struct part *parts = sheet->rows;

	for (size_t i = 0; i < sheet->nr; i++)
		if (parts[i].group == PART_PROGRAM && strlen(parts[i].name) == length &&
		    !memcmp(parts[i].name, name, length))
			return &parts[i];
	return NULL;
}
