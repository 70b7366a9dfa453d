// SPDX-License-Identifier: GPL-2.0
/* fault.c - memory that comes into being when it is touched. */
#include <sys/mman.h>

#include "lib/tour.h"

int main(void)
{
	char *memory = tour_map(0x10000000, 4, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	long before;

	tour_wait("4 pages at 10000000, none of them touched");
	before = tour_fault_count();
	(void)*(volatile char *)memory;
	memory[PAGE] = 1;
	tour_wait("read page 0, wrote page 1: %ld page faults", tour_fault_count() - before);
	before = tour_fault_count();
	*memory = 1;
	memory[PAGE] = 2;
	tour_wait("wrote both: %ld page fault", tour_fault_count() - before);
	return 0;
}
