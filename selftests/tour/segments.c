// SPDX-License-Identifier: GPL-2.0
/* segments.c - text, data, bss, heap and stack where they always are: linked and started without chance. */
#include <sys/personality.h>
#include <unistd.h>

#include "lib/tour.h"

/* Start again, with stack and heap where they are without randomisation. */
static void fix_addresses(char **argv)
{
	int now = personality(0xffffffff);

	if (now & ADDR_NO_RANDOMIZE)
		return;
	personality(now | ADDR_NO_RANDOMIZE);
	execv("/proc/self/exe", argv);
	tour_die("execv");
}

/* Absolute: some C libraries have a heap of their own before main(). */
static void end_heap(uintptr_t end)
{
	if (brk((void *)end))
		tour_die("brk");
}

int main(int argc, char **argv)
{
	(void)argc;
	fix_addresses(argv);
	end_heap(0x445000);
	tour_wait("the heap ends at 445000");
	end_heap(0x485000);
	tour_wait("the heap ends at 485000");
	return 0;
}
