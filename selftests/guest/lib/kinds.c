// SPDX-License-Identifier: GPL-2.0
/* kinds.c - every kind of memory, in a row. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kinds.h"
#include "scene.h"

char kind_reason[128];

char *kind_lacks(const char *reason, ...)
{
	va_list args;

	va_start(args, reason);
	vsnprintf(kind_reason, sizeof(kind_reason), reason, args);
	va_end(args);
	return NULL;
}

char *kind_map(size_t pages, int prot, int flags, int fd, size_t offset)
{
	char *addr = mmap(scene_place(), pages * PAGE, prot, flags | MAP_FIXED_NOREPLACE, fd, offset);

	return addr == MAP_FAILED ? kind_lacks("cannot be mapped: %s", strerrorname_np(errno)) : addr;
}

void kind_swap_on(void)
{
	static bool done;

	if (!done)
		scene_swap();
	done = true;
}

#define KIND_POINTER(id) &kind_##id,
const struct kind *const all_kinds[] = { KINDS_ALL(KIND_POINTER) NULL };

bool kind_may_be_here(const struct kind *kind)
{
	return !(kind->facts & KIND_HUGE) || !access("/sys/kernel/mm/transparent_hugepage/enabled", F_OK) ||
	       (kind_lacks("this kernel has no transparent huge pages"), false);
}
