// SPDX-License-Identifier: GPL-2.0
/*
 * huge_ranges.c - in: areas, runs of pages, who may have huge pages; out: which memory is not huge, and why.
 *
 * Of a range it is what hpage_collapse_scan_pmd() in mm/khugepaged.c (collapse_scan_pmd() of newer kernels) would
 * stop at, and of an area what thp_vma_allowable_orders() in mm/huge_memory.c asks.
 */
#include <errno.h>
#include <string.h>

#include "verbs/huge_ranges.h"
#include "vmaview/flags.h"
#include "vmaview/grow.h"
#include "vmaview/refs.h"

const char *const huge_words[HUGE_REASONS] = {
	[HUGE_TOO_SMALL] = "too-small",
	[HUGE_UNALIGNED] = "unaligned",
	[HUGE_FILESYSTEM] = "filesystem",
	[HUGE_NOHUGEPAGE] = "nohugepage",
	[HUGE_PRCTL] = "prctl",
	[HUGE_THP_OFF] = "thp-off",
	[HUGE_THP_MADVISE] = "thp-madvise",
	[HUGE_PINNED] = "pinned",
	[HUGE_USERFAULTFD] = "userfaultfd",
	[HUGE_MAX_SWAP] = "max-ptes-swap",
	[HUGE_MAX_NONE] = "max-ptes-none",
	[HUGE_MAX_SHARED] = "max-ptes-shared",
	[HUGE_NOT_SCANNED] = "not-scanned",
	[HUGE_RESERVED] = "reserved",
};

/* Entries of a range, or pages. */
struct content {
	uint64_t small;
	uint64_t huge;		/* in pages of the small size */
	uint64_t absent;	/* entries that are neither empty nor present, as swapped pages are */
	uint64_t swapped;	/* of these, memory of somebody's */
	uint64_t shared;
	bool held;
	bool protected;
};

bool huge_has_flag(const struct process *process, const struct area *area, const char *word)
{
	return flags_with_words(process, area->vm_flags, &word, 1);
}

/* As VM_NO_KHUGEPAGED of the kernel. */
bool huge_is_candidate(const struct process *process, const struct area *area)
{
	static const char *const words[] = { "hugetlb", "io", "dontexpand", "pfnmap", "mixedmap" };

	return area->facts & AREA_KNOWS_OPS && !area->gate &&
	       !flags_with_words(process, area->vm_flags, words, sizeof(words) / sizeof(words[0]));
}

bool huge_is_anon(const struct area *area)
{
	return !area->ops;
}

bool huge_is_shmem(const struct area *area)
{
	return area->ops && (!strncmp(area->ops->symbol, "shmem_", 6) || !strcmp(area->ops->symbol, "shm_vm_ops"));
}

bool huge_span(const struct process *process, const struct area *area, uint64_t *low, uint64_t *high,
	       enum huge_reason *reason)
{
	uint64_t size = process->leaf_size[1];
	bool fits = huge_is_anon(area) || (area->start - area->offset) % size == 0;

	*low = area->start + (size - area->start % size) % size;
	*high = area->end - area->end % size;
	*reason = area->end - area->start < size ? HUGE_TOO_SMALL : HUGE_UNALIGNED;
	return fits && *low < *high;
}

static void add_present(struct content *content, const struct vmaview_run *run, uint64_t pages)
{
	struct refs refs;

	if (run->origin == VMAVIEW_ORIGIN_ZERO || run->origin == VMAVIEW_ORIGIN_HUGE_ZERO)
		return;
	if (run->level) {
		content->huge += pages;
		return;
	}
	content->small += pages;
	if (run->page_mapcount != VMAVIEW_UNKNOWN && run->page_mapcount > 1)
		content->shared += pages;
	content->held |= refs_of_run(run, &refs) && refs_are_held(&refs);
}

static void add_run(struct content *content, const struct vmaview_run *run, uint64_t pages)
{
	content->protected |= run->entry & VMAVIEW_ENTRY_UFFD_WP;
	if (run->state == VMAVIEW_STATE_PRESENT) {
		add_present(content, run, pages);
		return;
	}
	if (run->level)
		return;
	content->absent += pages;
	if (run->state == VMAVIEW_STATE_SWAP || run->state == VMAVIEW_STATE_MIGRATION)
		content->swapped += pages;
}

