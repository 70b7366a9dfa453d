// SPDX-License-Identifier: GPL-2.0
/* why.c - SEAM records in; are the first difference, what each side has of it, sums, room and sites right? */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/mempolicy.h>

#include "ktap.h"
#include "parse.h"
#include "stream.h"
#include "verbs/why/why.h"
#include "verbs/why/why_rows.h"

static const struct why_found nothing;

enum { READ = 1, WRITE = 2, IO = 1 << 14, SOFTDIRTY = 1 << 27, UFFD_MISSING = 1 << 9 };

static void begin(struct stream *stream)
{
	stream_begin(stream);
	((struct vmaview_begin *)stream->bytes)->want |= VMAVIEW_WANT_SEAMS | VMAVIEW_WANT_VMFLAGS;
	stream_vmflag(stream, 0, "rd", "read");
	stream_vmflag(stream, 1, "wr", "write");
	stream_vmflag(stream, 9, "um", "uffd_missing");
	stream_vmflag(stream, 14, "io", "io");
	stream_vmflag(stream, 27, "sd", "softdirty");
}

/* The area of page @number, of one page; @name NULL: anonymous. */
static void add_area(struct stream *stream, __u64 number, __u32 ops, const char *name)
{
	struct vmaview_area area = {
		.start = number << 12, .end = (number + 1) << 12, .perms = "rw-p", .ops = ops,
		.kernel_page_size = 4096, .mmu_page_size = 4096,
	};

	stream_area(stream, &area, name);
}

/* Of what is at pages @number and the next. */
static struct vmaview_seam seam_at(__u64 number, __u32 differ)
{
	return (struct vmaview_seam){
		.start = number << 12, .at = (number + 1) << 12, .end = (number + 2) << 12,
		.vm_flags = { READ | WRITE, READ | WRITE }, .differ = differ,
	};
}

static void add_seam(struct stream *stream, const struct vmaview_seam *seam)
{
	struct vmaview_seam *record = stream_add(stream, VMAVIEW_REC_SEAM, sizeof(*record));
	struct vmaview_header header = record->header;

	*record = *seam;
	record->header = header;
}

static bool cell_is(const struct process *process, const struct why_row *row, const char *column, const char *want)
{
	struct cell cell = { .process = process, .row = row };
	char text[CELL_MAX];

	column_text(column_find(&why_columns, column, strlen(column)), &cell, text, sizeof(text));
	return !strcmp(text, want) || ktap_note("%s: '%s', not '%s'", column, text, want);
}

/* One seam between page 1, of operations, and page 2, of the file /two. */
static bool says(struct vmaview_seam seam, const char *field, const char *left, const char *right)
{
	struct stream stream = { .length = 0 };
	struct process process;
	const struct why_choice choice = { .high = UINT64_MAX };
	struct sheet sheet = { .process = &process, .context = &choice };
	bool holds;

	begin(&stream);
	stream_ops(&stream, 1, "the_ops\0close=the_close\0");
	add_area(&stream, 1, 1, "/one");
	add_area(&stream, 2, 0, "/two");
	add_seam(&stream, &seam);
	stream_end(&stream);
	holds = !parse_stream(&process, &stream) && !why_rows(&sheet, &nothing) && sheet.nr == 1 &&
		cell_is(&process, sheet.rows, "Field", field) && cell_is(&process, sheet.rows, "Left", left) &&
		cell_is(&process, sheet.rows, "Right", right);
	free(sheet.rows);
	free(sheet.beside);
	process_free(&process);
	stream_free(&stream);
	return holds;
}

static bool flags(void)
{
	struct vmaview_seam seam = seam_at(1, VMAVIEW_SEAM_FLAGS | VMAVIEW_SEAM_FILE | VMAVIEW_SEAM_OPS);

	seam.vm_flags[1] = READ | SOFTDIRTY | UFFD_MISSING;
	if (!says(seam, "flags", "write", "none"))
		return false;
	seam.vm_flags[0] = seam.vm_flags[1] = READ | IO;
	if (!says(seam, "flags", "io", "io"))
		return false;
	seam.vm_flags[1] = WRITE | IO;
	return says(seam, "flags", "read", "write");
}

static bool files(void)
{
	struct vmaview_seam seam = seam_at(1, VMAVIEW_SEAM_FILE | VMAVIEW_SEAM_ANON_VMA);

	if (!says(seam, "file", "/one", "/two"))
		return false;
	seam.end += 4096;	/* it was not this area */
	return says(seam, "file", "/one", "-");
}

