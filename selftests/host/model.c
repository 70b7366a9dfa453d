// SPDX-License-Identifier: GPL-2.0
/* model.c - what a stream, or text of smaps, becomes: values, what is known, and the totals. */
#include <stdio.h>
#include <string.h>

#include "columns/columns.h"
#include "ktap.h"
#include "proc/procfs.h"
#include "scenes.h"
#include "vmaview/model.h"
#include "vmaview/reader.h"
#include "vmaview/snapshot.h"
#include "vmaview/totals.h"

static struct process mixed, smaps;
static struct area mixed_total, smaps_total;

static void parse_scene(struct process *process)
{
	struct stream stream = { .length = 0 };
	struct reader_source source;
	struct reader reader;

	scene_mixed(&stream);
	source = (struct reader_source){ .bytes = stream.bytes, .length = stream.length };
	process_init(process);
	if (!reader_open(&reader, &source) && snapshot_read(process, &reader))
		ktap_note("the scene is not read: %s", reader.why);
	reader_close(&reader);
	stream_free(&stream);
}

static const char smaps_text[] =
	"555500000000-555500004000 r-xp 00001000 fe:01 1234567                    /usr/bin/a b\n"
	"Size:                 16 kB\n"
	"KernelPageSize:        4 kB\n"
	"Rss:                  12 kB\n"
	"Pss:                   7 kB\n"
	"SwapPss:               3 kB\n"
	"Shared_Dirty:          4 kB\n"
	"Private_Dirty:         8 kB\n"
	"THPeligible:           0\n"
	"VmFlags: rd ex mr mw me zz \n"
	"7f0000000000-7f0000001000 rw-p 00000000 00:00 0 \n"
	"Size:                  4 kB\n"
	"Rss:                   4 kB\n"
	"Pss:                   4 kB\n"
	"VmFlags: rd wr mr mw me ac \n"
	"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]\n"
	"Size:                  4 kB\n"
	"VmFlags: ex \n";

static void parse_smaps(struct process *process)
{
	FILE *text = fmemopen((void *)smaps_text, sizeof(smaps_text) - 1, "r");

	process_init(process);
	if (!text || procfs_parse(process, text, NULL))
		ktap_note("the text of smaps is not read");
	fclose(text);
}

static bool is(const struct area *area, enum key key, uint64_t expect)
{
	if (area_knows(area, key) && area_get(area, key) == expect)
		return true;
	return ktap_note("%s: known %d, value %llu, expected %llu", key_rows[key].name,
			 area_knows(area, key), (unsigned long long)area_get(area, key),
			 (unsigned long long)expect);
}

static bool heads(void)
{
	const struct area *area = &mixed.areas[0];

	return mixed.nr_areas == 9 && mixed.pid == 4711 && !strcmp(mixed.comm, "scene") &&
	       area->start == 0x555500000000 && area->end == 0x555500004000 &&
	       area->offset == 4096 && area->dev_major == 0xfe && area->dev_minor == 1 &&
	       area->inode == 1234567 && !strcmp(area->perms, "r-xp") &&
	       !strcmp(area->name, "/usr/bin/scene");
}

static bool operations(void)
{
	const struct ops *ops = mixed.areas[0].ops;

	return ops && !strcmp(ops->symbol, "generic_file_vm_ops") &&
	       !strcmp(ops->fault, "filemap_fault") &&
	       mixed.areas[0].ops == mixed.areas[1].ops && !mixed.areas[3].ops &&
	       mixed.areas[7].ops && !mixed.areas[7].ops->fault;
}

static bool values(void)
{
	const struct area *heap = &mixed.areas[3];

	return is(heap, KEY_SIZE, 132 << 10) && is(heap, KEY_RSS, 100 << 10) &&
	       is(heap, KEY_PSS, 80 << 10) && is(heap, KEY_COW_COPY, 40 << 10) &&
	       is(heap, KEY_EXTRA_REFS, 3) && is(heap, KEY_EXTRA_REFS_LRU, 1) &&
	       is(heap, KEY_LEAVES_PTE, 25) && is(heap, KEY_ABSENT_NONE, 8);
}

static bool sums(void)
{
	return is(&mixed_total, KEY_SIZE, (16 + 16 + 4 + 132 + 1024 + 4 + 4096 + 64 + 8) << 10) &&
	       is(&mixed_total, KEY_RSS, (12 + 16 + 4 + 100 + 4) << 10) &&
	       is(&mixed_total, KEY_COW_DEBT, 48 << 10) &&
	       is(&mixed_total, KEY_ABSENT_SWAP, 16) && is(&mixed_total, KEY_LEAVES_PMD, 1);
}

