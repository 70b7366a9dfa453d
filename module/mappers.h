/* SPDX-License-Identifier: GPL-2.0 */
/* mappers.h - a vma in, the areas of other processes out that may map the same pages. */
#ifndef VMAVIEW_MAPPERS_H
#define VMAVIEW_MAPPERS_H

#include <linux/mm.h>
#include <linux/sched.h>

/* As many are looked at in one pass; an area that has more takes several. */
#define MAPPERS_NR	40

/**
 * struct mapper - an area of another process, and what was found there
 * @mm: its mm, kept by mm_count; NULL once its memory is gone
 * @tgid: its process, as the initial PID namespace numbers it: for order only
 * @pid: as the reader's PID namespace does; 0 where that does not know it
 * @start: vm_start
 * @end: vm_end
 * @from: the target's address of the first page that the area could share
 * @to: and behind the last
 * @shift: what to add to such an address for that in the other process
 * @pages: so many are the same
 * @first: the target's address of the first of them
 * @comm: of the process, NUL-terminated
 */
struct mapper {
	struct mm_struct *mm;
	pid_t tgid;
	pid_t pid;
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
 * struct mappers - a pass
 * @nr: how many
 * @more: there are others behind the last of them
 * @mapper: in the order of their processes and addresses
 */
struct mappers {
	unsigned int nr;
	bool more;
	struct mapper mapper[MAPPERS_NR];
};

/**
 * mappers_find() - who may map the pages of [@start, @end), from the kernel's reverse maps
 * @mappers: to fill; it has none
 * @vma: the target's
 * @start: in @vma, page aligned
 * @end: in @vma, likewise
 * @after: only those that come behind it in order; NULL for the first pass
 *
 * They are candidates: whether they map a page tells only a look at their page tables.  Areas of
 * the target's own mm, and of processes that are being made or are gone, are left out.
 *
 * Context: mmap_lock held for reading.  Takes i_mmap_rwsem of the file and the rwsem of the anon_vma
 * for reading, for as long as it takes to pass each area that is in their trees once.
 * Return: how many areas were looked at.
 */
unsigned int mappers_find(struct mappers *mappers, struct vm_area_struct *vma, unsigned long start,
			  unsigned long end, const struct mapper *after);

/* Give back one reference, or those that are left. Process context, no lock of a target. */
void mapper_put(struct mapper *mapper);
void mappers_put(struct mappers *mappers);

#endif
