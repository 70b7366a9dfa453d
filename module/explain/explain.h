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

#endif
