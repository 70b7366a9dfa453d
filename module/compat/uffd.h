/* SPDX-License-Identifier: GPL-2.0 */
/* uffd.h - how an area is registered with a userfaultfd, and what that was asked to do. */
#ifndef VMAVIEW_COMPAT_UFFD_H
#define VMAVIEW_COMPAT_UFFD_H

#include <linux/mm.h>
#include <linux/userfaultfd_k.h>

#ifdef CONFIG_USERFAULTFD
#define VV_VM_UFFD_WP		VM_UFFD_WP
#else
#define VV_VM_UFFD_WP		0
#endif

#if HAVE_VM_UFFD_RWP
#define VV_VM_UFFD_RWP		VM_UFFD_RWP
#else
#define VV_VM_UFFD_RWP		0
#endif

/*
 * userfaultfd_ctx.features; 0 where no userfaultfd is registered, or where its struct is hidden in
 * fs/userfaultfd.c: there all but UFFD_FEATURE_SIGBUS of what decides faults did not exist yet.
 * The area keeps the context; the caller holds mmap_lock.
 */
static inline unsigned int vv_uffd_features(struct vm_area_struct *vma)
{
#if HAVE_USERFAULTFD_CTX && defined(CONFIG_USERFAULTFD)
	struct userfaultfd_ctx *ctx = vma->vm_userfaultfd_ctx.ctx;

	return ctx ? READ_ONCE(ctx->features) : 0;
#else
	return 0;
#endif
}

#ifdef UFFD_FEATURE_WP_ASYNC
#define VV_UFFD_WP_ASYNC	UFFD_FEATURE_WP_ASYNC
#else
#define VV_UFFD_WP_ASYNC	0
#endif

#ifdef UFFD_FEATURE_RWP_ASYNC
#define VV_UFFD_RWP_ASYNC	UFFD_FEATURE_RWP_ASYNC
#else
#define VV_UFFD_RWP_ASYNC	0
#endif

#endif
