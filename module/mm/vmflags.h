/* SPDX-License-Identifier: GPL-2.0 */
/* vmflags.h - the running kernel's own list of vm_flags. */
#ifndef VMAVIEW_VMFLAGS_H
#define VMAVIEW_VMFLAGS_H

#include <linux/types.h>

#define VMFLAGS_NR 64

/**
 * struct vmflag - how one bit is called
 * @mnemonic: two letters of smaps; "" where smaps prints nothing, "??" where it knows no name
 * @word: lower case, without VM_; "bitN" where the kernel has no name
 */
struct vmflag {
	char mnemonic[4];
	char word[24];
};

extern struct vmflag vmflags[VMFLAGS_NR];

/* Complete the list: bits that the kernel has no name for.  Once, at load. */
void vmflags_init(void);

#endif
