// SPDX-License-Identifier: GPL-2.0
/* layout.c - LAYOUT, SEGMENT and TABLE records in; are the parts, the sums and the refusals right? */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "parse.h"
#include "stream.h"
#include "verbs/layout/layout_parts.h"
#include "verbs/layout/translate.h"
#include "verbs/tables/tables_sums.h"

#define TOP 0x7ffff000

static void add_area(struct stream *stream, uint64_t start, uint64_t end, const char *perms,
		     const char *name)
{
	struct vmaview_area area = { .start = start, .end = end, .inode = name && *name == '/' };

	memcpy(area.perms, perms, 4);
	stream_area(stream, &area, name);
}

/* A program: text, data with its bss in a page of its file and two without, heap, library, stack. */
static void program(struct stream *stream, uint32_t flags, uint64_t mmap_base)
{
	struct vmaview_layout *layout;

	stream_begin(stream);
	layout = stream_add(stream, VMAVIEW_REC_LAYOUT, sizeof(*layout));
	layout->flags = flags | VMAVIEW_LAYOUT_STACK | VMAVIEW_LAYOUT_STACK_DOWN |
			VMAVIEW_LAYOUT_SEGMENTS | VMAVIEW_LAYOUT_LDT;
	layout->start_code = 0x10000;
	layout->end_code = 0x10800;
	layout->start_data = 0x11100;
	layout->end_data = 0x11300;
	layout->start_brk = 0x20000;
	layout->brk = 0x22000;
	layout->start_stack = TOP - 0x800;
	layout->stack_start = TOP - 0x2000;
	layout->stack_end = TOP;
	layout->mmap_base = mmap_base;
	layout->stack_limit = 0x100000;
	layout->data_limit = ~0ULL;
}

static void areas(struct stream *stream)
{
	add_area(stream, 0x10000, 0x11000, "r-xp", "/bin/program");
	add_area(stream, 0x11000, 0x12000, "rw-p", "/bin/program");
	add_area(stream, 0x12000, 0x14000, "rw-p", NULL);
	add_area(stream, 0x20000, 0x22000, "rw-p", "[heap]");
	add_area(stream, 0x400000, 0x401000, "rw-p", NULL);
	add_area(stream, 0x500000, 0x600000, "r-xp", "/lib/library");
	add_area(stream, TOP - 0x2000, TOP, "rw-p", "[stack]");
	stream_end(stream);
}

struct seen {
	struct process process;
	struct sheet sheet;
	int ret;
};

static void see(struct seen *seen, struct stream *stream)
{
	seen->ret = parse_stream(&seen->process, stream);
	seen->sheet = (struct sheet){ .process = &seen->process };
	if (!seen->ret)
		seen->ret = layout_parts(&seen->sheet);
	stream_free(stream);
}

static void forget(struct seen *seen)
{
	free(seen->sheet.rows);
	process_free(&seen->process);
}

static const struct part *find(const struct seen *seen, const char *name)
{
	return seen->ret ? NULL : layout_find(&seen->sheet, name, strlen(name));
}

static bool is(const struct seen *seen, const char *name, uint64_t start, uint64_t end)
{
	const struct part *part = find(seen, name);

	return part && part->start == start && part->end == end;
}

static bool downwards(void)
{
	struct stream stream = { .length = 0 };
	struct seen seen;
	bool holds;

	program(&stream, VMAVIEW_LAYOUT_MMAP_DOWN, 0x600000);
	areas(&stream);
	see(&seen, &stream);
	holds = is(&seen, "text", 0x10000, 0x10800) && is(&seen, "data", 0x11100, 0x11300) &&
		is(&seen, "bss", 0x11300, 0x14000) && is(&seen, "heap", 0x20000, 0x22000) &&
		is(&seen, "mmap", 0x400000, 0x600000) && is(&seen, "stack", TOP - 0x2000, TOP) &&
		!strcmp(find(&seen, "mmap")->grows, "down") && !find(&seen, "vdso");
	holds = holds && find(&seen, "heap")->limit == 0x400000 &&
		find(&seen, "stack")->limit == TOP - 0x100000;
	forget(&seen);
	return holds;
}

