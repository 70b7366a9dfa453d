// SPDX-License-Identifier: GPL-2.0
/* serve.c - a thread that answers userfaults: zeros for missing pages, the file's for minor faults. */
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "access.h"
#include "result.h"
#include "scene.h"
#include "serve.h"
#include "uffd.h"

static char zeros[HUGE] __attribute__((aligned(4096)));

/* hugetlb takes whole huge pages, and no UFFDIO_ZEROPAGE. */
static void fill(int fd, uint64_t addr)
{
	struct uffdio_copy copy = {
		.dst = addr & -PAGE, .src = (uintptr_t)zeros, .len = PAGE,
	};

	if (ioctl(fd, UFFDIO_COPY, &copy) && errno == EINVAL) {
		copy.dst = addr & -HUGE;
		copy.len = HUGE;
		copy.copy = 0;
		ioctl(fd, UFFDIO_COPY, &copy);
	}
}

static void answer(int fd, const struct uffd_msg *message)
{
	uint64_t addr = message->arg.pagefault.address, flags = message->arg.pagefault.flags;
	struct uffdio_writeprotect writable = { .range = { addr & -PAGE, PAGE } };
	struct uffdio_continue map = { .range = { addr & -PAGE, PAGE } };

	access_userfault();
	if (flags & UFFD_PAGEFAULT_FLAG_WP)
		ioctl(fd, UFFDIO_WRITEPROTECT, &writable);
	else if (flags & UFFD_PAGEFAULT_FLAG_MINOR)
		ioctl(fd, UFFDIO_CONTINUE, &map);
	else
		fill(fd, addr);
}

static void *serve(void *argument)
{
	int fd = (intptr_t)argument;
	struct uffd_msg message;

	while (read(fd, &message, sizeof(message)) == sizeof(message))
		if (message.event == UFFD_EVENT_PAGEFAULT)
			answer(fd, &message);
	return NULL;
}

int serve_open(uint64_t features)
{
	int fd = uffd_open(features);
	pthread_t thread;

	memset(zeros, 0, sizeof(zeros));
	if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)fd))
		die("pthread_create failed");
	return fd;
}

void serve_register(int fd, char *addr, size_t len, uint64_t modes)
{
	struct uffdio_register request = { .range = { (uintptr_t)addr, len }, .mode = modes };

	if (ioctl(fd, UFFDIO_REGISTER, &request))
		die("UFFDIO_REGISTER: %s", strerror(errno));
}
