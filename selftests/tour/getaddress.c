// SPDX-License-Identifier: GPL-2.0
/* getaddress.c - a page at one address, then the same page at another. */
#include <sys/mman.h>

#include "lib/tour.h"

int main(void)
{
	char *page = tour_map(0x70123000, 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	*page = 1;
	tour_wait("wrote the page at 70123000");
	if (mremap(page, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)0x4070321000) == MAP_FAILED)
		tour_die("mremap");
	tour_wait("moved it to 4070321000");
	return 0;
}
