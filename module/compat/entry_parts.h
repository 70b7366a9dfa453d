/* SPDX-License-Identifier: GPL-2.0 */
/* entry_parts.h - an entry as two numbers, for comparing many with one. */
#ifndef VMAVIEW_ENTRY_PARTS_H
#define VMAVIEW_ENTRY_PARTS_H

#include <linux/mm.h>

/**
 * struct vv_pte_parts - an entry taken apart
 * @address: that of the page frame; means nothing but where vv_rest_may_have_page()
 * @rest: all else of it
 */
struct vv_pte_parts {
	unsigned long address;
	unsigned long rest;
};

static __always_inline unsigned long vv_parts_frame(struct vv_pte_parts parts)
{
	return parts.address >> PAGE_SHIFT;
}

#endif
