// SPDX-License-Identifier: GPL-2.0
/* uffd.c - userfaultfd write protection. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "result.h"
#include "scene.h"
#include "uffd.h"

/* The kernel answers the first UFFDIO_API only: what it can is asked on a descriptor of its own. */
static uint64_t features_of_kernel(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	int fd = syscall(SYS_userfaultfd, O_CLOEXEC);

	if (fd < 0 || ioctl(fd, UFFDIO_API, &api))
		skip("no userfaultfd: %s", strerrorname_np(errno));
	close(fd);
	return api.features;
}

int uffd_open(uint64_t features)
{
	struct uffdio_api api = { .api = UFFD_API, .features = features };
	int fd;

	features |= UFFD_FEATURE_PAGEFAULT_FLAG_WP;
	if ((features_of_kernel() & features) != features)
		skip("this kernel's userfaultfd lacks the feature");
	api.features = features;
	fd = syscall(SYS_userfaultfd, O_CLOEXEC);
	if (fd < 0 || ioctl(fd, UFFDIO_API, &api))
		die("userfaultfd: %s", strerror(errno));
	return fd;
}

void uffd_watch(int fd, char *addr, size_t pages)
{
	struct uffdio_register request = {
		.range = { (uintptr_t)addr, pages * PAGE },
		.mode = UFFDIO_REGISTER_MODE_WP,
	};

	if (ioctl(fd, UFFDIO_REGISTER, &request))
		die("UFFDIO_REGISTER: %s", strerror(errno));
}

void uffd_protect(int fd, char *addr, size_t pages, bool on)
{
	struct uffdio_writeprotect request = {
		.range = { (uintptr_t)addr, pages * PAGE },
		.mode = on ? UFFDIO_WRITEPROTECT_MODE_WP : 0,
	};

	if (ioctl(fd, UFFDIO_WRITEPROTECT, &request))
		die("UFFDIO_WRITEPROTECT: %s", strerror(errno));
}