static bool offsets(void)
{
	struct vmaview_seam seam = seam_at(1, VMAVIEW_SEAM_OFFSET | VMAVIEW_SEAM_ANON_VMA);

	seam.offset[0] = 0x1000;
	seam.offset[1] = 0x5000;
	return says(seam, "offset", "0x1000", "0x5000");
}

static bool anon(void)
{
	struct vmaview_seam seam = seam_at(1, VMAVIEW_SEAM_ANON_VMA | VMAVIEW_SEAM_POLICY);

	seam.anon[1] = VMAVIEW_SEAM_ANON_FORKED;
	if (!says(seam, "anon_vma", "none", "forked"))
		return false;
	seam.anon[0] = VMAVIEW_SEAM_ANON_OWN;
	seam.anon[1] = VMAVIEW_SEAM_ANON_FORKED + 1;
	return says(seam, "anon_vma", "own", "-");
}

static bool policies(void)
{
	struct vmaview_seam seam = seam_at(1, VMAVIEW_SEAM_POLICY);

	seam.policy[1] = MPOL_BIND | MPOL_F_STATIC_NODES;
	seam.nodes[1] = 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1ULL << 63;
	if (!says(seam, "policy", "default", "bind=static:0,2-4,63"))
		return false;
	seam.policy[0] = 42;
	seam.policy[1] = MPOL_INTERLEAVE | MPOL_F_RELATIVE_NODES;
	seam.nodes[1] = ~0ULL;
	return says(seam, "policy", "42", "interleave=relative:0-63");
}

static bool rest(void)
{
	struct vmaview_seam seam = seam_at(1, VMAVIEW_SEAM_UFFD | VMAVIEW_SEAM_NAME);

	seam.uffd[1] = VMAVIEW_UFFD_WP | VMAVIEW_UFFD_MINOR;
	return says(seam, "uffd", "none", "wp minor") &&
	       says(seam_at(1, VMAVIEW_SEAM_NAME | VMAVIEW_SEAM_OPS), "name", "/one", "/two") &&
	       says(seam_at(1, VMAVIEW_SEAM_OPS), "ops", "the_ops", "none") && says(seam_at(1, 0), "none", ".", ".") &&
	       says(seam_at(1, 1 << 20), "none", ".", ".");
}

/* Pages 1 to 6, of which 1, 2 and 3 touch, and 5 and 6; the limit is 100. */
static bool fill(struct process *process, struct sheet *sheet, const struct why_choice *choice)
{
	static const char *const names[] = { "/a", "/b", "/b", NULL, "/b", NULL };
	struct stream stream = { .length = 0 };
	struct vmaview_seam seam;
	bool read;

	begin(&stream);
	stream_mm(&stream);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		add_area(&stream, i < 3 ? i + 1 : i + 2, 0, names[i]);
	seam = seam_at(1, VMAVIEW_SEAM_FILE | VMAVIEW_SEAM_OPS);
	add_seam(&stream, &seam);
	seam = seam_at(2, VMAVIEW_SEAM_FILE);
	add_seam(&stream, &seam);
	seam = seam_at(5, 0);
	add_seam(&stream, &seam);
	stream_end(&stream);
	read = !parse_stream(process, &stream);
	stream_free(&stream);
	process->source = SOURCE_MODULE;
	process->mm[MM_MAP_COUNT] = 6;
	*sheet = (struct sheet){ .process = process, .context = choice };
	return read && !why_rows(sheet, &nothing);
}

/* Rows may be made anew. */
static void drop(struct sheet *sheet)
{
	free(sheet->rows);
	free(sheet->beside);
	sheet->rows = sheet->beside = NULL;
}

static void end(struct process *process, struct sheet *sheet)
{
	drop(sheet);
	process_free(process);
	process_init(process);
}

static bool sums(void)
{
	const struct why_choice all = { .high = UINT64_MAX, .limit = 100 }, few = { .high = UINT64_MAX, .limit = 5 };
	const struct why_sums *sums;
	struct process process;
	struct sheet sheet;
	bool holds = fill(&process, &sheet, &all);

	sums = sheet.beside;
	holds = holds && sheet.nr == 3 && sums->seams[1] == 2 && sums->bytes[1] == 8192 && !sums->seams[7] &&
		sums->seams[WHY_NOTHING] == 1 && sums->bytes[WHY_NOTHING] == 4096 &&
		sums->knows_room && sums->room == 94 && sums->nr_sites == 3 && sums->site[0].areas == 3 &&
		!strcmp(sums->site[0].area->name, "/b") && sums->site[1].areas == 2 &&
		!strcmp(sums->site[1].area->name, "") && sums->site[2].areas == 1 &&
		cell_is(&process, sheet.rows, "Differ", "file ops");
	end(&process, &sheet);
	holds = holds && fill(&process, &sheet, &few);
	sums = sheet.beside;
	holds = holds && sums->knows_room && !sums->room;
	end(&process, &sheet);
	return holds;
}

