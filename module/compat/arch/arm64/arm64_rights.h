/* SPDX-License-Identifier: GPL-2.0 */
/* arm64_rights.h - what names an address space. */
#ifndef VMAVIEW_ARM64_RIGHTS_H
#define VMAVIEW_ARM64_RIGHTS_H

#include <linux/mm.h>
#include <asm/mmu.h>
#include <vmaview.h>

static inline enum vmaview_asid vv_asid(struct mm_struct *mm, u64 *asid)
{
	*asid = ASID(mm);
	return *asid ? VMAVIEW_ASID_ARM64 : VMAVIEW_ASID_UNKNOWN;
}
#define vv_asid vv_asid

#endif
