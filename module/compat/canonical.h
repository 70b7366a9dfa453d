/* SPDX-License-Identifier: GPL-2.0 */
/* canonical.h - addresses at which the processor itself refuses an access, without a look at any table. */
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

#endif