static bool unknown_room(void)
{
	const struct why_choice none = { .high = UINT64_MAX }, some = { .high = UINT64_MAX, .limit = 100 };
	struct process process;
	struct sheet sheet;
	bool holds = fill(&process, &sheet, &none) && !((struct why_sums *)sheet.beside)->knows_room;

	end(&process, &sheet);
	holds = holds && fill(&process, &sheet, &some);
	drop(&sheet);
	process.source = SOURCE_FILE;	/* another machine's limit */
	holds = holds && !why_rows(&sheet, &nothing) && !((struct why_sums *)sheet.beside)->knows_room;
	drop(&sheet);
	process.source = SOURCE_MODULE;
	process.mm_known = 0;
	holds = holds && !why_rows(&sheet, &nothing) && !((struct why_sums *)sheet.beside)->knows_room;
	end(&process, &sheet);
	return holds;
}

/* Of page @number: how many rows, the first of which is at page @first? */
static bool rows_at(__u64 number, size_t nr, __u64 first)
{
	const struct why_choice choice = { .one = true, .address = (number << 12) + 5, .high = UINT64_MAX };
	struct process process;
	struct sheet sheet;
	bool holds = fill(&process, &sheet, &choice) && sheet.nr == nr &&
		     (!nr || ((struct why_row *)sheet.rows)->seam->start == first << 12);

	end(&process, &sheet);
	return holds || ktap_note("of page %u", (unsigned int)number);
}

static bool addresses(void)
{
	return rows_at(1, 1, 1) && rows_at(2, 2, 1) && rows_at(3, 1, 2) && rows_at(4, 0, 0) && rows_at(5, 1, 5) &&
	       rows_at(6, 1, 5) && rows_at(7, 0, 0);
}

/* From @low to @high, which are part of it: how many rows? */
static bool rows_in(uint64_t low, uint64_t high, size_t nr)
{
	const struct why_choice choice = { .low = low, .high = high };
	struct process process;
	struct sheet sheet;
	bool holds = fill(&process, &sheet, &choice) && sheet.nr == nr;

	end(&process, &sheet);
	return holds || ktap_note("from %llx to %llx", (unsigned long long)low, (unsigned long long)high);
}

static bool ranges(void)
{
	return rows_in(0, UINT64_MAX, 3) && rows_in(0x1fff, 0x2000, 1) && rows_in(0x2000, UINT64_MAX, 2) &&
	       rows_in(0x1000, 0x1fff, 0) && rows_in(0x2fff, 0x6000, 2) && rows_in(0x3000, 0x5fff, 0);
}

static bool of_huge(const struct process *process, const struct why_row *row)
{
	return cell_is(process, row, "Question", "huge") && cell_is(process, row, "Why", "max-ptes-none") &&
	       cell_is(process, row, "Left", "400") && cell_is(process, row, "Right", "300") &&
	       cell_is(process, row, "Pages", "400") && cell_is(process, row, "Limit", "300") &&
	       cell_is(process, row, "Small", "448") && cell_is(process, row, "Next", "-") &&
	       cell_is(process, row, "Field", ".") && cell_is(process, row, "Mapping", "b") &&
	       cell_is(process, row - 1, "Small", "-") && cell_is(process, row - 1, "Reason", ".") &&
	       cell_is(process, row - 1, "Pages", "-") && cell_is(process, row + 1, "Left", ".") &&
	       cell_is(process, row + 1, "Limit", "-") && cell_is(process, row + 1, "Reason", "thp-off");
}