static bool maxima(void)
{
	return is(&mixed_total, KEY_REFCOUNT_MAX, 3) && is(&mixed_total, KEY_MAPCOUNT_MAX, 1);
}

static bool no_sum_of_page_sizes(void)
{
	return !area_knows(&mixed_total, KEY_KERNEL_PAGE_SIZE) &&
	       !area_knows(&mixed_total, KEY_MMU_PAGE_SIZE);
}

/* Four times a quarter of a kB is one kB: shifted values are summed, not what is shown of them. */
static bool sums_before_shifting(void)
{
	struct process process;
	struct area total;
	bool holds;

	process_init(&process);
	for (int i = 0; i < 4; i++) {
		struct area *area = process_add_area(&process);

		area->start = i * 4096;
		area->end = area->start + 4096;
		area->value[KEY_PSS] = (UINT64_C(1) << VMAVIEW_PSS_SHIFT) / 4;
		area->known = KEY_BIT(KEY_PSS);
	}
	totals_sum(&process, &total);
	holds = is(&total, KEY_PSS, 1);
	process_free(&process);
	return holds;
}

static bool counters(void)
{
	return mixed.mm_known == (1u << MM_FACT_NR) - 1 && mixed.mm[MM_PINNED_VM] == 8192 &&
	       mixed.mm[MM_MAJOR_FAULTS] == 5 && mixed.has_receipt && mixed.receipt.restarts == 2;
}

static bool smaps_heads(void)
{
	return smaps.nr_areas == 3 && smaps.areas[0].inode == 1234567 &&
	       !strcmp(smaps.areas[0].name, "/usr/bin/a b") && smaps.areas[0].offset == 4096 &&
	       !smaps.areas[1].name[0] && smaps.areas[2].gate && !smaps.areas[1].gate;
}

static bool smaps_values(void)
{
	return is(&smaps.areas[0], KEY_RSS, 12 << 10) && is(&smaps.areas[0], KEY_PSS, 7 << 10) &&
	       is(&smaps.areas[0], KEY_KERNEL_PAGE_SIZE, 4096);
}

static bool smaps_unknown(void)
{
	const struct area *area = &smaps.areas[0];

	return !area_knows(area, KEY_COW_DEBT) && !area_knows(area, KEY_SWAP) &&
	       !area_knows(area, KEY_TABLES) && !(area->facts & AREA_KNOWS_OPS) &&
	       !(area->facts & AREA_KNOWS_FLAGS) && area->facts & AREA_KNOWS_VMFLAGS;
}

static bool shows(const struct process *process, size_t index, const char *name,
		  const char *expect)
{
	struct cell cell = { .process = process, .area = &process->areas[index] };
	char text[CELL_MAX];

	column_text(column_find(&area_columns, name, strlen(name)), &cell, text, sizeof(text));
	return !strcmp(text, expect) ? true : ktap_note("%s of %zu: %s", name, index, text);
}

static bool smaps_flags(void)
{
	return shows(&smaps, 0, "VmFlags", "rd ex mr mw me zz") &&
	       shows(&smaps, 1, "VmFlags", "rd wr mr mw me ac") &&
	       shows(&smaps, 0, "Flags", "-");
}

/* Of areas 0 and 1 the total knows what both know; the gate area need not know it. */
static bool smaps_sums(void)
{
	return is(&smaps_total, KEY_SIZE, 24 << 10) && is(&smaps_total, KEY_RSS, 16 << 10) &&
	       !area_knows(&smaps_total, KEY_PRIVATE_DIRTY) &&
	       !area_knows(&smaps_total, KEY_COW_DEBT);
}

static bool cow_words(void)
{
	return shows(&mixed, 0, "COW", ".") && shows(&mixed, 1, "COW", "mixed") &&
	       shows(&mixed, 2, "COW", ".") && shows(&mixed, 3, "COW", "shared?") &&
	       shows(&mixed, 4, "COW", "empty") && shows(&mixed, 6, "COW", "own") &&
	       shows(&smaps, 1, "COW", "-");
}

static bool fault_words(void)
{
	return shows(&mixed, 0, "Fault", "filemap_fault") && shows(&mixed, 3, "Fault", "anon") &&
	       shows(&mixed, 7, "Fault", "none") && shows(&smaps, 0, "Fault", "-");
}

static bool notable_words(void)
{
	return shows(&mixed, 0, "Notable", ".") &&
	       shows(&mixed, 4, "Notable", "uffd_missing,locked,dontcopy") &&
	       shows(&mixed, 7, "Notable", "pfnmap,io") &&
	       shows(&mixed, 2, "Notable", "changed,clipped") &&
	       shows(&mixed, 5, "Notable", "name_cut");
}

static bool flag_words(void)
{
	return shows(&mixed, 4, "Flags", "read write uffd_missing locked dontcopy unheard_of") &&
	       shows(&mixed, 4, "VmFlags", "rd wr um lo dc ??");
}

