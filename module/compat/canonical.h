/* SPDX-License-Identifier: GPL-2.0 */
/* canonical.h - what the processor makes of an address before it looks at any table, and where it refuses an access. */
#ifndef VMAVIEW_COMPAT_CANONICAL_H
#define VMAVIEW_COMPAT_CANONICAL_H

#include <linux/mm.h>

#include "compat/arch/arch.h"

#ifndef vv_is_refused_address
static inline bool vv_is_refused_address(u64 address)
{
	return false;
}
#endif

/* The address without what the processor ignores in it. */
#ifndef vv_untagged
static inline u64 vv_untagged(u64 address)
{
	return address;
}
#endif

#endif