/* Beside the three seams, two ranges. */
static bool huge(void)
{
	const struct why_choice choice = { .high = UINT64_MAX };
	const struct thp_machine machine = { .anon = THP_ALWAYS };
	struct huge_range range[] = {
		{ .start = 0x200000, .end = 0x400000, .small = 448 << 10, .pages = 400, .limit = 300,
		  .reason = HUGE_MAX_NONE },
		{ .start = 0x400000, .end = 0x800000, .small = 1 << 20, .reason = HUGE_THP_OFF },
	};
	const struct huge_ranges ranges = { .range = range, .nr = 2, .huge = 4 << 20 };
	const struct why_found found = { .huge = &ranges, .thp = &machine };
	const struct why_row *rows;
	struct process process;
	struct why_sums *sums;
	struct sheet sheet;
	bool holds = fill(&process, &sheet, &choice) && sheet.group[WHY_HUGE].unknown;

	drop(&sheet);
	range[0].area = &process.areas[1];
	holds = holds && !why_rows(&sheet, &found) && sheet.nr == 5 && !sheet.group[WHY_HUGE].unknown;
	rows = sheet.rows;
	sums = sheet.beside;
	holds = holds && sheet.group_of(&rows[2]) == WHY_MERGE && sheet.group_of(&rows[3]) == WHY_HUGE &&
		sums->knows_huge && sums->huge == 4 << 20 && sums->machine.anon == THP_ALWAYS &&
		sums->small[HUGE_MAX_NONE] == 448 << 10 && sums->small[HUGE_THP_OFF] == 1 << 20 &&
		of_huge(&process, &rows[3]);
	end(&process, &sheet);
	return holds;
}

static bool of_ksm(const struct process *process, const struct why_row *row)
{
	return cell_is(process, row, "Question", "ksm") && cell_is(process, row, "Why", "special") &&
	       cell_is(process, row, "Reason", "special") && cell_is(process, row, "Flags", "io") &&
	       cell_is(process, row, "Left", "io") && cell_is(process, row, "Right", ".") &&
	       cell_is(process, row, "Memory", "8") && cell_is(process, row, "Small", "-") &&
	       cell_is(process, row, "Kbytes", "12") && cell_is(process, row, "End", "0000000000004000") &&
	       cell_is(process, row, "Name", "/b") && cell_is(process, row - 1, "Memory", "-") &&
	       cell_is(process, row + 1, "Why", "ksm-stopped") && cell_is(process, row + 1, "Flags", ".");
}

/* Beside the three seams, two ranges. */
static bool ksm(void)
{
	const struct why_choice choice = { .high = UINT64_MAX };
	const struct ksm_machine machine = { .run = KSM_RUN_STOPPED };
	const struct ksm_asked asked = { .machine = &machine, .knows_pages = true, .pages = 7 };
	struct why_range range[] = {
		{ .start = 0x1000, .end = 0x4000, .memory = 8 << 10, .reason = KSM_SPECIAL },
		{ .start = 0x5000, .end = 0x6000, .memory = 4 << 10, .reason = KSM_STOPPED },
	};
	const struct ksm_ranges ranges = { .ranges = { .range = range, .nr = 2 }, .merged = 4096 };
	const struct why_found found = { .ksm = &ranges, .ksmd = &asked };
	const struct why_row *rows;
	struct process process;
	struct why_sums *sums;
	struct sheet sheet;
	bool holds = fill(&process, &sheet, &choice) && sheet.group[WHY_KSM].unknown;

	drop(&sheet);
	process.areas[1].vm_flags = IO | WRITE;
	range[0].area = range[1].area = &process.areas[1];
	holds = holds && !why_rows(&sheet, &found) && sheet.nr == 5 && !sheet.group[WHY_KSM].unknown;
	rows = sheet.rows;
	sums = sheet.beside;
	holds = holds && sheet.group_of(&rows[3]) == WHY_KSM && sheet.group[WHY_HUGE].unknown && sums->knows_ksm &&
		sums->merged == 4096 && sums->ksm_pages == 7 && sums->memory[WHY_KSM][KSM_SPECIAL] == 8 << 10 &&
		sums->memory[WHY_KSM][KSM_STOPPED] == 4 << 10 && of_ksm(&process, &rows[3]);
	end(&process, &sheet);
	return holds;
}

