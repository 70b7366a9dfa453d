/* SPDX-License-Identifier: GPL-2.0 */
/* walk.h - the walk through one area: how far it is, and what it has seen, into the sums of a vmaview_area. */
#ifndef VMAVIEW_WALK_H
#define VMAVIEW_WALK_H

#include <linux/mm.h>
#include <vmaview.h>

#include "judge/classify.h"
#include "judge/leaf.h"
#include "judge/tally.h"
#include "walk/run.h"

/** enum walk_swap - where smaps finds the swapped pages of a shmem area: smap_gather_stats() */
enum walk_swap {
	WALK_SWAP_ENTRIES,	/* in swap entries only */
	WALK_SWAP_RANGE,	/* and in the file, wherever the area maps it */
	WALK_SWAP_HOLES,	/* and in the file, below entries that are none */
};

/**
 * struct entry - what a run says of an entry beyond its leaf
 * @pfn: it names, VMAVIEW_UNKNOWN64 for none
 * @swap_offset: of a swap entry, else VMAVIEW_UNKNOWN64
 * @page: enum vmaview_page_bits that an entry without a page has
 * @swap_type: of a swap entry, else VMAVIEW_UNKNOWN
 * @bits: enum vmaview_entry_bits that a leaf has not
 * @level: of the table that it is in
 */
struct entry {
	u64 pfn;
	u64 swap_offset;
	u64 page;
	u32 swap_type;
	u32 bits;
	u8 level;
};

/* Kinds of pages of several areas that are kept; more make room for each other. */
#define WALK_ALIKE_NR 4

/**
 * struct walk_alike - pages that are alike, in areas that are, too
 * @leaf: the facts of each
 * @rules: how they are judged
 * @nr: how many there are, not yet in the sums
 */
struct walk_alike {
	struct leaf leaf;
	struct rules rules;
	u64 nr;
};

struct kinds;
struct sections;
struct vv_absent;

/**
 * struct walk - the walk through one area, over as many holds of mmap_lock as it takes
 * @vma: the area; set by each hold anew
 * @mm: its mm; set by walk_hold(), as are @deadline, @work and @time_is_up
 * @deadline: ktime_get_ns() at which the hold should end
 * @time_is_up: it should end now; whoever asks once more gets the same answer
 * @area_only: the hold is of the area's own lock, not of mmap_lock; set after walk_hold()
 * @area: where the sums go
 * @rules: how to judge its pages
 * @swap: where to look for swapped pages of shmem
 * @end: where to stop; vm_end unless the owner sets less after walk_begin()
 * @runs: where runs go, NULL for none
 * @kinds: memory for pages that are alike; NULL where pages are not noted
 * @alike: WALK_ALIKE_NR, where many areas have one record; NULL where each has its own
 * @sections: of pfns, those that are known to have all struct pages, in one hold; NULL where few pages are looked at
 * @work: entries of tables and files, and areas, since the clock was last read, which was at @looked
 * @entries: entries read so far, at all levels
 * @retries: tables that changed before their lock was taken
 *
 * Private:
 * @alike_oldest: of @alike, the one that makes room next
 * @batch: facts of the last pages seen, @batch_nr of them, not yet in the sums
 * @flags_seen: flags of the last folio; @flags_bits is what they mean
 * @subsection: one of pfns that is known to have struct pages; ~0 in a new hold
 * @pmds: the last table of PMDs, which serves the addresses from @pmds_start on, within one hold;
 *	~0 in a new one
 * @cut: where the walk stopped for want of room, among entries of @cut_level; ~0 anywhere else
 * @large: a large folio whose @large_mapcount was summed, within one hold of a table's lock
 */
struct walk {
	struct vm_area_struct *vma;
	struct mm_struct *mm;
	u64 deadline;
	struct vmaview_area *area;
	struct rules rules;
	enum walk_swap swap;
	unsigned long end;
	struct run_sink *runs;
	struct kinds *kinds;
	struct walk_alike *alike;
	struct sections *sections;
	bool time_is_up;
	bool area_only;
	unsigned int work;
	u64 looked;
	u64 entries;
	u64 retries;

	/* private: */
	unsigned int alike_oldest;
	struct leaf batch;
	u64 batch_nr;
	unsigned long flags_seen;
	u32 flags_bits;
	unsigned long subsection;
	pmd_t *pmds;
	unsigned long pmds_start;
	unsigned long cut;
	u8 cut_level;
	struct folio *large;
	u32 large_mapcount;
};