struct judge {
	const struct huge_asked *asked;
	struct huge_ranges *ranges;
	const struct area *area;
	size_t run;		/* of the process: none before it has an address that is still to come */
};

/* From @at on, the next address that a run has: most of a large area may be empty. */
static uint64_t next_run(struct judge *judge, uint64_t at)
{
	const struct process *process = judge->asked->process;

	while (judge->run < process->nr_runs && process->runs[judge->run].end <= at)
		judge->run++;
	if (judge->run == process->nr_runs)
		return UINT64_MAX;
	return process->runs[judge->run].start > at ? process->runs[judge->run].start : at;
}

/* [@start, @end), which ascend. */
static struct content content_of(struct judge *judge, uint64_t start, uint64_t end)
{
	const struct process *process = judge->asked->process;
	struct content content = { .small = 0 };

	next_run(judge, start);
	for (size_t i = judge->run; i < process->nr_runs && process->runs[i].start < end; i++) {
		const struct vmaview_run *run = &process->runs[i];
		uint64_t from = run->start > start ? run->start : start, to = run->end < end ? run->end : end;

		if (from < to)
			add_run(&content, run, (to - from) / process->page_size);
	}
	return content;
}

static bool is_asked(const struct huge_asked *asked, uint64_t start, uint64_t end)
{
	return start < end && start <= asked->high && end > asked->low;
}

static bool goes_on(const struct huge_range *before, const struct huge_range *range)
{
	return before->area == range->area && before->reason == range->reason && before->end == range->start;
}

static int add(struct huge_ranges *ranges, const struct huge_range *range)
{
	struct huge_range *before = ranges->nr ? &ranges->range[ranges->nr - 1] : NULL;

	if (before && goes_on(before, range)) {
		before->end = range->end;
		before->small += range->small;
		before->pages = range->pages > before->pages ? range->pages : before->pages;
		return 0;
	}
	if (!grow(&ranges->range, ranges->nr, &ranges->room, sizeof(*range)))
		return -ENOMEM;
	ranges->range[ranges->nr++] = *range;
	return 0;
}

/* What lies in @range: what could be huge, and what is, is counted. */
static struct content take_content(struct judge *judge, struct huge_range *range)
{
	uint64_t page_size = judge->asked->process->page_size;
	struct content content = content_of(judge, range->start, range->end);

	range->small = (content.small + content.swapped) * page_size;
	judge->ranges->huge += content.huge * page_size;
	return content;
}

/* All of [@start, @end) for one reason. */
static int add_whole(struct judge *judge, uint64_t start, uint64_t end, enum huge_reason reason)
{
	struct huge_range range = { .start = start, .end = end, .area = judge->area, .reason = reason };

	if (!is_asked(judge->asked, start, end))
		return 0;
	take_content(judge, &range);
	return range.small || judge->asked->untouched ? add(judge->ranges, &range) : 0;
}

/* What khugepaged counts; false: nothing of it is more than it would take. */
static bool exceeds(const struct judge *judge, const struct content *content, struct huge_range *range)
{
	static const char *const armed[] = { "uffd_missing", "uffd_wp", "uffd_minor" };
	const struct process *process = judge->asked->process;
	const struct thp_machine *machine = judge->asked->machine;
	bool watched = flags_with_words(process, judge->area->vm_flags, armed, sizeof(armed) / sizeof(armed[0]));
	const struct { enum huge_reason reason; uint64_t pages, limit; } counts[] = {
		{ HUGE_MAX_SWAP, content->absent, machine->max_swap },
		{ HUGE_MAX_NONE, process->leaf_size[1] / process->page_size - content->small - content->absent,
		  watched ? 0 : machine->max_none },
		{ HUGE_MAX_SHARED, content->shared, machine->max_shared },
	};

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		if (counts[i].pages <= counts[i].limit)
			continue;
		range->reason = counts[i].reason;
		range->pages = counts[i].pages;
		range->limit = counts[i].limit;
		return true;
	}
	return false;
}

