/* SPDX-License-Identifier: GPL-2.0 */
/* merge.h - what the kernel compares of two areas before it makes them one.  Callers hold mmap_lock. */
#ifndef VMAVIEW_COMPAT_MERGE_H
#define VMAVIEW_COMPAT_MERGE_H

#include <linux/mempolicy.h>
#include <linux/mm.h>
#include <linux/nodemask.h>

#include "compat/rmap.h"

/* Flags in which they may differ: the new area has those of both. */
#ifdef VMA_IGNORE_MERGE_FLAGS
#define VV_VM_IGNORE_MERGE	vma_flags_to_legacy(VMA_IGNORE_MERGE_FLAGS)
#elif defined(VM_IGNORE_MERGE)
#define VV_VM_IGNORE_MERGE	VM_IGNORE_MERGE
#else
#define VV_VM_IGNORE_MERGE	VM_SOFTDIRTY
#endif

/* In pages: where the anonymous pages of an area end, as vma_end_anon_pgoff() has it. */
static inline unsigned long vv_anon_end(struct vm_area_struct *vma)
{
	return vv_anon_start(vma) + vma_pages(vma);
}

#ifdef CONFIG_NUMA

/* MPOL_ and MPOL_F_ as mbind(2) takes them; 0 for an area that has no policy of its own. */
static inline u32 vv_policy(struct vm_area_struct *vma)
{
	const struct mempolicy *policy = vma_policy(vma);

	return policy ? policy->mode | (policy->flags & MPOL_MODE_FLAGS) : 0;
}

/* Of its nodes as many as a word has. */
static inline u64 vv_policy_nodes(struct vm_area_struct *vma)
{
	const struct mempolicy *policy = vma_policy(vma);

	return policy && policy->mode != MPOL_LOCAL ? nodes_addr(policy->nodes)[0] : 0;
}

/* __mpol_equal() in mm/mempolicy.c, which is not exported. */
static inline bool vv_policy_equal(struct vm_area_struct *one, struct vm_area_struct *other)
{
	const struct mempolicy *a = vma_policy(one), *b = vma_policy(other);

	if (a == b || !a || !b)
		return a == b;
	if (a->mode != b->mode || a->flags != b->flags || a->home_node != b->home_node)
		return false;
	if (a->flags & (MPOL_F_STATIC_NODES | MPOL_F_RELATIVE_NODES) &&
	    !nodes_equal(a->w.user_nodemask, b->w.user_nodemask))
		return false;
	return a->mode == MPOL_LOCAL || nodes_equal(a->nodes, b->nodes);
}

#else

static inline u32 vv_policy(struct vm_area_struct *vma)
{
	return 0;
}

static inline u64 vv_policy_nodes(struct vm_area_struct *vma)
{
	return 0;
}

static inline bool vv_policy_equal(struct vm_area_struct *one, struct vm_area_struct *other)
{
	return true;
}

#endif

#endif
