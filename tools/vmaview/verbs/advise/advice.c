// SPDX-License-Identifier: GPL-2.0
/* advice.c - the one list of what is advised, with the command that shows it and what usually removes it. */
#include "verbs/advise/advice.h"

#define NOT_HUGE(text, cure, guess) { "not-huge", "not in huge pages: " text, "vmaview why ", "", cure, guess }

static const struct advice_row rows[ADVICE_NR] = {
	[ADVICE_COW_DEBT] = {
		"cow-debt", "to write what is shared takes more memory than is free", "vmaview cow --areas ", "",
		"let those that share it end or exec, or keep it out of forks with MADV_DONTFORK", true,
	},
	[ADVICE_PAGE_TABLES] = {
		"page-tables", "page tables outgrow what they map", "vmaview tables ", "",
		"huge pages for what many map (hugetlb, shmem_enabled), fewer who map it, or memory side by side",
		false,
	},
	[ADVICE_PINS] = {
		"held", "pages are held, and nothing that the process has explains it", "vmaview pins ", "",
		"end who was handed them: the other end of a pipe or socket, a driver", true,
	},
	[ADVICE_ELSEWHERE] = {
		"charged-elsewhere", "memory is charged to a cgroup that the process is not in",
		"vmaview -o +Charged_Elsewhere ", "",
		"start it in its cgroup, or free the memory and write it anew: what was charged stays there", false,
	},
	[ADVICE_MAP_COUNT] = {
		"map-count", "almost as many areas as vm.max_map_count allows", "vmaview why ", "",
		"give neighbours the same protection, advice and name, so that they merge, or raise the limit", false,
	},
	[ADVICE_WX] = {
		"writable-code", "memory is writable and executable at once", "vmaview -Q 'Perms =~ \"wx\"' ", "",
		"mprotect(2) it before it runs, or map it twice: once to write, once to run", false,
	},
	[ADVICE_LAZYFREE] = {
		"lazyfree", "more than half of a heap is given up, and still there", "vmaview reclaim ", "",
		"it goes when memory is short; MADV_DONTNEED, as allocators call it on request, frees it now", false,
	},
	[ADVICE_UNMAPPED] = {
		"unmapped", "memfd and SysV memory that no process maps", "vmaview groups --by object", NULL,
		"close its descriptors, or ipcrm(1)", false,
	},
	[ADVICE_HUGE + HUGE_NOHUGEPAGE] =
		NOT_HUGE("MADV_NOHUGEPAGE", "do not call it, or undo it with MADV_HUGEPAGE", false),
	[ADVICE_HUGE + HUGE_PRCTL] =
		NOT_HUGE("PR_SET_THP_DISABLE", "do not call it, nor start it from who did", false),
	[ADVICE_HUGE + HUGE_THP_OFF] =
		NOT_HUGE("off on this machine", "transparent_hugepage/enabled or shmem_enabled: madvise, or always",
			 false),
	[ADVICE_HUGE + HUGE_THP_MADVISE] =
		NOT_HUGE("only for who asks", "MADV_HUGEPAGE, then khugepaged comes, or MADV_COLLAPSE at once", false),
	[ADVICE_HUGE + HUGE_MAX_SWAP] =
		NOT_HUGE("too much of it is swapped out", "MADV_COLLAPSE, or khugepaged/max_ptes_swap", false),
	[ADVICE_HUGE + HUGE_MAX_NONE] =
		NOT_HUGE("too little of it is there",
			 "MADV_COLLAPSE, or khugepaged/max_ptes_none, both for more memory", false),
	[ADVICE_HUGE + HUGE_MAX_SHARED] =
		NOT_HUGE("too much of it is shared", "MADV_COLLAPSE, or khugepaged/max_ptes_shared, for copies of it",
			 false),
	[ADVICE_HUGE + HUGE_NOT_SCANNED] =
		NOT_HUGE("khugepaged has not come", "MADV_COLLAPSE, or a lower khugepaged/scan_sleep_millisecs", true),
};

const struct advice_row *advice_row(enum advice advice)
{
	return rows[advice].kind ? &rows[advice] : NULL;
}
