// SPDX-License-Identifier: GPL-2.0
/* pinned.c - two pages that a device may write to, two that are locked. */
#include <linux/io_uring.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/tour.h"

static int make_ring(void)
{
	struct io_uring_params params = { 0 };
	int ring = syscall(SYS_io_uring_setup, 1, &params);

	if (ring < 0)
		tour_die("io_uring_setup");
	return ring;
}

int main(void)
{
	char *memory = tour_map(0x40000000, 6, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	struct iovec buffer = { .iov_base = memory, .iov_len = 2 * PAGE };
	int ring = make_ring();

	memset(memory, 1, 6 * PAGE);
	tour_wait("wrote 6 pages at 40000000");
	if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, &buffer, 1))
		tour_die("io_uring_register");
	if (mlock(memory + 2 * PAGE, 2 * PAGE))
		tour_die("mlock");
	tour_wait("pages 0 and 1 are a fixed buffer of io_uring, 2 and 3 are locked");
	if (syscall(SYS_io_uring_register, ring, IORING_UNREGISTER_BUFFERS, NULL, 0))
		tour_die("io_uring_register");
	if (munlock(memory + 2 * PAGE, 2 * PAGE))
		tour_die("munlock");
	tour_wait("no buffer, nothing locked");
	return 0;
}
