// SPDX-License-Identifier: GPL-2.0
/* handler.c - page faults that another process serves. */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/tour.h"

static char *memory;
static int to_child[2], to_parent[2];

static int watch(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register request = {
		.range = { (uintptr_t)memory, 2 * PAGE },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	int fd = syscall(SYS_userfaultfd, O_CLOEXEC);

	if (fd < 0 || ioctl(fd, UFFDIO_API, &api) || ioctl(fd, UFFDIO_REGISTER, &request))
		tour_die("userfaultfd");
	return fd;
}

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

/* The pager: hears of a fault, and when it is told to, gives a page. */
static void child(int fd)
{
	static char page[PAGE] __attribute__((aligned(PAGE))) = "from the child";
	struct uffd_msg message;
	struct uffdio_copy copy = { .src = (uintptr_t)page, .len = PAGE };

	if (read(fd, &message, sizeof(message)) != sizeof(message))
		tour_die("read");
	copy.dst = message.arg.pagefault.address & -(uint64_t)PAGE;
	tell(to_parent[1]);
	hear(to_child[0]);
	if (ioctl(fd, UFFDIO_COPY, &copy))
		tour_die("UFFDIO_COPY");
	tour_drain();
	pause();
}

static void *touch(void *unused)
{
	(void)unused;
	(void)*(volatile char *)memory;
	return NULL;
}

int main(void)
{
	pthread_t thread;
	int fd;

	memory = tour_map(0x50000000, 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	fd = watch();
	if (pipe(to_child) || pipe(to_parent))
		tour_die("pipe");
	tour_drain();
	if (!tour_fork()) {
		child(fd);
		return 0;
	}
	close(fd);
	tour_wait("2 pages at 50000000; their faults go to the child");
	if (pthread_create(&thread, NULL, touch, NULL))
		tour_die("pthread_create");
	hear(to_parent[0]);
	tour_wait("a thread reads page 0 and waits, the child knows");
	tell(to_child[1]);
	pthread_join(thread, NULL);
	tour_wait("the thread has read: %s", memory);
	return 0;
}