/* sections.c: no section is known.  Other memory may be there in the next hold. */
void sections_forget(struct sections *sections);

/* A hold of mmap_lock, or of an area, began at @start and should end at @deadline. Before anything else in it. */
static inline void walk_hold(struct walk *walk, struct mm_struct *mm, u64 start, u64 deadline)
{
	walk->mm = mm;
	walk->looked = start;
	walk->deadline = deadline;
	walk->work = 0;
	walk->time_is_up = false;
	walk->area_only = false;
	walk->subsection = ~0UL;
	if (walk->sections)
		sections_forget(walk->sections);
	walk->pmds_start = ~0UL;
}

/*
 * Should this hold of mmap_lock end: is its time up, or does somebody wait for the lock or the CPU?
 * Looked at after every WALK_WORK entries only, an area counting for WALK_WORK_AREA: a hold that
 * somebody waits for from its beginning gets on, too.
 */
#define WALK_WORK	128
#define WALK_WORK_AREA	16
bool walk_time_is_up(struct walk *walk);

/* Can whatever the walk meets next become a run?  Asked before each table, so that it gets on. */
static inline bool walk_has_room(const struct walk *walk)
{
	return !walk->runs || run_has_room(walk->runs);
}

/* Has the walk stopped within a table for want of room for runs?  Then @walk->runs->resume says where. */
static inline bool walk_is_full(const struct walk *walk)
{
	return walk->runs && walk->runs->full;
}

/*
 * Where what serves @addr with entries of @span bytes ends, or @end where that comes first: pmd_addr_end() for
 * any size.  An area may begin and end inside an entry, clipped by what was reported before it or by the
 * range that is asked for.  @addr is below @end, and no sum wraps.
 */
static inline unsigned long walk_entry_end(unsigned long addr, unsigned long end, unsigned long span)
{
	unsigned long next = (addr | (span - 1)) + 1;

	return next - 1 < end - 1 ? next : end;
}

/* How many entries of @span bytes serve [addr, end), which is not empty. */
static inline unsigned long walk_nr_entries(unsigned long addr, unsigned long end, unsigned long span)
{
	return (end - 1) / span - addr / span + 1;
}

/* Is @addr the first address of the area that a table of @span bytes serves?  Then the table is new. */
static inline bool walk_enters_table(const struct walk *walk, unsigned long addr, unsigned long span)
{
	return addr == walk->area->start || !(addr & (span - 1));
}

static inline void walk_count_table(struct walk *walk, unsigned long addr, unsigned long span)
{
	if (walk_enters_table(walk, addr, span))
		walk->area->tables += PAGE_SIZE;
}

/* Which page of its file @vma has at @addr.  linear_page_index() counts in huge pages of hugetlb on some kernels. */
static inline pgoff_t file_index(const struct vm_area_struct *vma, unsigned long addr)
{
	return vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT);
}

static inline bool leaf_equal(const struct leaf *a, const struct leaf *b)
{
	const u64 *x = (const u64 *)a, *y = (const u64 *)b;

	BUILD_BUG_ON(sizeof(struct leaf) != 3 * sizeof(u64));
	return x[0] == y[0] && x[1] == y[1] && x[2] == y[2];
}

/* walk.c: add the batch to those of other areas that are alike. */
void walk_keep(struct walk *walk);

/* walk.c: what of areas that were walked is not in the sums yet gets there. @area: where all have theirs. */
void walk_settle(struct walk *walk, struct vmaview_area *area);

/* Empty the batch into the sums. */
static inline void walk_flush(struct walk *walk)
{
	if (walk->batch_nr && walk->alike)
		walk_keep(walk);
	else if (walk->batch_nr)
		tally_pages(walk->area, &walk->batch, &walk->rules, walk->batch_nr);
	walk->batch_nr = 0;
}

/* @nr pages with the facts of @leaf. */
static inline void walk_note(struct walk *walk, const struct leaf *leaf, u64 nr)
{
	if (!leaf_equal(&walk->batch, leaf)) {
		walk_flush(walk);
		walk->batch = *leaf;
	}
	walk->batch_nr += nr;
}

#endif
