/* SPDX-License-Identifier: GPL-2.0 */
/* rmap.h - the trees in which the kernel finds who maps a page, and whose an mm is. */
#ifndef VMAVIEW_COMPAT_RMAP_H
#define VMAVIEW_COMPAT_RMAP_H

#include <linux/fs.h>
#include <linux/interval_tree_generic.h>
#include <linux/mm.h>
#include <linux/rmap.h>

static inline unsigned long vv_file_start(const struct vm_area_struct *vma)
{
	return vma->vm_pgoff;
}

static inline unsigned long vv_file_last(const struct vm_area_struct *vma)
{
	return vv_file_start(vma) + ((vma->vm_end - vma->vm_start) >> PAGE_SHIFT) - 1;
}

/* The key of the trees of anonymous memory: avc_start_pgoff() in mm/interval_tree.c. */
static inline unsigned long vv_anon_start(const struct vm_area_struct *vma)
{
#if HAVE_ANON_PGOFF
	return vma_start_anon_pgoff(vma);
#else
	return vma->vm_pgoff;
#endif
}

static inline unsigned long vv_avc_start(const struct anon_vma_chain *avc)
{
	return vv_anon_start(avc->vma);
}

static inline unsigned long vv_avc_last(const struct anon_vma_chain *avc)
{
	return vv_avc_start(avc) + vma_pages(avc->vma) - 1;
}

/* The kernel's own functions for its trees are not exported: the same template, the same keys. */
INTERVAL_TREE_DEFINE(struct vm_area_struct, shared.rb, unsigned long, shared.rb_subtree_last,
		     vv_file_start, vv_file_last, static inline, vv_file_tree)
INTERVAL_TREE_DEFINE(struct anon_vma_chain, rb, unsigned long, rb_subtree_last,
		     vv_avc_start, vv_avc_last, static inline, vv_anon_tree)

/*
 * The first node, in the order of their first page, that begins at @from or after it and overlaps [first, last];
 * nodes that begin at the same page are in the order in which they came.  PREFIX_iter_next() goes on from there.
 */
#define VV_TREE_FROM(STRUCT, RB, START, LAST, PREFIX)					\
static inline STRUCT *PREFIX ## _from(struct rb_root_cached *root, unsigned long first,	\
				      unsigned long last, unsigned long from)		\
{											\
	struct rb_node *rb = root->rb_root.rb_node;					\
	STRUCT *found = NULL;								\
											\
	while (rb) {									\
		STRUCT *node = rb_entry(rb, STRUCT, RB);				\
											\
		if (START(node) >= from)						\
			found = node;							\
		rb = START(node) >= from ? rb->rb_left : rb->rb_right;			\
	}										\
	if (!found || START(found) > last)						\
		return NULL;								\
	return first <= LAST(found) ? found : PREFIX ## _iter_next(found, first, last);	\
}

VV_TREE_FROM(struct vm_area_struct, shared.rb, vv_file_start, vv_file_last, vv_file_tree)
VV_TREE_FROM(struct anon_vma_chain, rb, vv_avc_start, vv_avc_last, vv_anon_tree)

#ifdef CONFIG_MEMCG
#define VV_KNOW_OWNER	1
#else
#define VV_KNOW_OWNER	0
#endif

/* A task that uses @mm, NULL while it has none. Under RCU. */
static inline struct task_struct *vv_mm_owner(struct mm_struct *mm)
{
#ifdef CONFIG_MEMCG
	return rcu_dereference(mm->owner);
#else
	return NULL;
#endif
}

#endif
