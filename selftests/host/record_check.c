// SPDX-License-Identifier: GPL-2.0
/* record_check.c - what a record must have, of each type: the least that is taken, and what is one too little. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "ktap.h"
#include "vmaview/record_check.h"

/* Room for each of them, and for text after it. */
union any {
	struct vmaview_header header;
	struct vmaview_begin begin;
	struct vmaview_vmflag vmflag;
	struct vmaview_ops ops;
	struct vmaview_area area;
	struct vmaview_run run;
	struct vmaview_frames frames;
	struct vmaview_sharer sharer;
	struct vmaview_layout layout;
	struct vmaview_segment segment;
	struct vmaview_table table;
	struct vmaview_uffd uffd;
	struct vmaview_seam seam;
	struct vmaview_end end;
	char bytes[4096];
};

static union any any;

static bool is(const char *expect)
{
	const char *why = NULL;
	int ret = record_check(&any.header, &why);

	if (expect ? ret == -EBADMSG && why && !strcmp(why, expect) : !ret && !why)
		return true;
	return ktap_note("%d: %s", ret, why ? why : "taken");
}

static void start(__u32 type, size_t size)
{
	memset(&any, 0, sizeof(any));
	any.header.type = type;
	any.header.size = size;
}

static void fill(char *text, size_t room)
{
	memset(text, 'x', room);
}

static bool begins(void)
{
	start(VMAVIEW_REC_BEGIN, offsetof(struct vmaview_begin, release) + sizeof(any.begin.release));
	any.begin.abi_major = VMAVIEW_ABI_MAJOR;
	fill(any.begin.comm, sizeof(any.begin.comm) - 1);
	fill(any.begin.release, sizeof(any.begin.release) - 1);
	if (!is(NULL))
		return false;
	any.begin.release[sizeof(any.begin.release) - 1] = 'x';
	if (!is("a name in its begin record does not end"))
		return false;
	any.begin.header.size -= 8;
	return is("its begin record is too short");
}

static bool vmflags(void)
{
	start(VMAVIEW_REC_VMFLAG, sizeof(any.vmflag));
	any.vmflag.bit = 63;
	fill(any.vmflag.mnemonic, sizeof(any.vmflag.mnemonic) - 1);
	fill(any.vmflag.word, sizeof(any.vmflag.word) - 1);
	if (!is(NULL))
		return false;
	fill(any.vmflag.mnemonic, sizeof(any.vmflag.mnemonic));
	if (!is("a name in a vmflag record does not end"))
		return false;
	any.vmflag.header.size -= 8;
	return is("a vmflag record is too short");
}

static bool operations(void)
{
	start(VMAVIEW_REC_OPS, sizeof(any.ops) + 8);
	any.ops.id = 1;
	any.ops.text_offset = sizeof(any.ops);
	any.ops.text_length = 8;
	fill(any.bytes + sizeof(any.ops), 7);
	if (!is(NULL))
		return false;
	any.ops.text_length = 7;
	if (!is("the text of an operations record does not end"))
		return false;
	any.ops.text_length = 9;
	if (!is("the text of an operations record is not inside of it"))
		return false;
	any.ops.text_length = 1;
	any.ops.text_offset = sizeof(any.ops) + 8;
	if (!is("the text of an operations record is not inside of it"))
		return false;
	any.ops.text_offset = sizeof(any.ops) - 1;
	if (!is("an operations record is too short"))
		return false;
	start(VMAVIEW_REC_OPS, sizeof(any.ops) - 8);
	any.ops.id = any.ops.text_length = 1;
	any.ops.text_offset = sizeof(any.ops);
	return is("an operations record is too short");
}

/* The first module's fields, and no name. */
static void least_area(void)
{
	start(VMAVIEW_REC_AREA, offsetof(struct vmaview_area, mmu_page_size) + sizeof(any.area.mmu_page_size));
	any.area.start = 4096;
	any.area.end = 4097;
	strcpy(any.area.perms, "rw-p");
}

static bool areas(void)
{
	least_area();
	if (!is(NULL))
		return false;
	any.area.header.size -= 8;
	if (!is("an area record is too short"))
		return false;
	least_area();
	any.area.end = any.area.start;
	if (!is("an area ends before it starts"))
		return false;
	least_area();
	any.area.perms[4] = 'x';
	return is("the permissions of an area are not four letters");
}

static bool area_names(void)
{
	size_t fields;

	least_area();
	fields = any.area.header.size;
	any.area.header.size += 8;
	any.area.name_offset = fields;
	any.area.name_length = 7;
	fill(any.bytes + fields, 7);
	if (!is(NULL) || area_fields(&any.area) != fields)
		return false;
	any.area.name_length = 8;
	if (!is("the name of an area is not inside of its record"))
		return false;
	any.area.name_length = 6;
	if (!is("the name of an area is not as long as it says"))
		return false;
	any.area.name_length = 7;
	any.area.name_offset--;
	if (!is("the name of an area is not inside of its record"))
		return false;
	any.area.name_length = 0;
	return is(NULL) && area_fields(&any.area) == fields + 8;
}

static bool runs(void)
{
	start(VMAVIEW_REC_RUN, sizeof(any.run));
	any.run.end = 1;
	if (!is(NULL))
		return false;
	any.run.start = 1;
	if (!is("a run ends before it starts"))
		return false;
	any.run.header.size -= 8;
	return is("a run record is too short");
}

