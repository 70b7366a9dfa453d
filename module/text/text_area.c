// SPDX-License-Identifier: GPL-2.0
/*
 * text_area.c - an AREA record in, its block of the file areas out: show_map_vma() and __show_smap()
 * in fs/proc/task_mmu.c, and what they do not say.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include <vmaview_keys.h>

#include "mm/vmflags.h"
#include "text/text.h"

/** enum unit - how a number of vmaview_area is kept, and so how it is printed */
enum unit {
	UNIT_SPAN,	/* in kB; the bytes from @start to @end */
	UNIT_BYTES,	/* in kB */
	UNIT_PSS,	/* in kB; has VMAVIEW_PSS_SHIFT fractional bits */
	UNIT_COUNT,
};

/** enum total - what two areas have together */
enum total {
	TOTAL_ADD	= 1,
	TOTAL_MAX	= 2,
	TOTAL_NOT	= 4,
};

enum group {
	GROUP_NONE,
#define GROUP_ID(id, ...) GROUP_##id,
	VMAVIEW_KEYS(VMAVIEW_NO_KEY, GROUP_ID, VMAVIEW_NO_KEY)
	GROUP_NR
};

#define KEY(id, field, name, json, unit, total, ...) \
	{ name, sizeof(name) - 1, offsetof(struct vmaview_area, field), UNIT_##unit, TOTAL_##total, GROUP_NONE },
#define PART(id, field, group, group_name, word, ...) \
	{ word, sizeof(word) - 1, offsetof(struct vmaview_area, field), UNIT_COUNT, TOTAL_ADD, GROUP_##group },
#define GROUP_NAME(id, name, ...) [GROUP_##id] = name,

/* The lines of smaps and then those of our own, in their order; parts of a line by the word for them. */
static const struct key {
	char name[TEXT_SHORT];
	u8 length;
	u16 offset;
	enum unit unit;
	enum total total;
	enum group group;
} keys[] = { VMAVIEW_KEYS(KEY, VMAVIEW_NO_KEY, PART) };

static const char *const group_names[GROUP_NR] = { VMAVIEW_KEYS(VMAVIEW_NO_KEY, GROUP_NAME, VMAVIEW_NO_KEY) };

static u64 *field(const struct vmaview_area *area, size_t offset)
{
	return (u64 *)((char *)area + offset);
}

/* In its unit.  The start of a total is 0. */
static u64 value_of(const struct vmaview_area *area, const struct key *key)
{
	u64 value = *field(area, key->offset);

	return key->unit == UNIT_SPAN ? value - area->start : value;
}

static void text_key(struct text *text, const struct vmaview_area *area, const struct key *key)
{
	u64 value = value_of(area, key);

	if (key->unit == UNIT_COUNT)
		text_key_number(text, key->name, value);
	else
		text_short_kb(text, key->name, key->length, key->unit == UNIT_PSS ? value >> VMAVIEW_PSS_SHIFT : value);
}

static void text_refs(struct text *text, const struct vmaview_area *area)
{
	text_string(text, group_names[GROUP_EXTRA_REFS]);
	text_string(text, ": ");
	text_number(text, area->extra_refs);
	text_string(text, " (");
	text_number(text, area->extra_refs_lru);
	text_string(text, " lru-batch)\n");
}

static void text_parts(struct text *text, const struct vmaview_area *area, enum group group)
{
	const struct key *key;

	text_string(text, group_names[group]);
	text_bytes(text, ":", 1);
	for (key = keys; key < keys + ARRAY_SIZE(keys); key++) {
		if (key->group != group)
			continue;
		text_bytes(text, " ", 1);
		text_short(text, key->name, key->length);
		text_bytes(text, "=", 1);
		text_number(text, *field(area, key->offset));
	}
	text_bytes(text, "\n", 1);
}

/* The lines with numbers: first those with one, which are those whose total is among @totals. */
static void text_keys(struct text *text, const struct vmaview_area *area, unsigned int totals)
{
	const struct key *key;
	enum group group;

	for (key = keys; key < keys + ARRAY_SIZE(keys); key++)
		if (key->group == GROUP_NONE && key->total & totals)
			text_key(text, area, key);
	for (group = GROUP_NONE + 1; group < GROUP_NR; group++) {
		if (group == GROUP_EXTRA_REFS)
			text_refs(text, area);
		else
			text_parts(text, area, group);
	}
}

void text_sums(struct text *text, const struct vmaview_area *total)
{
	text_keys(text, total, TOTAL_ADD | TOTAL_MAX);
}

void text_head(struct text *text, const struct vmaview_area *area)
{
	size_t start = text->length, used;

	text_hex(text, area->start, 8);
	text_bytes(text, "-", 1);
	text_hex(text, area->end, 8);
	text_bytes(text, " ", 1);
	text_bytes(text, area->perms, 4);
	text_bytes(text, " ", 1);
	text_hex(text, area->offset, 8);
	text_bytes(text, " ", 1);
	text_hex(text, area->dev_major, 2);
	text_bytes(text, ":", 1);
	text_hex(text, area->dev_minor, 2);
	text_bytes(text, " ", 1);
	text_number(text, area->inode);
	text_bytes(text, " ", 1);
	if (area->name_length) {	/* seq_setwidth() in show_vma_header_prefix(), then seq_pad() */
		for (used = text->length - start; used < 25 + sizeof(void *) * 6 - 1; used++)
			text->buffer[text->length++] = ' ';
		text_bytes(text, " ", 1);
		text_bytes(text, (const char *)area + area->name_offset, area->name_length);
	}
	text_bytes(text, "\n", 1);
}

static void text_flags(struct text *text, u64 flags)
{
	unsigned int bit;

	text_string(text, "Flags:");
	for (bit = 0; bit < VMFLAGS_NR; bit++) {
		if (!(flags & (1ULL << bit)))
			continue;
		text_bytes(text, " ", 1);
		text_string(text, vmflags[bit].word);
	}
	text_bytes(text, "\n", 1);
}

static void text_vmflags(struct text *text, u64 flags)
{
	unsigned int bit;

	text_string(text, "VmFlags: ");
	for (bit = 0; bit < VMFLAGS_NR; bit++) {
		if (!(flags & (1ULL << bit)) || !vmflags[bit].mnemonic[0])
			continue;
		text_string(text, vmflags[bit].mnemonic);
		text_bytes(text, " ", 1);
	}
	text_bytes(text, "\n", 1);
}

/* The texts of the record are strings, one after the other: the table, then its callbacks. */
static void text_ops(struct text *text, const struct vmaview_ops *ops)
{
	const char *string, *end;

	if (!ops) {
		text_string(text, "Ops: none\nCallbacks: none\n");
		return;
	}
	string = (const char *)ops + ops->text_offset;
	end = string + ops->text_length;
	text_string(text, "Ops: ");
	text_string(text, string);
	text_string(text, "\nCallbacks:");
	string += strlen(string) + 1;
	if (string == end)
		text_string(text, " none");
	for (; string < end; string += strlen(string) + 1) {
		text_bytes(text, " ", 1);
		text_string(text, string);
	}
	text_bytes(text, "\n", 1);
}

void text_area(struct text *text, const struct vmaview_area *area, const struct vmaview_ops *ops)
{
	text_head(text, area);
	text_keys(text, area, TOTAL_ADD | TOTAL_MAX | TOTAL_NOT);
	text_flags(text, area->vm_flags);
	text_ops(text, ops);
	text_vmflags(text, area->vm_flags);
}
