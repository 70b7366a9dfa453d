// SPDX-License-Identifier: GPL-2.0
/* special - entries and areas that are no ordinary memory. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/bar.h"
#include "lib/door.h"
#include "lib/look.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/uffd.h"

SCENE(special)

enum { PAGES = 8, PROTECTED = 3 };

static char *memory;

/* Pages that userfaultfd protects cannot be told. */
TEST_F(special, uffd_protected)
{
	struct want want = want_anon(PAGES, PAGES);
	int fd = uffd_open(0);

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	scene_drain();
	uffd_watch(fd, memory, PAGES);
	uffd_protect(fd, memory, PROTECTED, true);
	want.v[COW_MAYBE] = PROTECTED * 4;
	want.v[COW_REUSE] = (PAGES - PROTECTED) * 4;
	look_here("write-protected", memory, &want);
	uffd_protect(fd, memory, PROTECTED, false);
	want = want_anon(PAGES, PAGES);
	look_here("no longer protected", memory, &want);
}

/* userfaultfd markers in shmem are absent. */
TEST_F(special, uffd_markers)
{
	struct want want = want_empty(PAGES);
	int fd = uffd_open(UFFD_FEATURE_WP_HUGETLBFS_SHMEM);
	int file = memfd_create("scene", MFD_CLOEXEC);

	if (file < 0 || ftruncate(file, PAGES * PAGE))
		die("memfd: %s", strerror(errno));
	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file);
	uffd_watch(fd, memory, PAGES);
	uffd_protect(fd, memory, PROTECTED, true);
	want.v[ABSENT_UFFD] = PROTECTED;
	want.v[ABSENT_NONE] = PAGES - PROTECTED;
	want.v[TABLES] = want_tables(true);
	look_here("protected before it is there, shmem", memory, &want);
}

/* userfaultfd markers in anonymous memory are absent. */
TEST_F(special, uffd_anon_markers)
{
	struct want want = want_empty(PAGES);
	int fd = uffd_open(UFFD_FEATURE_WP_UNPOPULATED);

	memory = scene_anon(PAGES);
	uffd_watch(fd, memory, PAGES);
	uffd_protect(fd, memory, PROTECTED, true);
	want.v[ABSENT_UFFD] = PROTECTED;
	want.v[ABSENT_NONE] = PAGES - PROTECTED;
	want.v[TABLES] = want_tables(true);
	look_here("protected before it is there, anonymous", memory, &want);
}

/* Guard regions are absent. */
TEST_F(special, guards)
{
	struct want want = want_anon(PAGES, PAGES - PROTECTED);

	memory = scene_anon(PAGES);
	if (madvise(memory, PROTECTED * PAGE, MADV_GUARD_INSTALL))
		skip("this kernel has no guard regions");
	scene_write(memory + PROTECTED * PAGE, PAGES - PROTECTED);
	scene_drain();
	want.v[ABSENT_GUARD] = PROTECTED;
	want.v[ABSENT_NONE] = 0;
	look_here("guarded", memory, &want);
	madvise(memory, PROTECTED * PAGE, MADV_GUARD_REMOVE);
	want.v[ABSENT_GUARD] = 0;
	want.v[ABSENT_NONE] = PROTECTED;
	look_here("no longer guarded", memory, &want);
}

static void survive(int signal_number)
{
	(void)signal_number;
}

/*
 * Poisoned pages are absent.  * Poison is simulated; the frame is lost to this machine until it is
 * booted again.  smaps goes on counting the page that the entry names.
 */
TEST_F(special, poisoned)
{
	struct want want = want_anon(PAGES, PAGES);

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	scene_drain();
	signal(SIGBUS, survive);	/* sent to whoever poisons what it maps, on some kernels */
	if (madvise(memory, PAGE, MADV_HWPOISON))
		skip("this kernel poisons no memory: %s", strerrorname_np(errno));
	want.v[ABSENT_HWPOISON] = 1;
	want.v[LEAVES_4K] = PAGES - 1;
	want.v[COW_REUSE] = want.v[RECLAIM_SWAP] = (PAGES - 1) * 4;
	want.v[RECLAIM_NEVER] = 4;
	want.v[SHARED_DIRTY] = want.v[PRIVATE_DIRTY] = ANY;	/* kernels differ; smaps is asked */
	look_here("poisoned", memory, &want);
}

/* A huge page of which one page is broken is one absent entry, and nothing else. */
TEST_F(special, poisoned_huge)
{
	struct area area;

	scene_hugetlb(2);
	memory = scene_map(2 * HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1);
	scene_write(memory, 1);
	scene_write(memory + HUGE, 1);
	look(getpid(), memory, &area);
	expect_eq("Private_Hugetlb", area.value[PRIVATE_HUGETLB], 2 * HUGE >> 10);
	expect_eq("Absent/hwpoison", area.value[ABSENT_HWPOISON], 0);
	signal(SIGBUS, survive);
	if (madvise(memory + 77 * PAGE, PAGE, MADV_HWPOISON))
		skip("this kernel poisons no memory: %s", strerrorname_np(errno));
	look(getpid(), memory, &area);
	expect_eq("Absent/hwpoison, broken", area.value[ABSENT_HWPOISON], 1);
	expect_eq("Absent/none, broken", area.value[ABSENT_NONE], 0);
	expect_eq("Leaves/2M, broken", area.value[LEAVES_2M], 1);
}