static bool upwards(void)
{
	struct stream stream = { .length = 0 };
	struct seen seen;
	bool holds;

	program(&stream, VMAVIEW_LAYOUT_MMAP_UP, 0x400000);
	areas(&stream);
	see(&seen, &stream);
	holds = is(&seen, "mmap", 0x400000, 0x600000) && !strcmp(find(&seen, "mmap")->grows, "up");
	forget(&seen);
	return holds;
}

static bool limited_heap(void)
{
	struct stream stream = { .length = 0 };
	struct seen seen;
	bool holds;

	program(&stream, 0, 0x400000);
	((struct vmaview_layout *)(stream.bytes + stream.length - sizeof(struct vmaview_layout)))->data_limit =
		0x10200;
	areas(&stream);
	see(&seen, &stream);
	holds = find(&seen, "heap") && find(&seen, "heap")->limit == 0x30000 && !find(&seen, "mmap");
	forget(&seen);
	return holds;
}

static size_t words(const struct seen *seen, const char *part, const char *name, char *text)
{
	struct cell cell = { .process = &seen->process, .row = find(seen, part) };
	size_t nr = 1;

	column_text(column_find(&layout_columns, name, strlen(name)), &cell, text, CELL_MAX);
	for (const char *at = text; *at; at++)
		nr += *at == ' ';
	return nr;
}

/* An area a page, @nr of them, in the mmap region. */
static bool has_areas(size_t nr, size_t named, const char *count, const char *caveats)
{
	struct stream stream = { .length = 0 };
	static char text[CELL_MAX];
	struct seen seen;
	bool holds;

	program(&stream, VMAVIEW_LAYOUT_MMAP_UP, 0x400000);
	for (size_t i = 0; i < nr; i++)
		add_area(&stream, 0x400000 + i * 4096, 0x401000 + i * 4096, "rw-p", NULL);
	stream_end(&stream);
	see(&seen, &stream);
	holds = is(&seen, "mmap", 0x400000, 0x400000 + nr * 4096) &&
		words(&seen, "mmap", "Areas", text) == named;
	words(&seen, "mmap", "Mapping", text);
	holds = holds && !strcmp(text, count);
	words(&seen, "mmap", "Caveats", text);
	holds = holds && !strcmp(text, caveats);
	forget(&seen);
	return holds;
}

static bool many_areas(void)
{
	return has_areas(1024, 1024, "1024 areas", ".") && has_areas(1025, 1024, "1025 areas", "areas-cut");
}

static bool shows(const struct seen *seen, const char *part, const char *name, const char *want)
{
	static char text[CELL_MAX];

	words(seen, part, name, text);
	return !strcmp(text, want) ? true : ktap_note("%s of %s: %s, expected %s", name, part, text, want);
}

/* Of bytes, which in kB are never nothing. */
static bool sizes(void)
{
	static char text[CELL_MAX];
	struct stream stream = { .length = 0 };
	struct seen seen;
	struct cell cell;
	bool holds;

	program(&stream, 0, 0);
	areas(&stream);
	see(&seen, &stream);
	holds = find(&seen, "text") && shows(&seen, "text", "Size", "2") && shows(&seen, "data", "Size", "1") &&
		shows(&seen, "bss", "Size", "12") && shows(&seen, "heap", "Size", "8") &&
		shows(&seen, "arguments", "Size", "0");
	cell = (struct cell){ .process = &seen.process, .row = find(&seen, "data"), .bytes = true };
	column_text(column_find(&layout_columns, "Size", 4), &cell, text, sizeof(text));
	forget(&seen);
	return holds && !strcmp(text, "512");
}

