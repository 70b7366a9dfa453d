// SPDX-License-Identifier: GPL-2.0
/* same_space.c - in: processes; out: whether one has the address space of another, as kcmp() has it. */
#include <search.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/kcmp.h>

#include "proc/same_space.h"

/*
 * kcmp() orders spaces by numbers that it does not give away.  Who has ended, or may not be compared, is nobody's
 * twin, wherever the tree has it then.
 */
static int by_space(const void *a, const void *b)
{
	pid_t x = (uintptr_t)a, y = (uintptr_t)b;

	switch (syscall(SYS_kcmp, x, y, KCMP_VM, 0, 0)) {
	case 0:
		return 0;
	case 1:
		return -1;
	case 2:
		return 1;
	default:
		return (x > y) - (x < y);
	}
}

bool same_space(pid_t a, pid_t b)
{
	return !syscall(SYS_kcmp, a, b, KCMP_VM, 0, 0);
}

bool same_space_note(struct same_space *spaces, pid_t pid)
{
	const void *key = (const void *)(uintptr_t)pid;

	if (tfind(key, &spaces->known, by_space))
		return true;
	tsearch(key, &spaces->known, by_space);	/* without memory it is counted again when it comes again */
	return false;
}

static void forget(void *pid)
{
	(void)pid;
}

void same_space_free(struct same_space *spaces)
{
	tdestroy(spaces->known, forget);
	spaces->known = NULL;
}
