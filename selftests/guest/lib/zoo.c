// SPDX-License-Identifier: GPL-2.0
/* zoo.c - processes of many kinds, each waiting with a memory of its kind. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#define PR_SET_VMA_ANON_NAME 0
#endif

#include "child.h"
#include "proc.h"
#include "result.h"
#include "scene.h"
#include "setting.h"
#include "zoo.h"

static int plain(void *arg)
{
	char *memory = scene_anon(64);

	(void)arg;
	scene_write(memory, 40);
	scene_read(memory + 50 * PAGE, 5);
	mprotect(memory, 8 * PAGE, PROT_NONE);
	mprotect(memory + 8 * PAGE, 8 * PAGE, PROT_READ);
	madvise(memory + 16 * PAGE, 4 * PAGE, MADV_FREE);
	scene_write(sbrk(32 * PAGE), 16);
	scene_map(1UL << 38, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
		  -1);
	child_ready();
	return 0;
}

/* Names that a line of maps must escape, or nearly. */
static int files(void *arg)
{
	static const char *const names[] = {
		"/tmp/vmaview zoo\nnew line", "/tmp/vmaview\\zoo back\\slash", "/tmp/vmaview zoo  blanks ",
		"/tmp/vmaview-\303\244\001\033", "/tmp/vmaview-zoo (deleted)",
	};

	(void)arg;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		int fd = open(names[i], O_RDWR | O_CREAT | O_CLOEXEC, 0600);
		char *memory;

		if (fd < 0 || ftruncate(fd, 8 * PAGE))
			return 1;
		memory = scene_map(8 * PAGE, PROT_READ | PROT_WRITE,
				   i & 1 ? MAP_SHARED : MAP_PRIVATE, fd);
		scene_read(memory, 6);
		scene_write(memory, 3);
		if (i != 2)
			unlink(names[i]);
	}
	scene_read(scene_map(4 * PAGE, PROT_READ, MAP_PRIVATE,
			     open("/proc/self/exe", O_RDONLY | O_CLOEXEC)), 4);
	scene_write(scene_map(4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1), 3);
	scene_read(scene_map(8 * PAGE, PROT_READ, MAP_SHARED, scene_memfd(8, 0)), 5);
	child_ready();
	unlink(names[2]);
	return 0;
}

/* Over so many tables that nobody reads them in one go: small pages, huge ones and holes. */
static void wide_area(void)
{
	enum { TABLES_NR = 64 };
	size_t len = TABLES_NR * HUGE;
	char *memory = scene_map(len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	madvise(memory, len, MADV_NOHUGEPAGE);
	for (size_t at = 0; at < len - 4 * HUGE; at += HUGE - 5 * PAGE)
		scene_write(memory + at, 8);
	madvise(memory, len, MADV_HUGEPAGE);
	scene_write(memory + len - HUGE, 1);
	madvise(memory, len, MADV_NOHUGEPAGE);
}

static int huge(void *arg)
{
	char *memory;

	(void)arg;
	wide_area();
	for (int i = 0; i < 3; i++) {
		memory = scene_try_huge_page();
		if (!memory)
			break;
		if (i == 1)
			mprotect(memory, 64 * PAGE, PROT_READ);
		if (i == 2)
			munmap(memory + HUGE / 2, HUGE / 2);
	}
	memory = mmap(scene_place(), 2 * HUGE, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	if (memory != MAP_FAILED)
		scene_write(memory, 1);
	child_ready();
	return 0;
}

static int swapped(void *arg)
{
	char *memory = scene_anon(64);

	(void)arg;
	scene_write(memory, 60);
	scene_drain();
	madvise(memory, 30 * PAGE, MADV_PAGEOUT);
	scene_read(memory, 8);
	memory = scene_map(16 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, scene_memfd(16, 0));
	scene_write(memory, 16);
	scene_drain();
	madvise(memory, 9 * PAGE, MADV_PAGEOUT);
	child_ready();
	return 0;
}

static int locked(void *arg)
{
	char *memory = scene_anon(32);

	(void)arg;
	mlock(memory + 4 * PAGE, 8 * PAGE);
	mlock2(memory + 16 * PAGE, 8 * PAGE, MLOCK_ONFAULT);
	scene_write(memory, 20);
	madvise(memory + 28 * PAGE, 2 * PAGE, MADV_GUARD_INSTALL);
	child_ready();
	return 0;
}

static void die_with_parent(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

/* A grandchild shares half of its memory with its parent. */
static int family(void *arg)
{
	char *memory = scene_anon(48);
	pid_t pid;

	(void)arg;
	scene_write(memory, 40);
	pid = fork();
	if (!pid) {
		die_with_parent();
		scene_write(memory, 20);
		for (;;)
			pause();
	}
	child_ready();
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return 0;
}

static int threads(void *arg)
{
	(void)arg;
	child_sleepers(3);
	child_ready();
	_exit(0);
}

static int merged(void *arg)
{
	char *memory = scene_anon(24);

	(void)arg;
	madvise(memory, 24 * PAGE, MADV_MERGEABLE);
	memset(memory, 7, 20 * PAGE);
	child_ready();
	return 0;
}

/*
 * Names of anonymous memory, where the kernel takes any, and a file whose tree of areas has inner nodes
 * and leaves: an old kernel keeps an area's place there where others have their name.
 */
static int named(void *arg)
{
	char *memory = scene_anon(16);
	int fd = scene_memfd(16, 0);

	(void)arg;
	for (int i = 0; i < 31; i++)
		scene_map(16 * PAGE, PROT_READ, i % 2 ? MAP_SHARED : MAP_PRIVATE, fd);
	prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, memory, 4 * PAGE, "zoo: a name");
	prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, memory + 4 * PAGE, 4 * PAGE, "");
	memory = scene_map(8 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
	prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, memory, 4 * PAGE, "shared");
	child_ready();
	return 0;
}

static int (*const kinds[])(void *arg) = {
	plain, files, huge, swapped, locked, family, threads, merged, named,
};

static struct child animals[ARRAY_SIZE(kinds)];

void zoo_start(void)
{
	setting("/sys/kernel/mm/transparent_hugepage/enabled", "madvise");
	setting("/proc/sys/vm/nr_hugepages", "4");
	scene_swap();
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		child_start(&animals[i], kinds[i], NULL);
}

void zoo_each(void (*check)(pid_t pid))
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		check(animals[i].pid);
}

/* A test that dies must not leave a machine that stands still. */
static void continue_all(void)
{
	static pid_t pids[4096];
	size_t nr = proc_users(pids, ARRAY_SIZE(pids));

	for (size_t i = 0; i < nr; i++)
		proc_continue(pids[i]);
}

static bool check_one(pid_t pid, bool (*check)(pid_t pid))
{
	bool content = false;

	if (pid > 1 && !proc_stop(pid))
		return true;	/* it is gone */
	for (int tries = 0; tries < 3 && !content; tries++)
		content = check(pid);
	if (pid > 1)
		proc_continue(pid);
	return content;
}

unsigned int everyone(bool (*check)(pid_t pid))
{
	static pid_t pids[4096];
	size_t nr = proc_users(pids, ARRAY_SIZE(pids));

	setting_undo(continue_all);
	for (size_t i = 0; i < nr; i++)
		if (!check_one(pids[i], check))
			fail("pid %d differs", pids[i]);
	return nr;
}
