/* SPDX-License-Identifier: GPL-2.0 */
/* x86_vmflags.h - bits of vm_flags that x86 has. */
#ifndef VMAVIEW_X86_VMFLAGS_H
#define VMAVIEW_X86_VMFLAGS_H

#include <linux/mm.h>

/* CONFIG_ARCH_PKEY_BITS is 4. */
#ifdef CONFIG_ARCH_HAS_PKEYS
#define X86_VMFLAGS_PKEY(ENTRY) ENTRY(VM_PKEY_BIT3, "", "pkey_bit3")
#else
#define X86_VMFLAGS_PKEY(ENTRY)
#endif

/* Kernels without an option for all architectures. */
#if defined(CONFIG_X86_USER_SHADOW_STACK) && !defined(CONFIG_ARCH_HAS_USER_SHADOW_STACK)
#define X86_VMFLAGS_SHADOW_STACK(ENTRY) ENTRY(VM_SHADOW_STACK, "ss", "shadow_stack")
#else
#define X86_VMFLAGS_SHADOW_STACK(ENTRY)
#endif

#define VV_VMFLAGS_ARCH(ENTRY) \
	X86_VMFLAGS_PKEY(ENTRY) \
	X86_VMFLAGS_SHADOW_STACK(ENTRY)

#endif
