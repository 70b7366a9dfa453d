// SPDX-License-Identifier: GPL-2.0
/* held.c - pages that a pipe holds: given to it by vmsplice(), not copied. */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/tour.h"

int main(void)
{
	char *memory = tour_map(0x1e000000, 3, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	struct iovec part = { .iov_base = memory, .iov_len = 2 * PAGE };
	char page[PAGE];
	int pipes[2];

	memset(memory, 1, 3 * PAGE);
	if (pipe(pipes) || vmsplice(pipes[1], &part, 1, 0) != 2 * PAGE)
		tour_die("vmsplice");
	tour_wait("pages 0 and 1 of 3 at 1e000000 are in a pipe");
	for (int i = 0; i < 2; i++)
		if (read(pipes[0], page, sizeof(page)) != sizeof(page))
			tour_die("read");
	tour_wait("the pipe is read, and empty");
	return 0;
}
