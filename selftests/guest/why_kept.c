// SPDX-License-Identifier: GPL-2.0
/*
 * why_kept - why memory stays where it is: what `vmaview why` says, and what reclaim (MADV_PAGEOUT), migration
 * (MADV_SOFT_OFFLINE, which moves a page away from its frame) and compaction (vm.compact_memory) do with it.
 */
#include <errno.h>
#include <fcntl.h>
#include <liburing.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"

#ifndef MADV_SOFT_OFFLINE
#define MADV_SOFT_OFFLINE 101
#endif

SCENE(why_kept)

enum { RW = PROT_READ | PROT_WRITE, ANON = MAP_PRIVATE | MAP_ANONYMOUS };

/* @columns of what is at @addr, as raw output has them; "": it may go. */
static void expect_columns(const char *columns, const char *addr, const char *want)
{
	char args[160], line[160];

	snprintf(args, sizeof(args), "why -n -r -Q question==kept -o %s %d %lx", columns, getpid(), (long)addr);
	snprintf(line, sizeof(line), *want ? "%s\n" : "", want);
	tool_expect(args, line);
}

static void expect_why(const char *addr, const char *want)
{
	expect_columns("Reason,Memory,Reasons,Keeps,Movable", addr, want);
}

/* Of many pages: how far those reach that are like the one at @addr is up to their accessed bits, too. */
static void expect_why_there(const char *addr, const char *want)
{
	expect_columns("Reason,Reasons,Keeps,Movable", addr, want);
}

static uint64_t frame_of(const char *addr)
{
	uint64_t entry = proc_page(addr);

	return entry & PAGEMAP_PRESENT ? PAGEMAP_PFN(entry) : 0;
}

/* Is what @addr has still where it was, in frame @pfn, after reclaim was asked for it, mapped or not? */
static bool stays(const char *addr, uint64_t pfn)
{
	const volatile char *byte = addr;

	for (int i = 0; i < 3; i++)
		madvise((void *)(addr - (uintptr_t)addr % PAGE), PAGE, MADV_PAGEOUT);
	if (!frame_of(addr) && !(proc_kpageflags(pfn) >> KPF_SWAPCACHE_BIT & 1))
		return false;
	(void)*byte;
	return frame_of(addr) == pfn;
}

static void expect_reclaim(const char *what, const char *addr, bool works)
{
	char step[80];

	snprintf(step, sizeof(step), "%s: reclaimed", what);
	expect_eq(step, !stays(addr, frame_of(addr)), works);
}

/* The frame is given up for that, whatever was wrong with it. */
static void expect_migrate(const char *what, char *addr, bool works)
{
	uint64_t before = frame_of(addr);
	int ret = madvise(addr, PAGE, MADV_SOFT_OFFLINE);
	char step[80];

	if (ret && errno == EINVAL)
		skip("this kernel takes no memory offline");
	snprintf(step, sizeof(step), "%s: moved", what);
	expect_eq(step, frame_of(addr) != before, works);
	expect_eq("and so says the call", !ret, works);
}

static char *one_page(void)
{
	char *addr = scene_anon(1);

	scene_write(addr, 1);
	scene_drain();
	return addr;
}

/* Asking was a fork; what is written again is this process's alone. */
static void write_again(char *addr)
{
	scene_write(addr, 1);
	scene_drain();
}

TEST_F(why_kept, swap)
{
	char *addr = one_page(), args[64];

	expect_why(addr, "no-swap 4 no-swap reclaim yes");
	snprintf(args, sizeof(args), "why -J %d %lx", getpid(), (long)addr);
	tool_expect_part(args, "\"reason\":\"no-swap\",\"memory\":4096,\"reasons\":[\"no-swap\"],"
			 "\"keeps\":[\"reclaim\"],\"movable\":\"yes\",\"may_hold\":[],");
	tool_expect_part(args, "\"movable_bytes\":4096,\"swap_free\":0,");
	write_again(addr);
	expect_reclaim("without swap", addr, false);
	expect_migrate("without swap", addr, true);
	scene_swap();
	expect_why(addr, "");
	write_again(addr);
	expect_migrate("with swap", addr, true);
	write_again(addr);
	expect_reclaim("with swap", addr, true);
}