static bool names(void)
{
	return shows(&mixed, 4, "Mapping", "[ anon ]") && shows(&mixed, 4, "Name", ".") &&
	       shows(&mixed, 5, "Mapping", "-") && shows(&mixed, 0, "Mapping", "scene") &&
	       shows(&mixed, 2, "Name",
		     "/memfd:caf\xc3\xa9 \\033[31mred\\012 \\377 (deleted)");
}

/* Each address beside an edge: which area has it, and which starts there; NONE: none. */
static bool looked_up(void)
{
	enum { NONE = 9 };
	static struct area areas[] = {
		{ .start = 0x1000, .end = 0x3000 }, { .start = 0x3000, .end = 0x4000 },
		{ .start = 0x6000, .end = 0x7000 },
		{ .start = UINT64_MAX - 0xfff, .end = UINT64_MAX },
	};
	static const struct process process = { .areas = areas, .nr_areas = 4 }, empty = { .nr_areas = 0 };
	static const struct {
		uint64_t addr;
		size_t at;
		size_t starts;
	} list[] = {
		{ 0, NONE, NONE }, { 0xfff, NONE, NONE }, { 0x1000, 0, 0 }, { 0x1001, 0, NONE }, { 0x2fff, 0, NONE },
		{ 0x3000, 1, 1 }, { 0x3fff, 1, NONE }, { 0x4000, NONE, NONE }, { 0x5fff, NONE, NONE }, { 0x6000, 2, 2 },
		{ 0x6fff, 2, NONE }, { 0x7000, NONE, NONE }, { UINT64_MAX - 0xfff, 3, 3 }, { UINT64_MAX, NONE, NONE },
	};

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		const struct area *at = list[i].at == NONE ? NULL : &areas[list[i].at];
		const struct area *starts = list[i].starts == NONE ? NULL : &areas[list[i].starts];

		if (process_area_at(&process, list[i].addr) != at ||
		    process_find_area(&process, list[i].addr) != starts ||
		    process_area_at(&empty, list[i].addr) || process_find_area(&empty, list[i].addr))
			return ktap_note("at %#llx", (unsigned long long)list[i].addr);
	}
	return true;
}

/* What the next one finds is room, and nothing of the one before. */
static bool spares(void)
{
	static const uint64_t words[] = { 7, 8, 9 };
	struct process_spare spare = { .frames = NULL };
	struct process process;
	uint64_t *frames;
	bool good;

	process_init(&process);
	process_take_spare(&process, &spare);
	good = !process.frames && !process_add_frames(&process, words, 3);
	frames = process.frames;
	process_leave_spare(&process, &spare);
	good = good && !process.frames && !process.nr_frames && spare.frames == frames;
	process_take_spare(&process, &spare);
	good = good && process.frames == frames && !process.nr_frames && !spare.frames &&
	       !process_add_frames(&process, words + 1, 1) && process.frames == frames && frames[0] == 8;
	process_leave_spare(&process, &spare);
	process_leave_spare(&process, &spare);	/* one that had none leaves what is there */
	good = good && spare.frames == frames;
	process_spare_free(&spare);
	return good && !spare.frames;
}

static const struct ktap_test tests[] = {
	{ "an area is found by each of its addresses, and by its first", looked_up },
	{ "head lines are read", heads },
	{ "operations are shared by the areas that name them", operations },
	{ "values are those of the record", values },
	{ "totals are sums", sums },
	{ "totals of highest counts are the highest", maxima },
	{ "page sizes have no total", no_sum_of_page_sizes },
	{ "fractions are summed before they are cut", sums_before_shifting },
	{ "the counters of the address space and the receipt are read", counters },
	{ "smaps: head lines, names with blanks, the gate area", smaps_heads },
	{ "smaps: values are in bytes", smaps_values },
	{ "smaps: what it does not say is not known", smaps_unknown },
	{ "smaps: flags keep their order, unheard ones included", smaps_flags },
	{ "smaps: a total is known if each area knows", smaps_sums },
	{ "the state of copy on write has the right word", cow_words },
	{ "the fault handler has the right word", fault_words },
	{ "flags that set an area apart are named, and caveats", notable_words },
	{ "flags are named in words and in smaps's letters", flag_words },
	{ "the memory for frames is left to the next process", spares },
	{ "names are whole, cut to the file, or made safe", names },
};

int main(void)
{
	int ret;

	parse_scene(&mixed);
	parse_smaps(&smaps);
	totals_sum(&mixed, &mixed_total);
	totals_sum(&smaps, &smaps_total);
	ret = ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
	process_free(&mixed);
	process_free(&smaps);
	return ret;
}
