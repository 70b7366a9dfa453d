// SPDX-License-Identifier: GPL-2.0
/*
 * ksm_ranges.c - in: areas, runs of pages, what ksmd does; out: which memory KSM has not merged, and why.  Pure.
 *
 * Of an area it is what vma_ksm_compatible() in mm/ksm.c asks (ksm_madvise() of older kernels), of a page what
 * scan_get_next_rmap_item(), write_protect_page() and cmp_and_merge_page() there do with it.
 */
#include "verbs/why/ksm_ranges.h"
#include "vmaview/flags.h"
#include "vmaview/refs.h"

const char *const ksm_words[KSM_REASONS] = {
	[KSM_SHARED] = "shared",
	[KSM_SPECIAL] = "special",
	[KSM_NOT_ANONYMOUS] = "not-anonymous",
	[KSM_OFF] = "ksm-off",
	[KSM_NOT_ADVISED] = "not-advised",
	[KSM_STOPPED] = "ksm-stopped",
	[KSM_UNMERGES] = "ksm-unmerges",
	[KSM_SWAPPED] = "swapped",
	[KSM_HELD] = "held",
	[KSM_NOT_SCANNED] = "ksm-not-scanned",
	[KSM_MAYBE_NOT_SCANNED] = "ksm-maybe-not-scanned",
	[KSM_UNEQUAL] = "unequal",
	[KSM_VOLATILE] = "volatile",
	[KSM_MAYBE_UNEQUAL] = "maybe-unequal",
};

struct judge {
	const struct ksm_asked *asked;
	struct ksm_ranges *ranges;
	const struct area *area;
	size_t run;			/* of the process: the first one that is not before the area */
	enum ksm_reason at_last;	/* of pages that nothing keeps from being merged */
};

static uint64_t flags_of(const struct process *process, const struct area *area, const char *const *words, size_t nr)
{
	return flags_with_words(process, area->vm_flags, words, nr);
}

static bool is_shared(const struct process *process, const struct area *area)
{
	static const char *const words[] = { "shared", "mayshare" };

	return flags_of(process, area, words, sizeof(words) / sizeof(words[0]));
}

uint64_t ksm_special_flags(const struct process *process, const struct area *area)
{
	static const char *const words[] = { "io", "pfnmap", "dontexpand", "hugetlb", "mixedmap", "droppable" };

	return flags_of(process, area, words, sizeof(words) / sizeof(words[0]));
}

static bool is_anon(const struct vmaview_run *run)
{
	return run->origin == VMAVIEW_ORIGIN_ANON || run->origin == VMAVIEW_ORIGIN_KSM;
}

/* Memory of the process, or its place in swap; no marker, no zero page. */
static bool is_memory(const struct vmaview_run *run)
{
	if (run->state == VMAVIEW_STATE_SWAP || run->state == VMAVIEW_STATE_MIGRATION)
		return true;
	return run->state == VMAVIEW_STATE_PRESENT && run->origin != VMAVIEW_ORIGIN_ZERO &&
	       run->origin != VMAVIEW_ORIGIN_HUGE_ZERO;
}

/* KSM_REASONS: it may be merged. */
static enum ksm_reason reason_of_area(const struct judge *judge)
{
	static const char *const mergeable[] = { "mergeable" };
	const struct process *process = judge->asked->process;

	if (is_shared(process, judge->area))
		return KSM_SHARED;
	if (ksm_special_flags(process, judge->area))
		return KSM_SPECIAL;
	if (judge->asked->machine->run == KSM_RUN_NEVER)
		return KSM_OFF;
	if (!flags_of(process, judge->area, mergeable, 1))
		return KSM_NOT_ADVISED;
	if (judge->asked->machine->run == KSM_RUN_STOPPED)
		return KSM_STOPPED;
	return judge->asked->machine->run == KSM_RUN_UNMERGES ? KSM_UNMERGES : KSM_REASONS;
}

/* Of memory in an area with @of_area.  KSM_REASONS: nothing is to be said of it. */
static enum ksm_reason reason_of_run(const struct judge *judge, const struct vmaview_run *run, enum ksm_reason of_area)
{
	struct refs refs;

	if (of_area == KSM_SHARED || of_area == KSM_SPECIAL)
		return of_area;
	if (run->state == VMAVIEW_STATE_PRESENT && !is_anon(run))
		return KSM_NOT_ANONYMOUS;
	if (of_area != KSM_REASONS)
		return of_area;
	if (run->state == VMAVIEW_STATE_SWAP)
		return KSM_SWAPPED;
	return refs_of_run(run, &refs) && refs_are_held(&refs) ? KSM_HELD : judge->at_last;
}

