// SPDX-License-Identifier: GPL-2.0
/* fork.c - one page, two processes, then a write by each of them. */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/tour.h"

static char *memory;
static int to_child[2], to_parent[2];

static void tell(int fd)
{
	if (write(fd, "", 1) != 1)
		tour_die("write");
}

static void hear(int fd)
{
	char byte;

	if (read(fd, &byte, 1) != 1)
		_exit(1);
}

static void child(void)
{
	tell(to_parent[1]);
	hear(to_child[0]);
	*memory = 2;
	tour_drain();
	tell(to_parent[1]);
	pause();
}

int main(void)
{
	memory = tour_map(0x20000000, 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	*memory = 1;
	tour_wait("wrote the page at 20000000");
	if (pipe(to_child) || pipe(to_parent))
		tour_die("pipe");
	if (!tour_fork()) {
		child();
		return 0;
	}
	hear(to_parent[0]);
	tour_wait("forked");
	tell(to_child[1]);
	hear(to_parent[0]);
	tour_wait("the child wrote the page");
	*memory = 3;
	tour_wait("the parent wrote the page");
	return 0;
}
