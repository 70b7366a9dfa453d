// SPDX-License-Identifier: GPL-2.0
/* taken.c - what the kernel can take back of a process, and at what price. */
#include <string.h>
#include <sys/mman.h>

#include "lib/tour.h"

int main(void)
{
	const int both = PROT_READ | PROT_WRITE;
	char *file = tour_map(0x22000000, 2, both, MAP_SHARED, tour_file("tour.taken", 2));
	char *memory = tour_map(0x22002000, 4, both, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	(void)*(volatile char *)file;
	file[PAGE] = 1;
	memset(memory, 1, 4 * PAGE);
	if (mlock(memory, PAGE))
		tour_die("mlock");
	tour_wait("2 pages of a file at 22000000, 4 of its own at 22002000, one of them locked");
	if (msync(file, 2 * PAGE, MS_SYNC) || munlock(memory, PAGE))
		tour_die("msync");
	tour_wait("the file is written back, nothing is locked");
	return 0;
}