static bool frames(void)
{
	start(VMAVIEW_REC_FRAMES, sizeof(any.frames));
	any.frames.words_offset = sizeof(any.frames);
	if (!is(NULL))
		return false;
	any.frames.nr_words = 1;
	if (!is("the words of a frames record are not inside of it"))
		return false;
	any.frames.header.size += 8;
	if (!is(NULL))
		return false;
	any.frames.words_offset += 8;
	if (!is("the words of a frames record are not inside of it"))
		return false;
	any.frames.nr_words = ~0u;
	any.frames.words_offset = sizeof(any.frames);
	if (!is("the words of a frames record are not inside of it"))
		return false;
	any.frames.nr_words = 0;
	any.frames.words_offset = sizeof(any.frames) + 16;
	if (!is("the words of a frames record are not inside of it"))
		return false;
	any.frames.words_offset = sizeof(any.frames) + 4;
	if (!is("a frames record is too short"))
		return false;
	any.frames.words_offset = sizeof(any.frames) - 8;
	if (!is("a frames record is too short"))
		return false;
	any.frames.header.size = sizeof(any.frames) - 8;
	return is("a frames record is too short");
}

static bool sharers(void)
{
	start(VMAVIEW_REC_SHARER, sizeof(any.sharer));
	any.sharer.end = 1;
	fill(any.sharer.comm, sizeof(any.sharer.comm) - 1);
	if (!is(NULL))
		return false;
	fill(any.sharer.comm, sizeof(any.sharer.comm));
	if (!is("the name of a sharer does not end"))
		return false;
	any.sharer.start = 1;
	if (!is("the area of a sharer ends before it starts"))
		return false;
	any.sharer.header.size -= 8;
	return is("a sharer record is too short");
}

static bool layouts(void)
{
	start(VMAVIEW_REC_LAYOUT, sizeof(any.layout));
	if (!is(NULL))
		return false;
	any.layout.header.size -= 8;
	return is("its layout record is too short");
}

static bool segments(void)
{
	start(VMAVIEW_REC_SEGMENT, sizeof(any.segment));
	fill(any.segment.comm, sizeof(any.segment.comm) - 1);
	if (!is(NULL))
		return false;
	fill(any.segment.comm, sizeof(any.segment.comm));
	if (!is("the name of a thread does not end"))
		return false;
	any.segment.header.size -= 8;
	return is("a segment record is too short");
}

static bool tables(void)
{
	start(VMAVIEW_REC_TABLE, sizeof(any.table));
	any.table.level = VMAVIEW_TABLE_PGD;
	fill(any.table.name, sizeof(any.table.name) - 1);
	if (!is(NULL))
		return false;
	fill(any.table.name, sizeof(any.table.name));
	if (!is("the name of a level does not end"))
		return false;
	any.table.level++;
	if (!is("a table record names a level that no page table has"))
		return false;
	any.table.header.size -= 8;
	return is("a table record is too short");
}

static bool userfaultfds(void)
{
	start(VMAVIEW_REC_UFFD, sizeof(any.uffd));
	any.uffd.kind = VMAVIEW_UFFD_AREA;
	any.uffd.end = 1;
	fill(any.uffd.comm, sizeof(any.uffd.comm) - 1);
	if (!is(NULL))
		return false;
	fill(any.uffd.comm, sizeof(any.uffd.comm));
	if (!is("the name of a holder does not end"))
		return false;
	any.uffd.start = 1;
	if (!is("the area of a userfaultfd ends before it starts"))
		return false;
	any.uffd.kind = VMAVIEW_UFFD_AREA + 1;
	any.uffd.comm[0] = '\0';
	if (!is(NULL))
		return false;
	any.uffd.header.size -= 8;
	return is("a userfaultfd record is too short");
}

static bool seams(void)
{
	start(VMAVIEW_REC_SEAM, sizeof(any.seam));
	any.seam.at = 1;
	any.seam.end = 2;
	if (!is(NULL))
		return false;
	any.seam.start = 1;
	if (!is("an area beside a seam ends before it starts"))
		return false;
	any.seam.start = 0;
	any.seam.end = 1;
	if (!is("an area beside a seam ends before it starts"))
		return false;
	any.seam.header.size -= 8;
	return is("a seam record is too short");
}

static bool ends(void)
{
	start(VMAVIEW_REC_END, offsetof(struct vmaview_end, areas) + sizeof(any.end.areas));
	if (!is(NULL))
		return false;
	any.end.header.size -= 8;
	return is("its end record is too short");
}

static bool unheard(void)
{
	start(4242, sizeof(any.header));
	return is(NULL);
}

static const struct ktap_test tests[] = {
	{ "a begin has what the first module wrote, and names that end", begins },
	{ "a flag is one of 64, and has names that end", vmflags },
	{ "the text of operations is inside, and ends", operations },
	{ "an area has what the first module wrote", areas },
	{ "and its name is inside, and as long as it says", area_names },
	{ "a run has all its fields, and a page", runs },
	{ "frames: words lie inside, each whole", frames },
	{ "a sharer, too, and a name that ends", sharers },
	{ "a layout has all its fields", layouts },
	{ "a segment, too, and a name that ends", segments },
	{ "a table is of a level, and has a name that ends", tables },
	{ "a userfaultfd's area has a page, and its holder a name that ends", userfaultfds },
	{ "beside a seam is an area on each side", seams },
	{ "an end counts areas", ends },
	{ "what is not known is taken", unheard },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
