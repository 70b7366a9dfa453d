/* SPDX-License-Identifier: GPL-2.0 */
/* userfaultfd.h - how an area is registered with a userfaultfd, what that was asked to do, and its file. */
#ifndef VMAVIEW_COMPAT_USERFAULTFD_H
#define VMAVIEW_COMPAT_USERFAULTFD_H

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/userfaultfd.h>	/* which the other one leaves out without CONFIG_USERFAULTFD */
#include <linux/userfaultfd_k.h>
#include <vmaview.h>

#ifdef CONFIG_USERFAULTFD
#define VV_KNOW_UFFD		1
#define VV_VM_UFFD_WP		VM_UFFD_WP
#else
#define VV_KNOW_UFFD		0
#define VV_VM_UFFD_WP		0
#endif

#if HAVE_VM_UFFD_RWP
#define VV_VM_UFFD_RWP		VM_UFFD_RWP
#else
#define VV_VM_UFFD_RWP		0
#endif

/* All flags by which an area is registered. */
#define VV_VM_UFFD	(VM_UFFD_MISSING | VV_VM_UFFD_WP | VM_UFFD_MINOR | VV_VM_UFFD_RWP)

/* enum vmaview_uffd_modes of an area with these flags. */
static inline u32 vv_uffd_modes(vm_flags_t flags)
{
	return (flags & VM_UFFD_MISSING ? VMAVIEW_UFFD_MISSING : 0) |
	       (flags & VV_VM_UFFD_WP ? VMAVIEW_UFFD_WP : 0) |
	       (flags & VM_UFFD_MINOR ? VMAVIEW_UFFD_MINOR : 0) |
	       (flags & VV_VM_UFFD_RWP ? VMAVIEW_UFFD_RWP : 0);
}

/*
 * The context of the userfaultfd that watches @vma; NULL for none.  To be compared, never followed: the
 * area keeps it for as long as mmap_lock is held, userfaultfd_release() takes that for writing.
 */
static inline const void *vv_uffd_context(struct vm_area_struct *vma)
{
#ifdef CONFIG_USERFAULTFD
	return vma->vm_userfaultfd_ctx.ctx;
#else
	return NULL;
#endif
}

/*
 * The same of a file that cannot go away meanwhile; NULL for any but a userfaultfd.  Its operations are not
 * exported: it is an anonymous inode that only the kernel names so, as for pidfds in pidfd.h.
 */
static inline const void *vv_uffd_of_file(struct file *file)
{
	if (file_inode(file)->i_sb->s_magic == ANON_INODE_FS_MAGIC &&
	    !strcmp(file->f_path.dentry->d_name.name, "[userfaultfd]"))
		return file->private_data;
	return NULL;
}

#if HAVE_USERFAULTFD_CTX
#define VV_KNOW_UFFD_FEATURES	VV_KNOW_UFFD
#else
#define VV_KNOW_UFFD_FEATURES	0
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
