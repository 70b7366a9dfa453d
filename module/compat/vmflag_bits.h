/* SPDX-License-Identifier: GPL-2.0 */
/*
 * vmflag_bits.h - the bits of vm_flags that only some kernels, configurations or architectures have.
 *
 * A list for each, empty where there is none; @ENTRY makes an element of a table of a flag, its mnemonic and its
 * word.  What smaps guards with a config option is guarded in the same way, as it prints "??" without:
 * show_smap_vma_flags() in fs/proc/task_mmu.c.
 */
#ifndef VMAVIEW_COMPAT_VMFLAG_BITS_H
#define VMAVIEW_COMPAT_VMFLAG_BITS_H

#include <linux/mm.h>

#include "compat/arch/arch.h"

#ifdef CONFIG_USERFAULTFD
#define VV_VMFLAGS_UFFD(ENTRY) \
	ENTRY(VM_UFFD_MISSING, "um", "uffd_missing") \
	ENTRY(VM_UFFD_WP, "uw", "uffd_wp")
#else
#define VV_VMFLAGS_UFFD(ENTRY)
#endif

#ifdef CONFIG_HAVE_ARCH_USERFAULTFD_MINOR
#define VV_VMFLAGS_UFFD_MINOR(ENTRY) ENTRY(VM_UFFD_MINOR, "ui", "uffd_minor")
#else
#define VV_VMFLAGS_UFFD_MINOR(ENTRY)
#endif

#ifdef CONFIG_USERFAULTFD_RWP
#define VV_VMFLAGS_UFFD_RWP(ENTRY) ENTRY(VM_UFFD_RWP, "ur", "uffd_rwp")
#else
#define VV_VMFLAGS_UFFD_RWP(ENTRY)
#endif

#ifdef VM_MAYBE_GUARD
#define VV_VMFLAGS_GUARD(ENTRY) ENTRY(VM_MAYBE_GUARD, "gu", "maybe_guard")
#else
#define VV_VMFLAGS_GUARD(ENTRY)
#endif

#ifdef VM_DROPPABLE	/* younger than the mnemonic, which 6.1 does not have */
#define VV_VMFLAGS_LOCKONFAULT(ENTRY) ENTRY(VM_LOCKONFAULT, "lf", "lockonfault")
#else
#define VV_VMFLAGS_LOCKONFAULT(ENTRY) ENTRY(VM_LOCKONFAULT, "??", "lockonfault")
#endif

#if defined(VM_DROPPABLE) && defined(CONFIG_64BIT)
#define VV_VMFLAGS_DROPPABLE(ENTRY) ENTRY(VM_DROPPABLE, "dp", "droppable")
#else
#define VV_VMFLAGS_DROPPABLE(ENTRY)
#endif

#ifdef CONFIG_MEM_SOFT_DIRTY
#define VV_VMFLAGS_SOFT_DIRTY(ENTRY) ENTRY(VM_SOFTDIRTY, "sd", "softdirty")
#else
#define VV_VMFLAGS_SOFT_DIRTY(ENTRY)
#endif

#ifdef CONFIG_ARCH_HAS_PKEYS
#define VV_VMFLAGS_PKEYS(ENTRY) \
	ENTRY(VM_PKEY_BIT0, "", "pkey_bit0") \
	ENTRY(VM_PKEY_BIT1, "", "pkey_bit1") \
	ENTRY(VM_PKEY_BIT2, "", "pkey_bit2")
#else
#define VV_VMFLAGS_PKEYS(ENTRY)
#endif

#ifdef CONFIG_ARCH_HAS_USER_SHADOW_STACK
#define VV_VMFLAGS_SHADOW_STACK(ENTRY) ENTRY(VM_SHADOW_STACK, "ss", "shadow_stack")
#else
#define VV_VMFLAGS_SHADOW_STACK(ENTRY)
#endif

#ifdef VM_ALLOW_ANY_UNCACHED
#define VV_VMFLAGS_UNCACHED(ENTRY) ENTRY(VM_ALLOW_ANY_UNCACHED, "??", "allow_any_uncached")
#else
#define VV_VMFLAGS_UNCACHED(ENTRY)
#endif

#if defined(VM_SEALED) && defined(CONFIG_64BIT)
#define VV_VMFLAGS_SEALED(ENTRY) ENTRY(VM_SEALED, "sl", "sealed")
#else
#define VV_VMFLAGS_SEALED(ENTRY)
#endif

#ifndef VV_VMFLAGS_ARCH
#define VV_VMFLAGS_ARCH(ENTRY)
#endif

#define VV_VMFLAGS_AT_TIMES(ENTRY) \
	VV_VMFLAGS_UFFD(ENTRY) \
	VV_VMFLAGS_UFFD_MINOR(ENTRY) \
	VV_VMFLAGS_UFFD_RWP(ENTRY) \
	VV_VMFLAGS_GUARD(ENTRY) \
	VV_VMFLAGS_LOCKONFAULT(ENTRY) \
	VV_VMFLAGS_DROPPABLE(ENTRY) \
	VV_VMFLAGS_SOFT_DIRTY(ENTRY) \
	VV_VMFLAGS_PKEYS(ENTRY) \
	VV_VMFLAGS_SHADOW_STACK(ENTRY) \
	VV_VMFLAGS_UNCACHED(ENTRY) \
	VV_VMFLAGS_SEALED(ENTRY) \
	VV_VMFLAGS_ARCH(ENTRY)

#endif
