// SPDX-License-Identifier: GPL-2.0
/* access.c - may the current task ask about others?  Process context. */
#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/security.h>

#include "access.h"

int vmaview_may_ask(void)
{
	if (!capable(CAP_SYS_ADMIN) || !capable(CAP_SYS_PTRACE))
		return -EPERM;
	return security_locked_down(LOCKDOWN_KCORE);
}
