/* SPDX-License-Identifier: GPL-2.0 */
/* x86_addresses.h - addresses that are not canonical, or that LASS keeps from programs. */
#ifndef VMAVIEW_X86_ADDRESSES_H
#define VMAVIEW_X86_ADDRESSES_H

#include <asm/cpufeature.h>
#include <asm/page.h>

/* LASS keeps programs out of the half of the addresses that is the kernel's before there is a page fault. */
static inline bool vv_is_lass_violation(u64 address)
{
#ifdef X86_FEATURE_LASS
	return cpu_feature_enabled(X86_FEATURE_LASS) && (s64)address < 0;
#else
	return false;
#endif
}

/* exc_general_protection() is what comes of it, in place of a page fault. */
static inline bool vv_is_refused_address(u64 address)
{
	return !__is_canonical_address(address, __VIRTUAL_MASK_SHIFT + 1) || vv_is_lass_violation(address);
}
#define vv_is_refused_address vv_is_refused_address

#endif
