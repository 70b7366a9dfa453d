// SPDX-License-Identifier: GPL-2.0
/*
 * record_check.c - in: one record of at least its header; out: a verdict.
 *
 * A record may be longer than ours (a newer module) or shorter (an older one); it must have the
 * fields without which nothing can be said of it.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "vmaview/record_check.h"

#define FIELDS_UPTO(type, field) \
	(offsetof(struct type, field) + sizeof(((struct type *)0)->field))

static int bad(const char **why, const char *reason)
{
	*why = reason;
	return -EBADMSG;
}

static bool terminated(const char *text, size_t room)
{
	return memchr(text, '\0', room);
}

static int check_begin(const struct vmaview_begin *begin, const char **why)
{
	if (begin->header.size < FIELDS_UPTO(vmaview_begin, release))
		return bad(why, "its begin record is too short");
	if (begin->abi_major != VMAVIEW_ABI_MAJOR) {
		*why = "it is written in another ABI";
		return -EPROTO;
	}
	if (!terminated(begin->comm, sizeof(begin->comm)) ||
	    !terminated(begin->release, sizeof(begin->release)))
		return bad(why, "a name in its begin record does not end");
	return 0;
}

static int check_vmflag(const struct vmaview_vmflag *vmflag, const char **why)
{
	if (vmflag->header.size < sizeof(*vmflag))
		return bad(why, "a vmflag record is too short");
	if (vmflag->bit >= 64)
		return bad(why, "a vmflag record names a bit that no 64-bit word has");
	if (!terminated(vmflag->mnemonic, sizeof(vmflag->mnemonic)) ||
	    !terminated(vmflag->word, sizeof(vmflag->word)))
		return bad(why, "a name in a vmflag record does not end");
	return 0;
}

/* Text of @length bytes at @offset inside of @record. */
static bool text_inside(const struct vmaview_header *record, uint32_t offset, uint32_t length)
{
	return offset <= record->size && length <= record->size - offset;
}

static int check_ops(const struct vmaview_ops *ops, const char **why)
{
	const char *text = (const char *)ops + ops->text_offset;

	if (ops->header.size < sizeof(*ops) || ops->text_offset < sizeof(*ops))
		return bad(why, "an operations record is too short");
	if (!ops->id)
		return bad(why, "an operations record has no id");
	if (!ops->text_length || !text_inside(&ops->header, ops->text_offset, ops->text_length))
		return bad(why, "the text of an operations record is not inside of it");
	if (text[ops->text_length - 1])
		return bad(why, "the text of an operations record does not end");
	return 0;
}

static int check_area(const struct vmaview_area *area, const char **why)
{
	size_t least = FIELDS_UPTO(vmaview_area, mmu_page_size);

	if (area->header.size < least)
		return bad(why, "an area record is too short");
	if (area->start >= area->end)
		return bad(why, "an area ends before it starts");
	if (strnlen(area->perms, sizeof(area->perms)) != 4)
		return bad(why, "the permissions of an area are not four letters");
	if (area->name_length) {
		const char *name = (const char *)area + area->name_offset;

		/* One more for its NUL; a length of ~0 must not wrap. */
		if (area->name_offset < least ||
		    area->name_length >= VMAVIEW_RECORD_MAX ||
		    !text_inside(&area->header, area->name_offset, area->name_length + 1))
			return bad(why, "the name of an area is not inside of its record");
		if (strnlen(name, area->name_length + 1) != area->name_length)
			return bad(why, "the name of an area is not as long as it says");
	}
	return 0;
}

static int check_run(const struct vmaview_run *run, const char **why)
{
	if (run->header.size < sizeof(*run))
		return bad(why, "a run record is too short");
	if (run->start >= run->end)
		return bad(why, "a run ends before it starts");
	return 0;
}

