// SPDX-License-Identifier: GPL-2.0
/* vmflags.c - vm_flags bits in, mnemonics and words out: show_smap_vma_flags() in fs/proc/task_mmu.c. */
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/mm.h>

#include "compat/vmflag_bits.h"
#include "mm/vmflags.h"

#define ENTRY(flag, letters, name) [ilog2(flag)] = { letters, name },

struct vmflag vmflags[VMFLAGS_NR] = {
	ENTRY(VM_READ, "rd", "read")
	ENTRY(VM_WRITE, "wr", "write")
	ENTRY(VM_EXEC, "ex", "exec")
	ENTRY(VM_SHARED, "sh", "shared")
	ENTRY(VM_MAYREAD, "mr", "mayread")
	ENTRY(VM_MAYWRITE, "mw", "maywrite")
	ENTRY(VM_MAYEXEC, "me", "mayexec")
	ENTRY(VM_MAYSHARE, "ms", "mayshare")
	ENTRY(VM_GROWSDOWN, "gd", "growsdown")
	ENTRY(VM_PFNMAP, "pf", "pfnmap")
	ENTRY(VM_LOCKED, "lo", "locked")
	ENTRY(VM_IO, "io", "io")
	ENTRY(VM_SEQ_READ, "sr", "seq_read")
	ENTRY(VM_RAND_READ, "rr", "rand_read")
	ENTRY(VM_DONTCOPY, "dc", "dontcopy")
	ENTRY(VM_DONTEXPAND, "de", "dontexpand")
	ENTRY(VM_ACCOUNT, "ac", "account")
	ENTRY(VM_NORESERVE, "nr", "noreserve")
	ENTRY(VM_HUGETLB, "ht", "hugetlb")
	ENTRY(VM_SYNC, "sf", "sync")
	ENTRY(VM_ARCH_1, "ar", "arch_1")
	ENTRY(VM_WIPEONFORK, "wf", "wipeonfork")
	ENTRY(VM_DONTDUMP, "dd", "dontdump")
	ENTRY(VM_MIXEDMAP, "mm", "mixedmap")
	ENTRY(VM_HUGEPAGE, "hg", "hugepage")
	ENTRY(VM_NOHUGEPAGE, "nh", "nohugepage")
	ENTRY(VM_MERGEABLE, "mg", "mergeable")
	VV_VMFLAGS_AT_TIMES(ENTRY)
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
