// SPDX-License-Identifier: GPL-2.0
/*
 * vmflags.c - vm_flags bits in, mnemonics and words out: show_smap_vma_flags() in fs/proc/task_mmu.c.
 *
 * A flag is in the list where this kernel's headers have its VM_ constant.  What smaps guards with
 * a config option is guarded here in the same way: there it prints "??".
 */
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/mm.h>

#include "mm/vmflags.h"

#define FLAG(flag, letters, name) [ilog2(flag)] = { letters, name }

struct vmflag vmflags[VMFLAGS_NR] = {
	FLAG(VM_READ, "rd", "read"),
	FLAG(VM_WRITE, "wr", "write"),
	FLAG(VM_EXEC, "ex", "exec"),
	FLAG(VM_SHARED, "sh", "shared"),
	FLAG(VM_MAYREAD, "mr", "mayread"),
	FLAG(VM_MAYWRITE, "mw", "maywrite"),
	FLAG(VM_MAYEXEC, "me", "mayexec"),
	FLAG(VM_MAYSHARE, "ms", "mayshare"),
	FLAG(VM_GROWSDOWN, "gd", "growsdown"),
#ifdef CONFIG_USERFAULTFD
	FLAG(VM_UFFD_MISSING, "um", "uffd_missing"),
#endif
	FLAG(VM_PFNMAP, "pf", "pfnmap"),
#ifdef VM_MAYBE_GUARD
	FLAG(VM_MAYBE_GUARD, "gu", "maybe_guard"),
#endif
#ifdef CONFIG_USERFAULTFD
	FLAG(VM_UFFD_WP, "uw", "uffd_wp"),
#endif
	FLAG(VM_LOCKED, "lo", "locked"),
	FLAG(VM_IO, "io", "io"),
	FLAG(VM_SEQ_READ, "sr", "seq_read"),
	FLAG(VM_RAND_READ, "rr", "rand_read"),
	FLAG(VM_DONTCOPY, "dc", "dontcopy"),
	FLAG(VM_DONTEXPAND, "de", "dontexpand"),
#ifdef VM_DROPPABLE	/* younger than its mnemonic, which 6.1 does not have */
	FLAG(VM_LOCKONFAULT, "lf", "lockonfault"),
#else
	FLAG(VM_LOCKONFAULT, "??", "lockonfault"),
#endif
	FLAG(VM_ACCOUNT, "ac", "account"),
	FLAG(VM_NORESERVE, "nr", "noreserve"),
	FLAG(VM_HUGETLB, "ht", "hugetlb"),
	FLAG(VM_SYNC, "sf", "sync"),
	FLAG(VM_ARCH_1, "ar", "arch_1"),
	FLAG(VM_WIPEONFORK, "wf", "wipeonfork"),
	FLAG(VM_DONTDUMP, "dd", "dontdump"),
#ifdef CONFIG_ARM64_BTI
	FLAG(VM_ARM64_BTI, "bt", "arm64_bti"),
#endif
#ifdef CONFIG_MEM_SOFT_DIRTY
	FLAG(VM_SOFTDIRTY, "sd", "softdirty"),
#endif
	FLAG(VM_MIXEDMAP, "mm", "mixedmap"),
	FLAG(VM_HUGEPAGE, "hg", "hugepage"),
	FLAG(VM_NOHUGEPAGE, "nh", "nohugepage"),
	FLAG(VM_MERGEABLE, "mg", "mergeable"),
#ifdef CONFIG_ARM64_MTE
	FLAG(VM_MTE, "mt", "mte"),
	FLAG(VM_MTE_ALLOWED, "", "mte_allowed"),
#endif
#ifdef CONFIG_ARCH_HAS_PKEYS
	FLAG(VM_PKEY_BIT0, "", "pkey_bit0"),
	FLAG(VM_PKEY_BIT1, "", "pkey_bit1"),
	FLAG(VM_PKEY_BIT2, "", "pkey_bit2"),
#ifdef CONFIG_X86	/* CONFIG_ARCH_PKEY_BITS is 4 */
	FLAG(VM_PKEY_BIT3, "", "pkey_bit3"),
#endif
#endif
#ifdef CONFIG_HAVE_ARCH_USERFAULTFD_MINOR
	FLAG(VM_UFFD_MINOR, "ui", "uffd_minor"),
#endif
#ifdef CONFIG_USERFAULTFD_RWP
	FLAG(VM_UFFD_RWP, "ur", "uffd_rwp"),
#endif
#if defined(CONFIG_ARCH_HAS_USER_SHADOW_STACK) || defined(CONFIG_X86_USER_SHADOW_STACK)
	FLAG(VM_SHADOW_STACK, "ss", "shadow_stack"),
#endif
#if defined(VM_DROPPABLE) && defined(CONFIG_64BIT)
	FLAG(VM_DROPPABLE, "dp", "droppable"),
#endif
#ifdef VM_ALLOW_ANY_UNCACHED
	FLAG(VM_ALLOW_ANY_UNCACHED, "??", "allow_any_uncached"),
#endif
#if defined(VM_SEALED) && defined(CONFIG_64BIT)
	FLAG(VM_SEALED, "sl", "sealed"),
#endif
};

void vmflags_init(void)
{
	unsigned int bit;

	for (bit = 0; bit < VMFLAGS_NR; bit++) {
		if (vmflags[bit].word[0])
			continue;
		strscpy(vmflags[bit].mnemonic, "??", sizeof(vmflags[bit].mnemonic));
		snprintf(vmflags[bit].word, sizeof(vmflags[bit].word), "bit%u", bit);
	}
}