TEST_F(why_kept, mlocked)
{
	char *addr = one_page();

	scene_swap();
	setting("/proc/sys/vm/compact_unevictable_allowed", "1");
	if (mlock(addr, PAGE))
		die("mlock: %s", strerror(errno));
	scene_drain();
	expect_why(addr, "mlocked 4 mlocked reclaim yes");
	write_again(addr);
	expect_reclaim("mlocked", addr, false);
	expect_migrate("mlocked", addr, true);
	munlock(addr, PAGE);
	write_again(addr);
	expect_why(addr, "");
	write_again(addr);
	expect_reclaim("munlocked", addr, true);
}

TEST_F(why_kept, unevictable)
{
	int id = shmget(IPC_PRIVATE, PAGE, IPC_CREAT | 0600);
	char *addr = id < 0 ? (void *)-1 : shmat(id, NULL, 0);

	if (addr == (void *)-1)
		die("shmget: %s", strerror(errno));
	shmctl(id, IPC_RMID, NULL);
	scene_swap();
	setting("/proc/sys/vm/compact_unevictable_allowed", "1");
	if (shmctl(id, SHM_LOCK, NULL))
		die("SHM_LOCK: %s", strerror(errno));
	write_again(addr);
	expect_why(addr, "unevictable 4 unevictable reclaim yes");
	expect_reclaim("locked segment", addr, false);
	expect_migrate("locked segment", addr, true);
	shmctl(id, SHM_UNLOCK, NULL);
	write_again(addr);
	expect_why(addr, "");
	expect_reclaim("unlocked segment", addr, true);
}

/* A pipe has a reference to it. */
TEST_F(why_kept, references)
{
	char *addr = one_page(), args[128], want[64];
	struct iovec vector = { addr, PAGE };
	int ends[2];

	scene_swap();
	if (pipe2(ends, O_CLOEXEC) || vmsplice(ends[1], &vector, 1, 0) != (ssize_t)PAGE)
		die("vmsplice: %s", strerror(errno));
	expect_why(addr, "extra-refs 4 extra-refs reclaim\\x20migrate\\x20compact no");
	snprintf(args, sizeof(args), "why -n -r -Q question==kept -o Left,Right %d %lx", getpid(), (long)addr);
	tool_expect_part(args, "reclaim\\x20migrate\\x20compact pipe:");
	snprintf(want, sizeof(want), "%d,%d\n", ends[0], ends[1]);
	tool_expect_part(args, want);
	expect_reclaim("in a pipe", addr, false);
	expect_migrate("in a pipe", addr, false);
	close(ends[0]);
	close(ends[1]);
	write_again(addr);
	expect_why(addr, "");
	write_again(addr);
	expect_migrate("no longer in a pipe", addr, true);
	write_again(addr);
	expect_reclaim("no longer in a pipe", addr, true);
}

TEST_F(why_kept, pinned)
{
	struct io_uring ring;
	char *addr = one_page(), args[128], want[64];
	struct iovec vector = { addr, PAGE };

	scene_swap();
	if (io_uring_queue_init(2, &ring, 0))
		skip("no io_uring");
	if (io_uring_register_buffers(&ring, &vector, 1))
		die("io_uring_register_buffers failed");
	scene_drain();
	expect_why(addr, "maybe-pinned 4 maybe-pinned reclaim\\x20migrate\\x20compact no");
	snprintf(args, sizeof(args), "why -n -r -Q question==kept -o Right %d %lx", getpid(), (long)addr);
	snprintf(want, sizeof(want), "io_uring:%d\n", ring.ring_fd);
	tool_expect(args, want);
	expect_reclaim("pinned", addr, false);
	expect_migrate("pinned", addr, false);
	io_uring_unregister_buffers(&ring);
	write_again(addr);
	expect_why(addr, "");
	write_again(addr);
	expect_migrate("no longer pinned", addr, true);
	write_again(addr);
	expect_reclaim("no longer pinned", addr, true);
	io_uring_queue_exit(&ring);
}

/* The code that the kernel maps into each process. */
TEST_F(why_kept, vdso)
{
	char *addr = (char *)getauxval(AT_SYSINFO_EHDR);

	if (!addr)
		skip("this kernel maps no vdso");
	scene_read(addr, 1);
	expect_columns("Reason,Keeps,Movable", addr, "kernel-page reclaim\\x20migrate\\x20compact no");
	expect_reclaim("vdso", addr, false);
	expect_migrate("vdso", addr, false);
}

