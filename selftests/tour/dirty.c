// SPDX-License-Identifier: GPL-2.0
/* dirty.c - a page of a file: clean, then newer than the disk, then clean again. */
#include <sys/mman.h>

#include "lib/tour.h"

int main(void)
{
	char *memory = tour_map(0x30000000, 1, PROT_READ | PROT_WRITE, MAP_SHARED, tour_file("tour.dirty", 1));

	(void)*(volatile char *)memory;
	tour_wait("mapped and read the page at 30000000");
	*memory = 'O';
	tour_wait("wrote it");
	if (msync(memory, PAGE, MS_SYNC))
		tour_die("msync");
	tour_wait("msync(MS_SYNC): it is on disk");
	return 0;
}
