// SPDX-License-Identifier: GPL-2.0
/*
 * explain.c - an address of a target in, its area or gap, its translation and three verdicts out.
 *
 * Caller holds mmap_lock for reading.  Page tables are followed below an area only: those of a gap may
 * be freed while the lock is held.
 */
#include <linux/sched/signal.h>

#include "compat/canonical.h"
#include "compat/compat.h"
#include "explain/explain.h"
#include "explain/explain_area.h"
#include "explain/explain_walk.h"
#include "mm/target.h"
#include "walk/walk_span.h"

/* stack_guard_gap and mmap_min_addr are not exported: what they are unless somebody set them. */
#define STACK_GUARD_GAP	(256UL << PAGE_SHIFT)
#ifdef CONFIG_DEFAULT_MMAP_MIN_ADDR
#define MMAP_MIN_ADDR_SET	((unsigned long)CONFIG_DEFAULT_MMAP_MIN_ADDR)
#else
#define MMAP_MIN_ADDR_SET	0UL
#endif
/* update_mmap_min_addr() takes the larger one. */
#ifdef CONFIG_LSM_MMAP_MIN_ADDR
#define MMAP_MIN_ADDR	max(MMAP_MIN_ADDR_SET, (unsigned long)CONFIG_LSM_MMAP_MIN_ADDR)
#else
#define MMAP_MIN_ADDR	MMAP_MIN_ADDR_SET
#endif

/* The area at an address, or those on both sides of it. */
struct neighbours {
	struct vm_area_struct *at;
	struct vm_area_struct *below;
	struct vm_area_struct *above;
};

/* find_vma_prev() is not exported. */
static struct neighbours find_neighbours(struct mm_struct *mm, unsigned long address)
{
	MA_STATE(mas, &mm->mm_mt, address, address);
	struct neighbours found = { .at = mas_walk(&mas) };

	if (found.at)
		return found;
	found.below = mas_prev(&mas, 0);
	mas_set(&mas, address);
	found.above = mas_find(&mas, ULONG_MAX);
	return found;
}

/* acct_stack_growth() and may_expand_vm(); limits of mlock() and of overcommit are not foreseen. */
static bool stack_may_grow(struct explain *explain, struct vm_area_struct *stack, unsigned long page)
{
	unsigned long grown = (stack->vm_start - page) >> PAGE_SHIFT;

	return stack->vm_end - page <= task_rlimit(explain->task, RLIMIT_STACK) &&
	       explain->mm->total_vm + grown <= task_rlimit(explain->task, RLIMIT_AS) >> PAGE_SHIFT;
}

/* expand_downwards(), in its order. */
static enum verdict_place place_in_gap(struct explain *explain, const struct neighbours *found,
				       unsigned long address)
{
	struct vm_area_struct *stack = found->above, *below = found->below;
	unsigned long page = address & PAGE_MASK;

	if (!stack || !(stack->vm_flags & VM_GROWSDOWN))
		return PLACE_GAP;
	if (page < MMAP_MIN_ADDR)
		return PLACE_STACK_LOW;
	if (below && !(below->vm_flags & VM_GROWSDOWN) && vma_is_accessible(below) &&
	    page - below->vm_end < STACK_GUARD_GAP)
		return PLACE_STACK_GAP;
	if (!stack_may_grow(explain, stack, page))
		return PLACE_STACK_LIMIT;
	return PLACE_STACK;
}

static void answer_gap(struct explain *explain, struct vmaview_explain *answer,
		       const struct neighbours *found)
{
	answer->end = target_end(explain->mm);
	if (found->below) {
		answer->flags |= VMAVIEW_EXPLAIN_BELOW;
		answer->below = found->below->vm_start;
		answer->start = found->below->vm_end;
	}
	if (found->above) {
		answer->flags |= VMAVIEW_EXPLAIN_ABOVE;
		answer->above = found->above->vm_end;
		answer->end = found->above->vm_start;
	}
}

static void explain_gap(struct explain *explain, struct vmaview_explain *answer,
			const struct neighbours *found)
{
	answer_gap(explain, answer, found);
	explain->facts.place = place_in_gap(explain, found, answer->address);
	if (explain->facts.place == PLACE_STACK)
		explain_area(explain, answer, found->above, answer->address);
}

static void explain_mapped(struct explain *explain, struct vmaview_explain *answer,
			   struct vm_area_struct *vma)
{
	explain->scratch = (struct vmaview_area){ .kernel_page_size = PAGE_SIZE };
	walk_begin(&explain->walk, vma, &explain->scratch);
	explain->facts.place = PLACE_AREA;
	explain->facts.rules = explain->walk.rules;
	explain_area(explain, answer, vma, answer->address);
	explain_walk(explain, answer);
}

/* What no area can have: all the rest of the addresses is one gap. */
static void explain_beyond(struct explain *explain, struct vmaview_explain *answer)
{
	explain->facts.place = vv_is_refused_address(answer->address) ? PLACE_REFUSED : PLACE_NOT_USER;
	answer->start = target_end(explain->mm);
	answer->end = U64_MAX;
}

/* Beyond the end of a program of 32 bits there are areas while exec() still makes it. */
static void explain_place(struct explain *explain, struct vmaview_explain *answer)
{
	struct neighbours found = { .at = NULL };

	if (answer->address < TASK_SIZE_MAX)
		found = find_neighbours(explain->mm, answer->address);
	if (found.at)
		explain_mapped(explain, answer, found.at);
	else if (answer->address < target_end(explain->mm))
		explain_gap(explain, answer, &found);
	else
		explain_beyond(explain, answer);
}

void explain_address(struct explain *explain, struct vmaview_explain *answer, u64 address)
{
	int access;

	/* Until all is said of it: where the processor goes. */
	*answer = (struct vmaview_explain){ .size = sizeof(*answer), .address = vv_untagged(address) };
	explain->facts = (struct verdict_facts){ .leaf = { .state = LEAF_STATE_NONE } };
	explain_nothing(explain, answer);
	explain_place(explain, answer);
	for (access = VMAVIEW_READ; access <= VMAVIEW_EXEC; access++) {
		struct verdict verdict = verdict_of(&explain->facts, access);

		answer->verdict[access] = verdict.word;
		answer->why[access] = verdict.why;
	}
	answer->address = address;
}
