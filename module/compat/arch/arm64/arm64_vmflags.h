/* SPDX-License-Identifier: GPL-2.0 */
/* arm64_vmflags.h - bits of vm_flags that arm64 has. */
#ifndef VMAVIEW_ARM64_VMFLAGS_H
#define VMAVIEW_ARM64_VMFLAGS_H

#include <linux/mm.h>

#ifdef CONFIG_ARM64_BTI
#define ARM64_VMFLAGS_BTI(ENTRY) ENTRY(VM_ARM64_BTI, "bt", "arm64_bti")
#else
#define ARM64_VMFLAGS_BTI(ENTRY)
#endif

#ifdef CONFIG_ARM64_MTE
#define ARM64_VMFLAGS_MTE(ENTRY) \
	ENTRY(VM_MTE, "mt", "mte") \
	ENTRY(VM_MTE_ALLOWED, "", "mte_allowed")
#else
#define ARM64_VMFLAGS_MTE(ENTRY)
#endif

#define VV_VMFLAGS_ARCH(ENTRY) \
	ARM64_VMFLAGS_BTI(ENTRY) \
	ARM64_VMFLAGS_MTE(ENTRY)

#endif
