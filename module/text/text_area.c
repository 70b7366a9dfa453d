// SPDX-License-Identifier: GPL-2.0
/*
 * text_area.c - an AREA record in, its block of the file areas out: show_map_vma() and __show_smap()
 * in fs/proc/task_mmu.c, and what they do not say.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "mm/vmflags.h"
#include "text/text.h"

/** enum sum - how a field of vmaview_area is printed and added up */
enum sum {
	SUM_KB,
	SUM_PSS,	/* kB, with VMAVIEW_PSS_SHIFT fractional bits */
	SUM_MAX,	/* a number; of two areas the higher */
};

#define SUM(key, field, kind) { key, offsetof(struct vmaview_area, field), kind }

/* The lines of smaps and, after them, those of our own that are one number, in their order. */
static const struct {
	const char *key;
	size_t offset;
	enum sum kind;
} sums[] = {
	SUM("Rss", rss, SUM_KB),
	SUM("Pss", pss, SUM_PSS),
	SUM("Pss_Dirty", pss_dirty, SUM_PSS),
	SUM("Shared_Clean", shared_clean, SUM_KB),
	SUM("Shared_Dirty", shared_dirty, SUM_KB),
	SUM("Private_Clean", private_clean, SUM_KB),
	SUM("Private_Dirty", private_dirty, SUM_KB),
	SUM("Referenced", referenced, SUM_KB),
	SUM("Anonymous", anonymous, SUM_KB),
	SUM("KSM", ksm, SUM_KB),
	SUM("LazyFree", lazyfree, SUM_KB),
	SUM("AnonHugePages", anon_huge, SUM_KB),
	SUM("ShmemPmdMapped", shmem_pmd, SUM_KB),
	SUM("FilePmdMapped", file_pmd, SUM_KB),
	SUM("Shared_Hugetlb", shared_hugetlb, SUM_KB),
	SUM("Private_Hugetlb", private_hugetlb, SUM_KB),
	SUM("Swap", swap, SUM_KB),
	SUM("Locked", locked, SUM_PSS),
	SUM("Cow_Copy", cow_copy, SUM_KB),
	SUM("Cow_Reuse", cow_reuse, SUM_KB),
	SUM("Cow_Maybe", cow_maybe, SUM_KB),
	SUM("Cow_Source", cow_source, SUM_KB),
	SUM("Cow_Debt", cow_debt, SUM_KB),
	SUM("Refcount_Max", refcount_max, SUM_MAX),
	SUM("Mapcount_Max", mapcount_max, SUM_MAX),
	SUM("Maybe_Pinned", maybe_pinned, SUM_KB),
	SUM("Mlocked", mlocked, SUM_KB),
	SUM("Unevictable", unevictable, SUM_KB),
	SUM("Writeback", writeback, SUM_KB),
	SUM("Reclaim_Drop", reclaim_drop, SUM_KB),
	SUM("Reclaim_Write", reclaim_write, SUM_KB),
	SUM("Reclaim_Swap", reclaim_swap, SUM_KB),
	SUM("Reclaim_Never", reclaim_never, SUM_KB),
	SUM("Tables", tables, SUM_KB),
};

/* Fields that are parts of one line. */
#define PART(word, field) { word, offsetof(struct vmaview_area, field) }

static const struct part {
	const char *word;
	size_t offset;
} absent_parts[] = {
	PART("none", absent_none),
	PART("swap", absent_swap),
	PART("migration", absent_migration),
	PART("device", absent_device),
	PART("hwpoison", absent_hwpoison),
	PART("guard", absent_guard),
	PART("uffd", absent_uffd),
}, refs_parts[] = {
	PART("", extra_refs),
	PART("", extra_refs_lru),
}, leaf_parts[] = {
	PART("4k", leaves[0]),
	PART("2M", leaves[1]),
	PART("1G", leaves[2]),
};

static u64 *field(const struct vmaview_area *area, size_t offset)
{
	return (u64 *)((char *)area + offset);
}

static void add_parts(struct vmaview_area *total, const struct vmaview_area *area,
		      const struct part *part, size_t nr)
{
	for (; nr; nr--, part++)
		*field(total, part->offset) += *field(area, part->offset);
}

void text_add_sums(struct vmaview_area *total, const struct vmaview_area *area)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sums); i++) {
		u64 *sum = field(total, sums[i].offset), value = *field(area, sums[i].offset);

		*sum = sums[i].kind == SUM_MAX ? max(*sum, value) : *sum + value;
	}
	add_parts(total, area, absent_parts, ARRAY_SIZE(absent_parts));
	add_parts(total, area, refs_parts, ARRAY_SIZE(refs_parts));
	add_parts(total, area, leaf_parts, ARRAY_SIZE(leaf_parts));
	total->end += area->end - area->start;
}

static void text_parts(struct text *text, const struct vmaview_area *area, const char *key,
		       const struct part *part, size_t nr)
{
	text_string(text, key);
	for (; nr; nr--, part++) {
		text_bytes(text, " ", 1);
		text_string(text, part->word);
		text_bytes(text, "=", 1);
		text_number(text, *field(area, part->offset));
	}
	text_bytes(text, "\n", 1);
}

void text_sums(struct text *text, const struct vmaview_area *area)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sums); i++) {
		u64 value = *field(area, sums[i].offset);

		if (sums[i].kind == SUM_MAX)
			text_key_number(text, sums[i].key, value);
		else
			text_key_kb(text, sums[i].key,
				    sums[i].kind == SUM_PSS ? value >> VMAVIEW_PSS_SHIFT : value);
	}
	text_string(text, "Extra_Refs: ");
	text_number(text, area->extra_refs);
	text_string(text, " (");
	text_number(text, area->extra_refs_lru);
	text_string(text, " lru-batch)\n");
	text_parts(text, area, "Absent:", absent_parts, ARRAY_SIZE(absent_parts));
	text_parts(text, area, "Leaves:", leaf_parts, ARRAY_SIZE(leaf_parts));
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
	text_key_kb(text, "Size", area->end - area->start);
	text_key_kb(text, "KernelPageSize", area->kernel_page_size);
	text_key_kb(text, "MMUPageSize", area->mmu_page_size);
	text_sums(text, area);
	text_flags(text, area->vm_flags);
	text_ops(text, ops);
	text_vmflags(text, area->vm_flags);
}
