// SPDX-License-Identifier: GPL-2.0
/* apart.c - three pages, each further from the first than the last: what page tables they take. */
#include <sys/mman.h>

#include "lib/tour.h"

#define MIB (1UL << 20)

int main(void)
{
	char *memory = tour_map(0x8000000000, 2048 * MIB / PAGE, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);

	madvise(memory, 2048 * MIB, MADV_NOHUGEPAGE);	/* a kernel without huge pages refuses, and needs it not */
	*memory = 1;
	tour_wait("2 GiB at 8000000000, one page of it written");
	memory[2 * MIB] = 1;
	tour_wait("another, 2 MiB further");
	memory[1024 * MIB] = 1;
	tour_wait("another, 1 GiB further");
	return 0;
}
