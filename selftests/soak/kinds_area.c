// SPDX-License-Identifier: GPL-2.0
/* kinds_area.c - areas that come, go, move and change, tables that go under them, processes that end. */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../guest/lib/result.h"
#include "kinds.h"

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#define MADV_GUARD_REMOVE 103
#endif

/* So large that one hold of the lock does not do, and cut anew all the time. */
static void areas(unsigned int round)
{
	static const size_t pages = 2048;
	static char *memory;
	char *at, *moved;

	if (!memory) {
		memory = hot_private(pages * PAGE);
		madvise(memory, pages * PAGE, MADV_NOHUGEPAGE);
		touch(memory, pages, 1);
	}
	at = memory + round * 37 % (pages / 8) * 8 * PAGE;
	munmap(at, 4 * PAGE);
	hot(at - memory, 4 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	touch(at, 4, round);
	mprotect(at, PAGE << round % 3, round & 1 ? PROT_READ : PROT_READ | PROT_WRITE);
	mprotect(at, 4 * PAGE, PROT_READ | PROT_WRITE);
	moved = mremap(at, 2 * PAGE, 6 * PAGE, MREMAP_MAYMOVE);
	if (moved != MAP_FAILED)
		munmap(moved, 6 * PAGE);
	hot(at - memory, 2 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	madvise(at + 4 * PAGE, 2 * PAGE, round & 1 ? MADV_GUARD_INSTALL : MADV_GUARD_REMOVE);
	munmap(memory + (pages - 64) * PAGE, 64 * PAGE);	/* and its end is another each round */
	hot((pages - 64) * PAGE, (1 + round % 64) * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	madvise(memory, pages * PAGE, MADV_NOHUGEPAGE);
}

/* Newer kernels free a table of pages once MADV_DONTNEED has emptied it, under the lock for reading. */
static void tables(unsigned int round)
{
	static char *memory;

	if (!memory) {
		memory = hot_private(8 * HUGE);
		madvise(memory, 8 * HUGE, MADV_NOHUGEPAGE);
	}
	for (size_t i = 0; i < 8; i++)
		memory[i * HUGE + round % 512 * PAGE] = 1;
	madvise(memory, 8 * HUGE, MADV_DONTNEED);
}

static void moving(unsigned int round)
{
	static char *memory;
	char *away = (char *)HOT_START + 16 * HUGE;

	if (!memory) {
		memory = hot_private(4 * HUGE);
		touch(memory, 4 * HUGE / PAGE, 1);
	}
	memory[round % 512 * PAGE] = 1;
	/* Whole tables move, not their entries. */
	mremap(memory, 4 * HUGE, 4 * HUGE, MREMAP_MAYMOVE | MREMAP_FIXED, away);
	mremap(away, 4 * HUGE, 4 * HUGE, MREMAP_MAYMOVE | MREMAP_FIXED, memory);
}

static void forks(unsigned int round)
{
	static char *memory;
	pid_t pid;

	if (!memory) {
		memory = hot_private(1024 * PAGE);
		touch(memory, 1024, 1);
	}
	pid = fork();
	if (!pid) {
		touch(memory, 64, round);
		if (round % 3 == 0)
			execl("/bin/true", "true", NULL);
		_exit(0);
	}
	touch(memory, 128, round);
	waitpid(pid, NULL, 0);
}

/* Large enough to be read in many holds, and gone soon. */
static void ends(unsigned int round)
{
	char *memory = hot_private(4096 * PAGE);

	madvise(memory, 4096 * PAGE, MADV_NOHUGEPAGE);
	touch(memory, 4096, round + 1);
	poll(NULL, 0, 20 + getpid() % 50);
	_exit(0);
}

static void truncated(unsigned int round)
{
	int fd = memfd_create("soak", MFD_CLOEXEC);
	char *memory;

	if (fd < 0 || ftruncate(fd, 512 * PAGE))
		_exit(1);
	memory = hot(0, 512 * PAGE, round & 1 ? MAP_SHARED : MAP_PRIVATE, fd);
	touch(memory, 512, round);
	if (!ftruncate(fd, 16 * PAGE))
		touch(memory, 16, round);
	close(fd);
	munmap(memory, 512 * PAGE);
}

/*
 * A userfaultfd comes and goes, some are a child's for a while too; the one before lasts until this one
 * watches.  Nobody touches the memory: that would wait for an answer.
 */
static void watched(unsigned int round)
{
	static char *memory;
	static int last = -1;
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register request = {
		.range = { 0, (1 + round % 32) * PAGE },
		.mode = round % 3 ? UFFDIO_REGISTER_MODE_MISSING : UFFDIO_REGISTER_MODE_WP,
	};
	int fd = syscall(SYS_userfaultfd, O_CLOEXEC);
	pid_t pid = -1;

	if (!memory)
		memory = hot_private(64 * PAGE);
	request.range.start = (uintptr_t)memory + round % 2 * 32 * PAGE;
	if (fd >= 0 && !ioctl(fd, UFFDIO_API, &api))
		ioctl(fd, UFFDIO_REGISTER, &request);
	if (round % 8 == 0)
		pid = fork();
	if (!pid)
		_exit(0);
	close(last);
	last = fd;
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

const struct kind area_kinds[] = {
	{ "areas", areas },
	{ "tables", tables },
	{ "moving", moving },
	{ "forks", forks },
	{ "ends", ends },
	{ "truncated", truncated },
	{ "watched", watched },
};

const size_t nr_area_kinds = ARRAY_SIZE(area_kinds);
