/* SPDX-License-Identifier: GPL-2.0 */
/* explain.h - an address of a target in, all there is to say of it out. */
#ifndef VMAVIEW_EXPLAIN_H
#define VMAVIEW_EXPLAIN_H

#include <linux/mm.h>
#include <vmaview.h>

#include "judge/verdict.h"
#include "walk/run.h"
#include "walk/walk.h"

struct task_struct;

/**
 * struct explain - what outlives one answer
 * @mm: of the target, locked
 * @task: who would do the access: its limits and its rights to protection keys count; referenced
 * @walk: of the area that the address is in
 *
 * Private:
 * @scratch: takes the sums of @walk, which nobody wants
 * @runs: takes no runs, but remembers what the flags of the last folio mean
 * @facts: of the address in work
 */
struct explain {
	struct mm_struct *mm;
	struct task_struct *task;
	struct walk walk;

	/* private: */
	struct vmaview_area scratch;
	struct run_sink runs;
	struct verdict_facts facts;
};

/**
 * explain_address() - answer for one address
 * @explain: mm and task are set, walk_hold() was called on its walk in this hold
 * @answer: to fill, every byte of it
 * @address: any number
 *
 * Takes no reference, touches no page, waits for nothing but locks.
 *
 * Context: mmap_lock held for reading.  Takes and drops RCU, page-table locks and, for hugetlb,
 * i_mmap_rwsem of the file for reading.
 */
void explain_address(struct explain *explain, struct vmaview_explain *answer, u64 address);

/* explain_walk.c: the page of an address where nothing is mapped. */
void explain_nothing(struct explain *explain, struct vmaview_explain *answer);
/*
 * explain_walk.c: the levels, the page, and of @explain->facts the leaf and the bits of the entry.
 * answer->address is in explain->walk.vma.
 */
void explain_walk(struct explain *explain, struct vmaview_explain *answer);

/* explain_supply.c: is there memory for one more page of a file of shmem? */
enum verdict_supply explain_shmem_supply(struct inode *inode);
/* explain_supply.c: for huge page @index of a hugetlb file, and whose the reservations are. */
void explain_hugetlb_supply(struct verdict_facts *facts, struct vm_area_struct *vma, long index);

/* explain_area.c: what @vma says for @explain->facts, and for @answer where it has @address. */
void explain_area(struct explain *explain, struct vmaview_explain *answer,
		  struct vm_area_struct *vma, unsigned long address);

#endif
