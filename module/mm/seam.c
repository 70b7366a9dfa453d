// SPDX-License-Identifier: GPL-2.0
/*
 * seam.c - two areas that touch in, what keeps them apart out: what vma_merge() and its heirs compare, see enum
 * vmaview_seam_field.  Pointers are compared, never followed but for policies, operations and names, which the
 * area keeps.  Caller holds mmap_lock for reading.
 */
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "compat/compat.h"
#include "compat/merge.h"
#include "compat/userfaultfd.h"
#include "mm/seam.h"

static bool flags_differ(const struct vm_area_struct *left, const struct vm_area_struct *right)
{
	vm_flags_t differ = (left->vm_flags ^ right->vm_flags) & ~(VV_VM_IGNORE_MERGE | VV_VM_UFFD);

	return differ || (left->vm_flags | right->vm_flags) & VM_SPECIAL;
}

/* Of the same file, or of none. */
static bool offset_differs(struct vm_area_struct *left, struct vm_area_struct *right)
{
	bool cow = (left->vm_flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE;

	return left->vm_pgoff + vma_pages(left) != right->vm_pgoff ||
	       (left->vm_file && cow && vv_anon_end(left) - vv_anon_start(right) !=
		left->vm_pgoff + vma_pages(left) - right->vm_pgoff);
}

static bool uffd_differs(struct vm_area_struct *left, struct vm_area_struct *right)
{
	return vv_uffd_context(left) != vv_uffd_context(right) ||
	       (left->vm_flags ^ right->vm_flags) & VV_VM_UFFD;
}

static bool name_differs(struct vm_area_struct *left, struct vm_area_struct *right)
{
	const char *one = vv_anon_vma_name(left), *other = vv_anon_vma_name(right);

	return one && other ? strcmp(one, other) : one != other;
}

static bool closes(const struct vm_area_struct *vma)
{
	return vma->vm_ops && vma->vm_ops->close;
}

static u32 anon_of(const struct vm_area_struct *vma)
{
	if (!vma->anon_vma)
		return VMAVIEW_SEAM_ANON_NONE;
	return list_is_singular(&vma->anon_vma_chain) ? VMAVIEW_SEAM_ANON_OWN : VMAVIEW_SEAM_ANON_FORKED;
}

/*
 * Do they differ in it?  __anon_vma_prepare() in mm/rmap.c, of a fault, gives an area its anon_vma and the chain to it
 * under page_table_lock; all else that changes them has mmap_lock for writing.
 */
static bool fill_anon(struct vmaview_seam *seam, struct vm_area_struct *left, struct vm_area_struct *right)
{
	spinlock_t *lock = &left->vm_mm->page_table_lock;
	bool same;

	spin_lock(lock);
	seam->anon[0] = anon_of(left);
	seam->anon[1] = anon_of(right);
	same = left->anon_vma == right->anon_vma;
	spin_unlock(lock);
	if (seam->anon[0] && seam->anon[1])
		return !same;
	return max(seam->anon[0], seam->anon[1]) == VMAVIEW_SEAM_ANON_FORKED;
}

void seam_fill(struct vmaview_seam *seam, struct vm_area_struct *left, struct vm_area_struct *right)
{
	bool file = left->vm_file != right->vm_file;

	*seam = (struct vmaview_seam){
		.header = seam->header,
		.start = left->vm_start,
		.at = right->vm_start,
		.end = right->vm_end,
		.vm_flags = { left->vm_flags, right->vm_flags },
		.offset = { (u64)(left->vm_pgoff + vma_pages(left)) << PAGE_SHIFT, (u64)right->vm_pgoff << PAGE_SHIFT },
		.nodes = { vv_policy_nodes(left), vv_policy_nodes(right) },
		.policy = { vv_policy(left), vv_policy(right) },
		.uffd = { vv_uffd_modes(left->vm_flags), vv_uffd_modes(right->vm_flags) },
	};
	seam->differ = (flags_differ(left, right) ? VMAVIEW_SEAM_FLAGS : 0) |
		       (file ? VMAVIEW_SEAM_FILE : 0) |
		       (!file && offset_differs(left, right) ? VMAVIEW_SEAM_OFFSET : 0) |
		       (fill_anon(seam, left, right) ? VMAVIEW_SEAM_ANON_VMA : 0) |
		       (vv_policy_equal(left, right) ? 0 : VMAVIEW_SEAM_POLICY) |
		       (uffd_differs(left, right) ? VMAVIEW_SEAM_UFFD : 0) |
		       (name_differs(left, right) ? VMAVIEW_SEAM_NAME : 0) |
		       (closes(left) || closes(right) ? VMAVIEW_SEAM_OPS : 0);
}