static int check_frames(const struct vmaview_frames *frames, const char **why)
{
	if (frames->header.size < sizeof(*frames) || frames->words_offset < sizeof(*frames) ||
	    frames->words_offset % 8)
		return bad(why, "a frames record is too short");
	if (frames->words_offset > frames->header.size ||
	    frames->nr_words > (frames->header.size - frames->words_offset) / 8)
		return bad(why, "the words of a frames record are not inside of it");
	return 0;
}

static int check_sharer(const struct vmaview_sharer *sharer, const char **why)
{
	if (sharer->header.size < sizeof(*sharer))
		return bad(why, "a sharer record is too short");
	if (sharer->start >= sharer->end)
		return bad(why, "the area of a sharer ends before it starts");
	if (!terminated(sharer->comm, sizeof(sharer->comm)))
		return bad(why, "the name of a sharer does not end");
	return 0;
}

static int check_layout(const struct vmaview_layout *layout, const char **why)
{
	if (layout->header.size < sizeof(*layout))
		return bad(why, "its layout record is too short");
	return 0;
}

static int check_segment(const struct vmaview_segment *segment, const char **why)
{
	if (segment->header.size < sizeof(*segment))
		return bad(why, "a segment record is too short");
	if (!terminated(segment->comm, sizeof(segment->comm)))
		return bad(why, "the name of a thread does not end");
	return 0;
}

static int check_table(const struct vmaview_table *table, const char **why)
{
	if (table->header.size < sizeof(*table))
		return bad(why, "a table record is too short");
	if (table->level > VMAVIEW_TABLE_PGD)
		return bad(why, "a table record names a level that no page table has");
	if (!terminated(table->name, sizeof(table->name)))
		return bad(why, "the name of a level does not end");
	return 0;
}

static int check_uffd(const struct vmaview_uffd *uffd, const char **why)
{
	if (uffd->header.size < sizeof(*uffd))
		return bad(why, "a userfaultfd record is too short");
	if (uffd->kind == VMAVIEW_UFFD_AREA && uffd->start >= uffd->end)
		return bad(why, "the area of a userfaultfd ends before it starts");
	if (!terminated(uffd->comm, sizeof(uffd->comm)))
		return bad(why, "the name of a holder does not end");
	return 0;
}

static int check_seam(const struct vmaview_seam *seam, const char **why)
{
	if (seam->header.size < sizeof(*seam))
		return bad(why, "a seam record is too short");
	if (seam->start >= seam->at || seam->at >= seam->end)
		return bad(why, "an area beside a seam ends before it starts");
	return 0;
}

static int check_end(const struct vmaview_end *end, const char **why)
{
	if (end->header.size < FIELDS_UPTO(vmaview_end, areas))
		return bad(why, "its end record is too short");
	return 0;
}

int record_check(const struct vmaview_header *record, const char **why)
{
	switch (record->type) {
	case VMAVIEW_REC_BEGIN:
		return check_begin((const void *)record, why);
	case VMAVIEW_REC_VMFLAG:
		return check_vmflag((const void *)record, why);
	case VMAVIEW_REC_OPS:
		return check_ops((const void *)record, why);
	case VMAVIEW_REC_AREA:
		return check_area((const void *)record, why);
	case VMAVIEW_REC_RUN:
		return check_run((const void *)record, why);
	case VMAVIEW_REC_FRAMES:
		return check_frames((const void *)record, why);
	case VMAVIEW_REC_SHARER:
		return check_sharer((const void *)record, why);
	case VMAVIEW_REC_LAYOUT:
		return check_layout((const void *)record, why);
	case VMAVIEW_REC_SEGMENT:
		return check_segment((const void *)record, why);
	case VMAVIEW_REC_TABLE:
		return check_table((const void *)record, why);
	case VMAVIEW_REC_UFFD:
		return check_uffd((const void *)record, why);
	case VMAVIEW_REC_SEAM:
		return check_seam((const void *)record, why);
	case VMAVIEW_REC_END:
		return check_end((const void *)record, why);
	}
	return 0;
}

size_t area_fields(const struct vmaview_area *area)
{
	return area->name_length ? area->name_offset : area->header.size;
}