/* PROT_NONE keeps its memory. */
TEST_F(special, prot_none)
{
	struct want want = want_anon(PAGES, PAGES);

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	scene_drain();
	mprotect(memory, PAGES * PAGE, PROT_NONE);
	want.v[COW_REUSE] = 0;
	look_here("PROT_NONE", memory, &want);
}

/* A shared file mapped twice in part is exact. */
TEST_F(special, shared_file)
{
	struct want want = want_file(PAGES, PAGES);
	int fd = scene_file("/dev/shm", PAGES);
	char *other = scene_map(PAGES * PAGE, PROT_READ, MAP_SHARED, fd);

	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	scene_read(memory, PAGES);
	scene_read(other, PROTECTED);
	munmap(other + PROTECTED * PAGE, (PAGES - PROTECTED) * PAGE);
	scene_drain();
	want.v[COW_SOURCE] = want.v[COW_DEBT] = want.v[PRIVATE_CLEAN] = want.v[RECLAIM_DROP] = 0;
	want.v[SHARED_DIRTY] = PROTECTED * 4;
	want.v[PRIVATE_DIRTY] = (PAGES - PROTECTED) * 4;
	want.v[PSS] = want.v[PSS_DIRTY] = PROTECTED * 2 + (PAGES - PROTECTED) * 4;
	want.v[RECLAIM_SWAP] = PAGES * 4;
	want.v[MAPCOUNT_MAX] = 2;
	want.v[REFCOUNT_MAX] = 3;
	look_here("file of tmpfs, three pages mapped twice", memory, &want);
}

static bool has_word(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = words; (at = strstr(at, word)); at += len)
		if ((at == words || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
	return false;
}

/* Device memory has leaves and no pages. */
TEST_F(special, device_memory)
{
	struct want want;
	struct area area;
	size_t len;
	int fd = bar_open(&len);

	if (fd < 0)
		skip("no PCI device has a memory BAR that may be mapped");
	memory = scene_map(len, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	want = want_empty(len / PAGE);
	want.v[ABSENT_NONE] = 0;
	want.v[LEAVES_4K] = len / PAGE;
	want.v[RECLAIM_NEVER] = len / 1024;
	want.v[TABLES] = want_tables(true);
	look_here("device memory", memory, &want);
	look(getpid(), memory, &area);
	if (!has_word(area.flags, "io") || !has_word(area.flags, "pfnmap"))
		fail("Flags: expected io and pfnmap, got \"%s\"", area.flags);
	if (!strcmp(area.ops, "none"))
		fail("Ops: expected a driver's, got none");
}

/* A hole of 1 TiB costs nothing. */
TEST_F(special, hole)
{
	const size_t len = 1UL << 40;
	struct want want = want_empty(len / PAGE);
	struct stream stream;

	memory = scene_map(len, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);
	scene_place();
	madvise(memory, len, MADV_NOHUGEPAGE);
	look_here("1 TiB of nothing", memory, &want);
	scene_write(memory + len / 2, 1);
	scene_drain();
	want = want_anon(len / PAGE, 1);
	look_here("one page in 1 TiB", memory, &want);

	door_stream(getpid(), VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES, &stream);
	if (stream.end.entries > 20000 || stream.end.elapsed > 1000000000ULL)
		fail("expected a walk of some thousand entries, got %llu in %llu ns",
		     (unsigned long long)stream.end.entries,
		     (unsigned long long)stream.end.elapsed);
}

/* The vdso is the kernel's and stays. */
TEST_F(special, vdso)
{
	const char *addr = (const char *)getauxval(AT_SYSINFO_EHDR);
	struct area area;

	if (!addr)
		skip("this process has no vdso");
	scene_read(addr, 1);
	look(getpid(), addr, &area);
	expect_str("Ops", area.ops, "special_mapping_vmops");
	expect_eq("Cow", area.value[COW_COPY] + area.value[COW_REUSE] + area.value[COW_SOURCE], 0);
	expect_eq("Reclaim_Never", area.value[RECLAIM_NEVER], area.value[LEAVES_4K] * 4);
	expect_eq("Leaves + Absent", area.value[LEAVES_4K] + area.value[ABSENT_NONE],
		  area.value[SIZE] / 4);
	if (!area.value[LEAVES_4K])
		fail("the vdso was read and has no page");
}

/* Vvar has no memory of the process. */
TEST_F(special, vvar)
{
	const char *vdso_start = (const char *)getauxval(AT_SYSINFO_EHDR);
	struct area_list list;
	unsigned int seen = 0;

	if (!vdso_start)
		skip("this process has no vdso");
	door_areas(getpid(), &list);
	for (size_t i = 0; i < list.nr; i++) {
		struct area *area = &list.area[i], again;

		if (!strstr(area->head, "[vvar"))
			continue;
		look(getpid(), (void *)area->start, &again);
		expect_eq("Rss", again.value[RSS], 0);
		expect_eq("Reclaim_Never", again.value[RECLAIM_NEVER], again.value[LEAVES_4K] * 4);
		if (!has_word(again.flags, "pfnmap") && !has_word(again.flags, "mixedmap"))
			fail("Flags: expected pfnmap or mixedmap, got \"%s\"", again.flags);
		seen++;
	}
	if (!seen)
		fail("areas shows no [vvar]");
}

SCENE_MAIN
