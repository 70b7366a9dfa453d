// SPDX-License-Identifier: GPL-2.0
/* areas.c - neighbours that are mapped in different ways, and one that falls apart. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/tour.h"

#define NAME "/tour"

static int make_shared(void)
{
	int fd = shm_open(NAME, O_RDWR | O_CREAT, 0600);

	if (fd < 0 || ftruncate(fd, 4 * PAGE))
		tour_die("shm_open");
	return fd;
}

int main(void)
{
	const int both = PROT_READ | PROT_WRITE;
	char *memory = tour_map(0x60000000, 4, both, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	char *shared = tour_map(0x60004000, 4, both, MAP_SHARED, make_shared());

	*memory = *shared = 1;
	tour_map(0x60008000, 4, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	shm_unlink(NAME);
	tour_wait("12 pages at 60000000 in 3 areas");
	if (mprotect(memory + PAGE, PAGE, PROT_READ) || madvise(memory + 2 * PAGE, PAGE, MADV_DONTFORK))
		tour_die("mprotect");
	tour_wait("page 1 is read-only, page 2 is not for children");
	return 0;
}
