/* SPDX-License-Identifier: GPL-2.0 */
/* arm64_addresses.h - the top byte of an address, which programs use for tags. */
#ifndef VMAVIEW_ARM64_ADDRESSES_H
#define VMAVIEW_ARM64_ADDRESSES_H

#include <linux/mm.h>
#include <linux/uaccess.h>

/* As do_translation_fault() does before it asks for an area. */
static inline u64 vv_untagged(u64 address)
{
	return untagged_addr(address);
}
#define vv_untagged vv_untagged

#endif
