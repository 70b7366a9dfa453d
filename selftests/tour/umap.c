// SPDX-License-Identifier: GPL-2.0
/* umap.c - a heap of two pages: an offset in it, and where that is in memory. */
#include <stdint.h>
#include <unistd.h>

#include "lib/tour.h"

int main(void)
{
	char *heap = (char *)(((uintptr_t)sbrk(0) + PAGE - 1) & -(uintptr_t)PAGE);

	if (brk(heap + 2 * PAGE))
		tour_die("brk");
	tour_wait("a heap of 2 pages that nothing has touched");
	heap[0] = heap[PAGE] = 1;
	tour_wait("wrote both");
	return 0;
}
