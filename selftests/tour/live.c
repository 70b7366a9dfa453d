// SPDX-License-Identifier: GPL-2.0
/* live.c - page faults, again and again, for as long as it is let. */
#include <poll.h>
#include <pthread.h>
#include <sys/mman.h>

#include "lib/tour.h"

static char *memory;

static void *fault(void *unused)
{
	for (;;) {
		(void)*(volatile char *)memory;
		memory[PAGE] = 1;
		madvise(memory, 2 * PAGE, MADV_DONTNEED);
		poll(NULL, 0, 20);
	}
	return unused;
}

int main(void)
{
	pthread_t thread;

	memory = tour_map(0x24000000, 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	if (pthread_create(&thread, NULL, fault, NULL))
		tour_die("pthread_create");
	tour_wait("2 pages at 24000000, touched and given back all the time");
	return 0;
}
