// SPDX-License-Identifier: GPL-2.0
/* dirty.c - a page of a file: clean, then newer than the disk, then clean again. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/tour.h"

/* In the folder TOUR_FILES, or here; not a tmpfs, which has no disk to be clean against. */
static int make_file(void)
{
	const char *folder = getenv("TOUR_FILES");
	char path[4096], page[PAGE] = "on disk";
	int fd;

	snprintf(path, sizeof(path), "%s/tour.file", folder ? folder : ".");
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, page, sizeof(page)) != sizeof(page) || fsync(fd))
		tour_die(path);
	return fd;
}

int main(void)
{
	char *memory = tour_map(0x30000000, 1, PROT_READ | PROT_WRITE, MAP_SHARED, make_file());

	(void)*(volatile char *)memory;
	tour_wait("mapped and read the page at 30000000");
	*memory = 'O';
	tour_wait("wrote it");
	if (msync(memory, PAGE, MS_SYNC))
		tour_die("msync");
	tour_wait("msync(MS_SYNC): it is on disk");
	return 0;
}
