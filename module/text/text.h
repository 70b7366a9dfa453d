/* SPDX-License-Identifier: GPL-2.0 */
/* text.h - records in, the lines of the debugfs files out.  No lock, no user pointer. */
#ifndef VMAVIEW_TEXT_H
#define VMAVIEW_TEXT_H

#include <linux/string.h>
#include <linux/types.h>
#include <vmaview.h>

/* Bytes of the longest block: the longest name and every line of an area. */
#define TEXT_BUFFER	22528

/**
 * struct text - lines under construction
 * @buffer: TEXT_BUFFER bytes
 * @length: used so far; whoever adds a block has made sure that it fits
 */
struct text {
	char *buffer;
	size_t length;
};

/* Bytes of an array that is copied whole, which is faster than to copy what of it is used. */
#define TEXT_SHORT	24

static inline void text_bytes(struct text *text, const char *bytes, size_t length)
{
	memcpy(text->buffer + text->length, bytes, length);
	text->length += length;
}

/* The first @length of TEXT_SHORT bytes.  What is written after them is room that the block has anyway. */
static inline void text_short(struct text *text, const char *bytes, size_t length)
{
	memcpy(text->buffer + text->length, bytes, TEXT_SHORT);
	text->length += length;
}

/* text.c: the elements of a line. */
void text_string(struct text *text, const char *string);
void text_number(struct text *text, u64 value);
/* A PID, a thread's or a descriptor after its key; "-" for -1, which is none that is known here. */
void text_id(struct text *text, const char *key, s32 id);
/* With leading zeros up to @width digits, as seq_put_hex_ll(). */
void text_hex(struct text *text, u64 value, unsigned int width);
/* The name of a command; what would end the line is written as in /proc/PID/maps. */
void text_comm(struct text *text, const char *comm);
/* "Key: value\n" */
void text_key_number(struct text *text, const char *key, u64 value);
/* Key padded as smaps pads, value in kB. */
void text_key_kb(struct text *text, const char *key, u64 bytes);
/* The same of a key with @length, which is in an array of TEXT_SHORT. */
void text_short_kb(struct text *text, const char *key, size_t length, u64 bytes);

/* text_area.c: the block of one area; @ops is the text of its OPS record, NULL for none. */
void text_area(struct text *text, const struct vmaview_area *area, const struct vmaview_ops *ops);
/* text_area.c: its first line: that of /proc/PID/maps. */
void text_head(struct text *text, const struct vmaview_area *area);
/* text_area.c: the lines of all areas together. */
void text_sums(struct text *text, const struct vmaview_area *total);

/* text_run.c: one line, 1 KiB at most. */
void text_run(struct text *text, const struct vmaview_run *run);

/* text_summary.c: what follows the sums in the file summary. */
void text_mm(struct text *text, const struct vmaview_mm *mm);
void text_receipt(struct text *text, const struct vmaview_end *end);

/* text_sharers.c: one line of the file sharers. */
void text_sharer(struct text *text, const struct vmaview_sharer *sharer);

/* text_layout.c: the file layout; a segment is one line. */
void text_layout(struct text *text, const struct vmaview_layout *layout);
void text_segment(struct text *text, const struct vmaview_segment *segment);

/* text_tables.c: a line of the file tables. */
void text_table(struct text *text, const struct vmaview_table *table);

/* text_uffd.c: a line of the file uffd. */
void text_uffd(struct text *text, const struct vmaview_uffd *uffd);

#endif
