// SPDX-License-Identifier: GPL-2.0
/* around.c - a file that is in memory already: its first page is touched, and the others come with it. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/tour.h"

enum { PAGES = 16 };

static int make_file(void)
{
	const char *folder = getenv("TOUR_FILES");
	char path[4096], page[PAGE] = "in memory";
	int fd;

	snprintf(path, sizeof(path), "%s/tour.around", folder ? folder : ".");
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	for (int i = 0; fd >= 0 && i < PAGES; i++)
		if (write(fd, page, sizeof(page)) != sizeof(page))
			fd = -1;
	if (fd < 0 || fsync(fd) || unlink(path))
		tour_die(path);
	return fd;
}

int main(void)
{
	char *memory = tour_map(0x12000000, PAGES, PROT_READ, MAP_PRIVATE, make_file());
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
