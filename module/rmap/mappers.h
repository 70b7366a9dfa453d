/* SPDX-License-Identifier: GPL-2.0 */
/* mappers.h - a vma in, the areas of other processes out that may map the same pages. */
#ifndef VMAVIEW_MAPPERS_H
#define VMAVIEW_MAPPERS_H

#include <linux/mm.h>
#include <linux/sched.h>

/* As many are looked at in one pass; an area that has more takes several. */
#define MAPPERS_NR	40

/*
 * So many areas that begin at one place are passed in any case, however long it takes: a search cannot stop among
 * them and go on there.
 */
#define MAPPERS_PLACE	512

/**
 * struct mapper - an area of another process, and what was found there
 * @mm: its mm, kept by mm_count; NULL once its memory is gone
 * @tgid: its process, as the initial PID namespace numbers it: for order only
 * @pid: as the reader's PID namespace does; 0 where that does not know it
 * @place: where its first page would be in the target, as a page number; below 0 where that is before all
 * @start: vm_start
 * @end: vm_end
 * @from: the target's address of the first page that the area could share
 * @to: and after the last
 * @shift: what to add to such an address for that in the other process
 * @pages: so many are the same
 * @first: the target's address of the first of them
 * @comm: of the process, NUL-terminated
 */
struct mapper {
	struct mm_struct *mm;
	pid_t tgid;
	pid_t pid;
	long place;
	unsigned long start;
	unsigned long end;
	unsigned long from;
	unsigned long to;
	unsigned long shift;
	unsigned long pages;
	unsigned long first;
	char comm[TASK_COMM_LEN];
};

/**
 * struct mappers_cursor - how far a search is
 * @place: areas before it are done
 * @within: and those there that do not come after @tgid and @start
 * @cut: at some place there are more areas than time to pass them: the others there are left out
 */
struct mappers_cursor {
	long place;
	bool within;
	bool cut;
	pid_t tgid;
	unsigned long start;
};

/* Where a search begins. */
#define MAPPERS_BEGIN	((struct mappers_cursor){ .place = LONG_MIN })

/**
 * struct mappers - a pass
 * @nr: how many
 * @more: there may be others after them
 * @seen: areas that were looked at
 * @order: indices of @mapper, by place, process and address
 * @mapper: in no order
 */
struct mappers {
	unsigned int nr;
	bool more;
	unsigned int seen;
	u8 order[MAPPERS_NR];
	struct mapper mapper[MAPPERS_NR];
};

/**
 * struct mappers_range - whose pages are asked about
 * @vma: the target's
 * @start: in @vma, page aligned
 * @end: in @vma, likewise
 * @deadline: ktime_get_ns() at which the search should end
 */
struct mappers_range {
	struct vm_area_struct *vma;
	unsigned long start;
	unsigned long end;
	u64 deadline;
};

/**
 * mappers_find() - who may map the pages of a range, from the kernel's reverse maps
 * @mappers: to fill; it has none
 * @range: what is asked
 * @cursor: where to go on from, MAPPERS_BEGIN at first; moved
 *
 * They are candidates: only a look at their page tables says whether they map a page.  Areas of
 * the target's own mm, and of processes that are being made or are gone, are left out.
 *
 * Context: mmap_lock held for reading.  Takes i_mmap_rwsem of the file and the rwsem of the anon_vma
 * for reading, until the deadline, until somebody waits for one of the locks, or until @mappers is full, whichever
 * comes first; but passes MAPPERS_PLACE areas, or all of them, that begin at one place.
 */
void mappers_find(struct mappers *mappers, const struct mappers_range *range, struct mappers_cursor *cursor);

/* Give back one reference, or those that are left. Process context, no lock of a target. */
void mapper_put(struct mapper *mapper);
void mappers_put(struct mappers *mappers);

#endif
