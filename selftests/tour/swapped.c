// SPDX-License-Identifier: GPL-2.0
/* swapped.c - pages that go to the swap device, and come back when they are touched. */
#include <string.h>
#include <sys/mman.h>

#include "lib/tour.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

int main(void)
{
	char *memory = tour_map(0x16000000, 4, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	memset(memory, 1, 4 * PAGE);
	tour_wait("wrote 4 pages at 16000000");
	/* As reclaim would, and now: who is to be paged out is asked for here, not chosen by need. */
	if (madvise(memory, 4 * PAGE, MADV_PAGEOUT))
		tour_die("MADV_PAGEOUT");
	tour_wait("paged them out");
	(void)*(volatile char *)memory;
	memory[PAGE] = 2;
	tour_wait("read page 0, wrote page 1");
	return 0;
}