/* Of a path its last part, and a name that is none in whole, whoever has chosen it. */
static bool mappings(void)
{
	struct stream stream = { .length = 0 };
	struct seen seen;
	bool holds;

	program(&stream, 0, 0);
	add_area(&stream, 0x10000, 0x11000, "r-xp", "/bin/program");
	add_area(&stream, 0x11000, 0x12000, "rw-p", "[anon:a/b]");
	add_area(&stream, 0x20000, 0x22000, "rw-p", NULL);
	stream_end(&stream);
	see(&seen, &stream);
	holds = find(&seen, "text") && shows(&seen, "text", "Mapping", "program") &&
		shows(&seen, "data", "Mapping", "[anon:a/b]") && shows(&seen, "heap", "Mapping", "[ anon ]");
	forget(&seen);
	return holds;
}

static struct vmaview_segment *add_segment(struct stream *stream, uint32_t kind)
{
	struct vmaview_segment *segment = stream_add(stream, VMAVIEW_REC_SEGMENT, sizeof(*segment));

	segment->kind = kind;
	segment->tid = kind == VMAVIEW_SEGMENT_LDT ? 0 : 7;
	return segment;
}

/* gs, whose base only the LDT has; one whose descriptor is not there; a kind from the future. */
static bool segments(void)
{
	struct stream stream = { .length = 0 };
	struct vmaview_segment *segment;
	const struct part *parts;
	struct seen seen;
	bool holds;

	program(&stream, 0, 0);
	segment = add_segment(&stream, VMAVIEW_SEGMENT_GS);
	segment->flags = VMAVIEW_SEGMENT_NO_BASE;
	segment->selector = 5 << 3 | 4 | 3;
	segment = add_segment(&stream, VMAVIEW_SEGMENT_FS);
	segment->flags = VMAVIEW_SEGMENT_NO_BASE;
	segment->selector = 6 << 3 | 4 | 3;
	add_segment(&stream, 99);
	segment = add_segment(&stream, VMAVIEW_SEGMENT_LDT);
	segment->selector = 5 << 3 | 4 | 3;
	segment->base = 0x20010;
	segment->limit = 0xfff;
	areas(&stream);
	see(&seen, &stream);
	parts = seen.sheet.rows;
	holds = !seen.ret && seen.process.nr_segments == 3;
	parts = holds ? parts + seen.sheet.nr - 3 : NULL;
	holds = holds && parts[0].start == 0x20010 && parts[0].known == PART_START &&
		!parts[1].known && parts[2].end == 0x21010 &&
		layout_area(&seen.process, &parts[0], NULL) == &seen.process.areas[3];
	forget(&seen);
	return holds;
}

static int read_one(uint32_t type, size_t size, void (*spoil)(void *record))
{
	struct stream stream = { .length = 0 };
	struct process process;
	void *record;
	int ret;

	stream_begin(&stream);
	record = stream_add(&stream, type, size);
	if (spoil)
		spoil(record);
	stream_end(&stream);
	ret = parse_stream(&process, &stream);
	process_free(&process);
	stream_free(&stream);
	return ret;
}

static void endless_comm(void *record)
{
	memset(((struct vmaview_segment *)record)->comm, 'x', 16);
}

static void endless_name(void *record)
{
	memset(((struct vmaview_table *)record)->name, 'x', 8);
}

static void sixth_level(void *record)
{
	((struct vmaview_table *)record)->level = VMAVIEW_TABLE_PGD + 1;
}

static bool refusals(void)
{
	return !read_one(VMAVIEW_REC_LAYOUT, sizeof(struct vmaview_layout), NULL) &&
	       !read_one(VMAVIEW_REC_SEGMENT, sizeof(struct vmaview_segment), NULL) &&
	       !read_one(VMAVIEW_REC_TABLE, sizeof(struct vmaview_table), NULL) &&
	       read_one(VMAVIEW_REC_LAYOUT, sizeof(struct vmaview_layout) - 8, NULL) == -EBADMSG &&
	       read_one(VMAVIEW_REC_SEGMENT, sizeof(struct vmaview_segment) - 8, NULL) == -EBADMSG &&
	       read_one(VMAVIEW_REC_TABLE, sizeof(struct vmaview_table) - 8, NULL) == -EBADMSG &&
	       read_one(VMAVIEW_REC_SEGMENT, sizeof(struct vmaview_segment), endless_comm) == -EBADMSG &&
	       read_one(VMAVIEW_REC_TABLE, sizeof(struct vmaview_table), endless_name) == -EBADMSG &&
	       read_one(VMAVIEW_REC_TABLE, sizeof(struct vmaview_table), sixth_level) == -EBADMSG;
}