static void compact(void)
{
	FILE *file = fopen("/proc/sys/vm/compact_memory", "w");

	if (!file || fputs("1", file) < 0 || fclose(file))
		die("compact_memory: %s", strerror(errno));
}

/* Moved to another huge page, not one of its pages alone. */
TEST_F(why_kept, hugetlb)
{
	uint64_t before;
	char *addr;

	scene_hugetlb(2);
	addr = scene_map(HUGE, RW, ANON | MAP_HUGETLB, -1);
	scene_write(addr, 1);
	expect_why(addr, "hugetlb 2048 hugetlb reclaim\\x20compact yes");
	expect_reclaim("hugetlb", addr, false);
	before = frame_of(addr);
	compact();
	expect_eq("hugetlb: compacted", frame_of(addr) != before, false);
	expect_migrate("hugetlb", addr, true);
}

TEST_F(why_kept, huge)
{
	uint64_t before;
	char *addr;

	scene_thp();
	scene_swap();
	addr = scene_huge_page();
	scene_drain();
	expect_why(addr, "large-folio 2048 large-folio compact yes");
	before = frame_of(addr);
	compact();
	expect_eq("huge: compacted", frame_of(addr) != before, false);
}

enum { MANY = 8192, TRIES = 50 };

/* Of @addr's pages how many have another frame than they had? */
static size_t moved(const char *addr, const uint64_t *before)
{
	static uint64_t entries[MANY];
	size_t nr = 0;

	proc_pagemap(getpid(), addr, MANY, entries);
	for (size_t i = 0; i < MANY; i++)
		nr += PAGEMAP_PFN(entries[i]) != PAGEMAP_PFN(before[i]);
	return nr;
}

static char *many_small(void)
{
	char *addr = scene_anon(MANY);

	madvise(addr, MANY * PAGE, MADV_NOHUGEPAGE);
	return addr;
}

/* How many pages were moved. */
struct compacted {
	size_t plain, locked;
};

/* Three kinds of pages lie side by side, one goes away, and compaction moves what is left together. */
static struct compacted compact_mlocked(const char *keeps)
{
	static uint64_t before_plain[MANY], before_locked[MANY];
	char *plain = many_small(), *locked = many_small(), *away = many_small(), want[64];
	struct compacted compacted;

	for (size_t i = 0; i < MANY; i++) {
		scene_write(plain + i * PAGE, 1);
		scene_write(locked + i * PAGE, 1);
		scene_write(away + i * PAGE, 1);
	}
	if (mlock(locked, MANY * PAGE))
		die("mlock: %s", strerror(errno));
	scene_drain();
	expect_why_there(plain, "");
	snprintf(want, sizeof(want), "mlocked mlocked %s yes", keeps);
	expect_why_there(locked, want);
	munmap(away, MANY * PAGE);
	proc_pagemap(getpid(), plain, MANY, before_plain);
	proc_pagemap(getpid(), locked, MANY, before_locked);
	compact();
	compacted = (struct compacted){ moved(plain, before_plain), moved(locked, before_locked) };
	munmap(plain, MANY * PAGE);
	munmap(locked, MANY * PAGE);
	return compacted;
}

/*
 * What is mlocked stays, where compaction may not take it, among others that are moved.  What it moves is up to where
 * the allocator has put things, and may be nothing: then again.
 */
TEST_F(why_kept, compaction)
{
	struct compacted compacted = { 0, 0 };

	scene_swap();
	if (!setting("/proc/sys/vm/compact_unevictable_allowed", "0"))
		skip("this kernel does not compact memory");
	setting("/proc/sys/vm/compaction_proactiveness", "0");	/* kcompactd would do it before */
	for (int tries = 0; !compacted.plain && tries < TRIES; tries++) {
		compacted = compact_mlocked("reclaim\\x20compact");
		expect_eq("mlocked pages that were moved", compacted.locked, 0);
	}
	expect_eq("others were", compacted.plain > 0, 1);
	setting("/proc/sys/vm/compact_unevictable_allowed", "1");
	for (int tries = 0; !compacted.locked && tries < TRIES; tries++)
		compacted = compact_mlocked("reclaim");
	expect_eq("mlocked pages were, where that is allowed", compacted.locked > 0, 1);
}

SCENE_MAIN
