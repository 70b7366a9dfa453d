// SPDX-License-Identifier: GPL-2.0
/* access.c - may the current task ask about others?  Process context. */
#include <linux/capability.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/security.h>
#include <linux/types.h>

#include <asm/barrier.h>

#include "self/access.h"

static bool doors_are_open;

void vmaview_open_doors(void)
{
	/* Whoever finds them open finds all that was set up before. */
	smp_store_release(&doors_are_open, true);
}

int vmaview_may_ask(void)
{
	/* Pairs with vmaview_open_doors(). */
	if (!smp_load_acquire(&doors_are_open))
		return -ENODEV;
	if (!capable(CAP_SYS_ADMIN) || !capable(CAP_SYS_PTRACE))
		return -EPERM;
	return security_locked_down(LOCKDOWN_KCORE);
}