static void add_table(struct stream *stream, uint32_t level, uint64_t span, uint64_t tables,
		      uint64_t leaves, uint64_t deposited)
{
	struct vmaview_table *table = stream_add(stream, VMAVIEW_REC_TABLE, sizeof(*table));

	table->level = level;
	table->span = span;
	table->tables = tables;
	table->bytes = tables * 4096;
	table->leaves = leaves;
	table->deposited = deposited;
}

static bool sums(void)
{
	struct stream stream = { .length = 0 };
	struct process process;
	struct table_row total;
	uint64_t per_gib;
	bool holds;

	stream_begin(&stream);
	add_table(&stream, VMAVIEW_TABLE_PTE, 4096, 10, 1000, 2);
	add_table(&stream, VMAVIEW_TABLE_PMD, 2 << 20, 3, 2, 0);
	add_table(&stream, VMAVIEW_TABLE_PGD, 512ULL << 30, 1, 0, 0);
	stream_end(&stream);
	holds = !parse_stream(&process, &stream);
	total = tables_total(&process);
	holds = holds && total.table.tables == 14 && total.table.bytes == 16 * 4096 &&
		total.mapped == 1000 * 4096 + (4 << 20) && tables_per_gib(&total, &per_gib) &&
		per_gib == 16 * 4096ULL * (1 << 30) / total.mapped;
	process_free(&process);
	total = tables_total(&process);
	holds = holds && !tables_per_gib(&total, &per_gib);
	stream_free(&stream);
	return holds;
}

static bool is_place(const char *word, size_t name, uint64_t start, uint64_t length)
{
	struct place place;

	return !place_parse(&place, word) && place.name == name && place.start == start &&
	       place.length == length;
}

static bool places(void)
{
	struct place place;

	return is_place("7f00", 0, 0x7f00, 1) && is_place("0x7f00+0x10", 0, 0x7f00, 16) &&
	       is_place("abc+12", 0, 0xabc, 18) && is_place("heap+0+1000", 4, 0, 4096) && is_place("stack", 5, 0, 1) &&
	       is_place("heap+16", 4, 0x16, 1) && is_place("bss+0x10+3", 3, 16, 3) &&
	       place_parse(&place, "") && place_parse(&place, "-5") && place_parse(&place, "5+-1") &&
	       place_parse(&place, "5 ") && place_parse(&place, "5+0") &&
	       is_place("fffffffffffffff0+f", 0, 0xfffffffffffffff0, 15) &&
	       is_place("fffffffffffffff0+10", 0, 0xfffffffffffffff0, 16) &&
	       is_place("ffffffffffffffff", 0, UINT64_MAX, 1) &&
	       place_parse(&place, "5+0x") && place_parse(&place, "5+ 1") &&
	       place_parse(&place, "fffffffffffffff0+11") && place_parse(&place, "10000000000000000");
}

static const struct ktap_test tests[] = {
	{ "parts follow from addresses and areas, mappings downwards", downwards },
	{ "and upwards", upwards },
	{ "RLIMIT_DATA holds the heap, with the data counted", limited_heap },
	{ "areas are named, and where there are too many that is said", many_areas },
	{ "sizes are those of bytes, and in kB they are rounded up", sizes },
	{ "what a part lies in is shown as in the view", mappings },
	{ "a base that is not known is that of the descriptor, or stays unknown", segments },
	{ "records that are short or do not end are refused", refusals },
	{ "memory of tables adds up, those in reserve too", sums },
	{ "places are read to the last letter, or refused", places },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