static bool is_asked(const struct judge *judge, uint64_t start, uint64_t end)
{
	return start <= judge->asked->high && end > judge->asked->low;
}

static int add(struct judge *judge, uint64_t start, uint64_t end, uint64_t memory, enum ksm_reason reason)
{
	const struct why_range range = {
		.start = start, .end = end, .memory = memory, .area = judge->area, .reason = reason,
	};

	return why_ranges_add(&judge->ranges->ranges, &range);
}

static int judge_run(struct judge *judge, const struct vmaview_run *run, enum ksm_reason of_area)
{
	enum ksm_reason reason;

	if (run->origin == VMAVIEW_ORIGIN_KSM && run->state == VMAVIEW_STATE_PRESENT) {
		judge->ranges->merged += run->end - run->start;
		return 0;
	}
	reason = reason_of_run(judge, run, of_area);
	if (reason == KSM_REASONS)
		return 0;
	return add(judge, run->start, run->end, run->end - run->start, reason);
}

static int judge_area(struct judge *judge)
{
	const struct process *process = judge->asked->process;
	const struct area *area = judge->area;
	enum ksm_reason of_area = reason_of_area(judge);
	bool there = false;
	int ret = 0;

	while (judge->run < process->nr_runs && process->runs[judge->run].end <= area->start)
		judge->run++;
	for (; !ret && judge->run < process->nr_runs && process->runs[judge->run].start < area->end; judge->run++) {
		const struct vmaview_run *run = &process->runs[judge->run];

		if (!is_memory(run) || !is_asked(judge, run->start, run->end))
			continue;
		there = true;
		ret = judge_run(judge, run, of_area);
	}
	if (ret || there || !judge->asked->untouched || of_area == KSM_REASONS ||
	    !is_asked(judge, area->start, area->end))
		return ret;
	return add(judge, area->start, area->end, 0, of_area);
}

static bool is_judged(const struct area *area)
{
	return !area->gate && area->facts & AREA_KNOWS_FLAGS;
}

uint64_t ksm_count_pages(const struct process *process, const struct ksm_machine *machine)
{
	const struct ksm_asked asked = { .process = process, .machine = machine };
	struct judge look = { .asked = &asked };
	uint64_t bytes = 0;
	size_t run = 0;

	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];

		look.area = area;
		if (!is_judged(area) || reason_of_area(&look) != KSM_REASONS)
			continue;
		while (run < process->nr_runs && process->runs[run].end <= area->start)
			run++;
		for (; run < process->nr_runs && process->runs[run].start < area->end; run++)
			if (process->runs[run].state == VMAVIEW_STATE_PRESENT && is_anon(&process->runs[run]))
				bytes += process->runs[run].end - process->runs[run].start;
	}
	return process->page_size ? bytes / process->page_size : 0;
}

/* What counts of the machine say is true of each page that was looked at only where one of them is 0. */
static enum ksm_reason find_last(const struct judge *judge)
{
	const struct ksm_asked *asked = judge->asked;
	const struct ksm_machine *machine = asked->machine;

	if (machine->run == KSM_RUN_UNKNOWN)
		return KSM_REASONS;
	if (asked->knows_pages && !asked->pages)
		return KSM_NOT_SCANNED;
	if (!asked->knows_pages || asked->pages < asked->there)
		return KSM_MAYBE_NOT_SCANNED;
	if (!machine->knows_pages || asked->inherited)
		return KSM_MAYBE_UNEQUAL;
	if (!machine->changing)
		return KSM_UNEQUAL;
	return machine->unshared || machine->skips ? KSM_MAYBE_UNEQUAL : KSM_VOLATILE;
}

int ksm_ranges_find(const struct ksm_asked *asked, struct ksm_ranges *ranges)
{
	const struct process *process = asked->process;
	struct judge judge = { .asked = asked, .ranges = ranges };
	int ret = 0;

	*ranges = (struct ksm_ranges){ .merged = 0 };
	judge.at_last = find_last(&judge);
	for (size_t i = 0; !ret && i < process->nr_areas; i++) {
		judge.area = &process->areas[i];
		ret = is_judged(judge.area) ? judge_area(&judge) : 0;
	}
	return ret;
}