/* The place of one huge page, in an area that may have it. */
static int add_place(struct judge *judge, uint64_t start, uint64_t end)
{
	struct huge_range range = { .start = start, .end = end, .area = judge->area, .reason = HUGE_NOT_SCANNED };
	struct content content;

	if (!is_asked(judge->asked, start, end))
		return 0;
	content = take_content(judge, &range);
	if (!range.small)
		return 0;
	if (content.held)
		range.reason = HUGE_PINNED;
	else if (content.protected)
		range.reason = HUGE_USERFAULTFD;
	else if (huge_is_anon(judge->area) && !judge->asked->machine->knows_limits)
		return 0;
	else if (huge_is_anon(judge->area))
		exceeds(judge, &content, &range);
	return add(judge->ranges, &range);
}

/* HUGE_REASONS: it may have huge pages; false: that is not known. */
static bool reason_of_area(const struct judge *judge, enum huge_may may, enum huge_reason *reason)
{
	const struct process *process = judge->asked->process;
	bool advised = huge_has_flag(process, judge->area, "hugepage");

	*reason = HUGE_REASONS;
	if (may == HUGE_MAY_NOT_FILE)
		*reason = HUGE_FILESYSTEM;
	else if (huge_has_flag(process, judge->area, "nohugepage"))
		*reason = HUGE_NOHUGEPAGE;
	else if (judge->asked->allowed == THP_PROCESS_OFF)
		*reason = HUGE_PRCTL;
	else if (may == HUGE_MAY_NEVER)
		*reason = HUGE_THP_OFF;
	else if (may == HUGE_MAY_MADVISE && !advised)
		*reason = HUGE_THP_MADVISE;
	else
		return may != HUGE_MAY_UNKNOWN;
	return true;
}

static int judge_span(struct judge *judge, enum huge_may may, uint64_t low, uint64_t high)
{
	uint64_t size = judge->asked->process->leaf_size[1];
	enum huge_reason reason;
	int ret = 0;

	if (!reason_of_area(judge, may, &reason))
		return 0;
	if (reason != HUGE_REASONS)
		return add_whole(judge, low, high, reason);
	for (uint64_t at = next_run(judge, low); !ret && at < high; at = next_run(judge, at + size)) {
		at -= (at - low) % size;
		ret = add_place(judge, at, at + size);
	}
	return ret;
}

static int judge_area(struct judge *judge, enum huge_may may)
{
	const struct area *area = judge->area;
	enum huge_reason reason;
	uint64_t low, high;
	int ret;

	if (!huge_span(judge->asked->process, area, &low, &high, &reason))
		return add_whole(judge, area->start, area->end, reason);
	ret = add_whole(judge, area->start, low, HUGE_UNALIGNED);
	if (!ret)
		ret = judge_span(judge, may, low, high);
	return ret ? ret : add_whole(judge, high, area->end, HUGE_UNALIGNED);
}

/* What no entry of an area of hugetlb names, where the kernel has put pages aside for all of it. */
static int add_reserved(struct judge *judge)
{
	const struct area *area = judge->area;
	const struct process *process = judge->asked->process;
	struct huge_range range = {
		.start = area->start, .end = area->end, .area = area, .reason = HUGE_RESERVED,
	};
	struct content content;

	if (!huge_has_flag(process, area, "hugetlb") || !is_asked(judge->asked, area->start, area->end))
		return 0;
	content = content_of(judge, area->start, area->end);
	range.small = area->end - area->start - (content.huge + content.small) * process->page_size;
	judge->ranges->huge += content.huge * process->page_size;
	return range.small && !huge_has_flag(process, area, "noreserve") ? add(judge->ranges, &range) : 0;
}

int huge_ranges_find(const struct huge_asked *asked, struct huge_ranges *ranges)
{
	const struct process *process = asked->process;
	struct judge judge = { .asked = asked, .ranges = ranges };
	int ret = 0;

	*ranges = (struct huge_ranges){ .range = NULL };
	for (size_t i = 0; !ret && process->page_size && process->leaf_size[1] && i < process->nr_areas; i++) {
		judge.area = &process->areas[i];
		ret = huge_is_candidate(process, judge.area) ? judge_area(&judge, asked->may[i]) :
							       add_reserved(&judge);
	}
	return ret;
}
