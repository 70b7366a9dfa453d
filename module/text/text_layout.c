// SPDX-License-Identifier: GPL-2.0
/* text_layout.c - LAYOUT and SEGMENT records in, lines of the file layout out. */
#include <linux/string.h>

#include "text/text.h"

/* "Key: start-end" as maps writes a range. */
static void range(struct text *text, const char *key, u64 start, u64 end, const char *grows)
{
	text_string(text, key);
	text_bytes(text, ": ", 2);
	text_hex(text, start, 8);
	text_bytes(text, "-", 1);
	text_hex(text, end, 8);
	text_string(text, grows);
	text_bytes(text, "\n", 1);
}

static void address(struct text *text, const char *key, u64 value, const char *grows)
{
	text_string(text, key);
	text_bytes(text, ": ", 2);
	text_hex(text, value, 8);
	text_string(text, grows);
	text_bytes(text, "\n", 1);
}

static void limit(struct text *text, const char *key, u64 bytes)
{
	if (bytes != ~0ULL) {
		text_key_number(text, key, bytes);
		return;
	}
	text_string(text, key);
	text_string(text, ": unlimited\n");
}

static const char *mmap_grows(u32 flags)
{
	return flags & VMAVIEW_LAYOUT_MMAP_DOWN ? " down" : flags & VMAVIEW_LAYOUT_MMAP_UP ? " up" : "";
}

void text_layout(struct text *text, const struct vmaview_layout *layout)
{
	range(text, "Text", layout->start_code, layout->end_code, "");
	range(text, "Data", layout->start_data, layout->end_data, "");
	range(text, "Heap", layout->start_brk, layout->brk, " up");
	address(text, "Mmap", layout->mmap_base, mmap_grows(layout->flags));
	if (layout->flags & VMAVIEW_LAYOUT_STACK)
		range(text, "Stack", layout->stack_start, layout->stack_end,
		      layout->flags & VMAVIEW_LAYOUT_STACK_DOWN ? " down" : "");
	address(text, "Start_Stack", layout->start_stack, "");
	range(text, "Arguments", layout->arg_start, layout->arg_end, "");
	range(text, "Environment", layout->env_start, layout->env_end, "");
	if (layout->flags & VMAVIEW_LAYOUT_VDSO && layout->vdso_end)
		range(text, "Vdso", layout->vdso_start, layout->vdso_end, "");
	address(text, "Task_Size", layout->task_size, "");
	limit(text, "Stack_Limit", layout->stack_limit);
	limit(text, "Data_Limit", layout->data_limit);
}

static void hex_field(struct text *text, const char *name, u64 value, unsigned int width)
{
	text_string(text, name);
	text_hex(text, value, width);
}

void text_segment(struct text *text, const struct vmaview_segment *segment)
{
	static const char *const kinds[] = {
		[VMAVIEW_SEGMENT_FS] = "Fs:",
		[VMAVIEW_SEGMENT_GS] = "Gs:",
		[VMAVIEW_SEGMENT_TLS] = "Tls:",
		[VMAVIEW_SEGMENT_LDT] = "Ldt:",
	};
	bool descriptor = segment->kind >= VMAVIEW_SEGMENT_TLS;

	text_string(text, kinds[segment->kind]);
	if (segment->kind != VMAVIEW_SEGMENT_LDT)
		text_id(text, " tid=", segment->tid);
	hex_field(text, " selector=", segment->selector, 4);
	if (!(segment->flags & VMAVIEW_SEGMENT_NO_BASE))
		hex_field(text, " base=", segment->base, 8);
	if (descriptor)
		hex_field(text, " limit=", segment->limit, 8);
	if (descriptor)
		hex_field(text, " access=", segment->access, 4);
	if (segment->flags & VMAVIEW_SEGMENT_STALE)
		text_string(text, " stale");
	text_bytes(text, "\n", 1);
}