/* Pages 1 and 2 are mlocked and held by a pipe, or a pin; page 5 is only on its way. */
static bool kept(void)
{
	const struct why_choice choice = { .high = UINT64_MAX };
	const struct vm_settings settings = { .knows_swap = true };
	struct why_range range[] = {
		{ .start = 0x1000, .end = 0x3000, .memory = 8 << 10, .reason = KEPT_MLOCKED, .keeps = KEEPS_ALL,
		  .all = 1 << KEPT_MLOCKED | 1 << KEPT_EXTRA_REFS, .how = HOLDS_BY_REFERENCE },
		{ .start = 0x5000, .end = 0x6000, .memory = 4 << 10, .reason = KEPT_LRU_BATCH,
		  .all = 1 << KEPT_LRU_BATCH, .keeps = (KEEPS_RECLAIM | KEEPS_MIGRATE) * KEEPS_MAYBE },
	};
	const struct kept_ranges ranges = { .ranges = { .range = range, .nr = 2 }, .movable = 12 << 10 };
	struct holders *holders = calloc(1, sizeof(*holders) + sizeof(holders->holder[0]));
	const struct why_found found = { .kept = &ranges, .settings = &settings, .holders = holders };
	const struct why_row *rows;
	struct process process;
	struct why_sums *sums;
	struct sheet sheet;
	bool holds = holders && fill(&process, &sheet, &choice) && sheet.group[WHY_KEPT].unknown;

	drop(&sheet);
	process.page_size = 4096;
	holders->known = true;
	holders->nr = 1;
	holders->holder[0] = (struct holder){ .kind = HOLDER_PIPE, .fd = 3 };
	holds = holds && !why_rows(&sheet, &found) && sheet.nr == 5 && !sheet.group[WHY_KEPT].unknown;
	free(holders);
	rows = sheet.rows;
	sums = sheet.beside;
	holds = holds && sheet.group_of(&rows[3]) == WHY_KEPT && sums->knows_kept && sums->movable == 12 << 10 &&
		sums->memory[WHY_KEPT][KEPT_MLOCKED] == 8 << 10 && !sums->memory[WHY_KEPT][KEPT_EXTRA_REFS] &&
		cell_is(&process, &rows[3], "Reasons", "mlocked extra-refs") &&
		cell_is(&process, &rows[3], "Keeps", "reclaim migrate compact") &&
		cell_is(&process, &rows[3], "Left", "reclaim migrate compact") &&
		cell_is(&process, &rows[3], "Movable", "no") && cell_is(&process, &rows[3], "Why", "mlocked") &&
		cell_is(&process, &rows[3], "MayHold", "pipe:3") && cell_is(&process, &rows[3], "Right", "pipe:3") &&
		cell_is(&process, &rows[4], "Keeps", "maybe-reclaim maybe-migrate") &&
		cell_is(&process, &rows[4], "Movable", "maybe") && cell_is(&process, &rows[4], "MayHold", ".") &&
		cell_is(&process, &rows[0], "Movable", ".");
	end(&process, &sheet);
	return holds;
}

/* Of two pages one is mapped by two others, who are known where the kernel knows that. */
static bool forks(void)
{
	const struct why_choice choice = { .high = UINT64_MAX };
	struct why_range range[] = {
		{ .start = 0x1000, .end = 0x2000, .memory = 4 << 10, .reason = FORK_MAPPED, .mapcount = 4, .unfound = 1,
		  .first = 1, .nr_pids = 2 },
		{ .start = 0x5000, .end = 0x6000, .memory = 4 << 10, .reason = FORK_REFERENCES, .mapcount = 1 },
	};
	pid_t pids[] = { 1, 22, 333 };
	struct fork_ranges ranges = { .ranges = { .range = range, .nr = 2 }, .pids = pids, .nr_pids = 3 };
	const struct why_found found = { .forks = &ranges };
	struct process process;
	struct sheet sheet;
	bool holds = fill(&process, &sheet, &choice) && sheet.group[WHY_FORKS].unknown;

	drop(&sheet);
	holds = holds && !why_rows(&sheet, &found) && sheet.nr == 5 && !sheet.group[WHY_FORKS].unknown &&
		cell_is(&process, (struct why_row *)sheet.rows + 3, "HeldBy", "-") &&
		cell_is(&process, (struct why_row *)sheet.rows + 3, "Unfound", "-") &&
		cell_is(&process, (struct why_row *)sheet.rows + 4, "HeldBy", ".");
	drop(&sheet);
	ranges.knows_holders = true;
	holds = holds && !why_rows(&sheet, &found) &&
		cell_is(&process, (struct why_row *)sheet.rows + 3, "HeldBy", "22 333") &&
		cell_is(&process, (struct why_row *)sheet.rows + 3, "Left", "22 333") &&
		cell_is(&process, (struct why_row *)sheet.rows + 3, "Unfound", "1") &&
		cell_is(&process, (struct why_row *)sheet.rows + 3, "Mapped", "4") &&
		cell_is(&process, (struct why_row *)sheet.rows + 4, "HeldBy", ".") &&
		cell_is(&process, sheet.rows, "Mapped", "-") &&
		((struct why_sums *)sheet.beside)->memory[WHY_FORKS][FORK_MAPPED] == 4 << 10;
	end(&process, &sheet);
	return holds;
}

