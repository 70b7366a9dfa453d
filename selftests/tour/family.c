// SPDX-License-Identifier: GPL-2.0
/* family.c - a server that has forked: what its child shares with it, and what a write to all of it will cost. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/tour.h"

enum { PAGES = 256 };

static char *memory;
static int to_child[2], to_parent[2];

static void child(void)
{
	char byte;

	if (write(to_parent[1], "", 1) != 1 || read(to_child[0], &byte, 1) != 1)
		_exit(1);
	memset(memory, 2, PAGES * PAGE / 4);
	tour_drain();
	if (write(to_parent[1], "", 1) != 1)
		_exit(1);
	pause();
}

static void hear(void)
{
	char byte;

	if (read(to_parent[0], &byte, 1) != 1)
		tour_die("the child");
}

int main(void)
{
	memory = tour_map(0x1c000000, PAGES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	madvise(memory, PAGES * PAGE, MADV_NOHUGEPAGE);	/* a kernel without huge pages refuses, and needs it not */
	if (pipe(to_child) || pipe(to_parent))
		tour_die("pipe");
	memset(memory, 1, PAGES * PAGE);
	if (!tour_fork()) {
		child();
		return 0;
	}
	hear();
	tour_wait("1 MiB at 1c000000, and a child");
	if (write(to_child[1], "", 1) != 1)
		tour_die("write");
	hear();
	tour_wait("the child wrote a quarter of it");
	return 0;
}
