// SPDX-License-Identifier: GPL-2.0
/* around.c - a file that is in memory already: its first page is touched, and the others come with it. */
#include <sys/mman.h>

#include "lib/tour.h"

enum { PAGES = 16 };

int main(void)
{
	char *memory = tour_map(0x12000000, PAGES, PROT_READ, MAP_PRIVATE, tour_file("tour.around", PAGES));
	long before;

	tour_wait("16 pages of a file at 12000000, none of them touched");
	before = tour_fault_count();
	(void)*(volatile char *)memory;
	tour_wait("read page 0: %ld page fault", tour_fault_count() - before);
	before = tour_fault_count();
	for (int i = 1; i < PAGES; i++)
		(void)*(volatile char *)(memory + i * PAGE);
	tour_wait("read the others: %ld page faults", tour_fault_count() - before);
	return 0;
}
