// SPDX-License-Identifier: GPL-2.0
/* uffd.c - areas in, the userfaultfds that watch them out, numbered as they come. */
#include <linux/slab.h>

#include "compat/compat.h"
#include "compat/userfaultfd.h"
#include "rmap/uffd.h"
#include "walk/walk.h"

struct uffd *uffd_new(void)
{
	struct uffd *uffd = kzalloc(sizeof(*uffd), GFP_KERNEL_ACCOUNT);

	BUILD_BUG_ON(sizeof(*uffd) > 2048);
	if (uffd)
		xa_init_flags(&uffd->contexts, XA_FLAGS_ACCOUNT);
	return uffd;
}

void uffd_free(struct uffd *uffd)
{
	struct uffd_context *context;
	unsigned long key;

	if (!uffd)
		return;
	xa_for_each(&uffd->contexts, key, context)
		kfree(context);
	xa_destroy(&uffd->contexts);
	kfree(uffd);
}

static void add_area(struct uffd *uffd, struct vm_area_struct *vma)
{
	uffd->area[uffd->nr_areas++] = (struct uffd_area){
		.start = max(vma->vm_start, uffd->last_end),
		.end = vma->vm_end,
		.ctx = vv_uffd_context(vma),
		.features = vv_uffd_features(vma),
		.modes = vv_uffd_modes(vma->vm_flags),
	};
}

bool uffd_find_areas(struct uffd *uffd, struct walk *walk, unsigned long start, unsigned long end)
{
	VMA_ITERATOR(vmi, walk->mm, max(uffd->last_end, start));
	struct vm_area_struct *vma;

	uffd->nr_areas = 0;
	while ((vma = vma_next(&vmi)) && vma->vm_start < end) {
		if (vv_uffd_context(vma))
			add_area(uffd, vma);
		uffd->last_end = vma->vm_end;
		walk->work += WALK_WORK_AREA;
		if (uffd->nr_areas == UFFD_AREAS || walk_time_is_up(walk))
			return false;
	}
	return true;
}

struct uffd_context *uffd_context(struct uffd *uffd, const struct uffd_area *area)
{
	struct uffd_context *context = xa_load(&uffd->contexts, uffd_key(area->ctx));

	if (context)
		return context;
	context = kmalloc(sizeof(*context), GFP_KERNEL_ACCOUNT);
	if (!context)
		return NULL;
	*context = (struct uffd_context){ area->ctx, area->start, uffd->nr_contexts + 1 };
	if (xa_err(xa_store(&uffd->contexts, uffd_key(area->ctx), context, GFP_KERNEL_ACCOUNT))) {
		kfree(context);
		return NULL;
	}
	uffd->nr_contexts++;
	return context;
}

bool uffd_still(const struct uffd_context *context, struct mm_struct *mm)
{
	struct vm_area_struct *vma = find_vma(mm, context->area);

	return vma && vma->vm_start <= context->area && vv_uffd_context(vma) == context->ctx;
}