/* As sums of all questions are in one object, with those of areas. */
static bool words(void)
{
	const char *all[WHY_FIELDS + HUGE_REASONS + WHY_QUESTIONS * WHY_REASONS_MAX];
	size_t nr = 0;

	for (size_t i = 0; i < WHY_FIELDS; i++)
		all[nr++] = why_fields[i];
	for (size_t i = 0; i < HUGE_REASONS; i++)
		all[nr++] = huge_words[i];
	for (int question = 0; question < WHY_QUESTIONS; question++)
		for (unsigned int i = 0; i < why_words_of(question).nr; i++)
			all[nr++] = why_words_of(question).word[i];
	for (size_t i = 0; i < nr; i++)
		for (size_t j = 0; j < i; j++)
			if (!strcmp(all[i], all[j]))
				return ktap_note("%s is there twice", all[i]);
	return true;
}

static bool columns(void)
{
	static const char *const both[] = { "start", "size", "end", "name" };
	static const char *const merge[] = { "next", "field", "left", "right", "differ", "next_name", "next_size" };
	static const char *const of_ranges[] = {
		"reason", "small", "pages", "limit", "memory", "flags", "reasons", "keeps", "movable", "may_hold",
		"held_by", "mapped", "unfound",
	};
	static const char *const not_huge[] = {
		"memory", "flags", "reasons", "keeps", "movable", "may_hold", "held_by", "mapped", "unfound",
	};
	static const char *const not_ksm[] = {
		"small", "pages", "limit", "reasons", "keeps", "movable", "may_hold", "held_by", "mapped", "unfound",
	};
	bool holds = true;

	for (size_t i = 0; i < why_columns.nr; i++) {
		const struct column *column = &why_columns.columns[i];
		bool is_merge = false, is_huge = false, is_both = false, lacks_huge = false, lacks_ksm = false;

		for (size_t j = 0; j < sizeof(merge) / sizeof(merge[0]); j++)
			is_merge |= !strcmp(column->json, merge[j]);
		for (size_t j = 0; j < sizeof(of_ranges) / sizeof(of_ranges[0]); j++)
			is_huge |= !strcmp(column->json, of_ranges[j]);
		for (size_t j = 0; j < sizeof(both) / sizeof(both[0]); j++)
			is_both |= !strcmp(column->json, both[j]);
		for (size_t j = 0; j < sizeof(not_huge) / sizeof(not_huge[0]); j++)
			lacks_huge |= !strcmp(column->json, not_huge[j]);
		for (size_t j = 0; j < sizeof(not_ksm) / sizeof(not_ksm[0]); j++)
			lacks_ksm |= !strcmp(column->json, not_ksm[j]);
		if (column->flags & COL_VIEW)
			continue;
		holds = holds && is_merge + is_huge + is_both == 1 && why_column_of(column, WHY_MERGE) == !is_huge &&
			why_column_of(column, WHY_HUGE) == !(is_merge || lacks_huge) &&
			why_column_of(column, WHY_KSM) == !(is_merge || lacks_ksm);
	}
	return holds;
}

static const struct ktap_test tests[] = {
	{ "of flags what the other lacks, or with what none is merged", flags },
	{ "of files their names, where the areas are still there", files },
	{ "of offsets where one ends and the other begins", offsets },
	{ "of anon_vma whether it has one, and one of its own", anon },
	{ "of policies mode and nodes, as numa_maps has them", policies },
	{ "of userfaultfd, names and operations what they are called, and of nothing nothing", rest },
	{ "the first difference is what is summed up, and sites are counted", sums },
	{ "room for more is not known without the limit, or of another machine", unknown_room },
	{ "of a range there are those of which both are in it", ranges },
	{ "of an address there are the areas that it is in, and beside that", addresses },
	{ "memory that is not huge has rows of its own, which are summed up by reason", huge },
	{ "memory that KSM has not merged has rows of its own, too", ksm },
	{ "memory that is kept has rows with all that keeps it, from what, and who may hold it", kept },
	{ "pages that a fork made copies of have rows with who maps them", forks },
	{ "no word is a reason of two questions", words },
	{ "in JSON a row has the columns of its question", columns },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
