// SPDX-License-Identifier: GPL-2.0
/* scene.c - memory whose truth is known by construction. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "result.h"
#include "scene.h"
#include "setting.h"

#define THP "/sys/kernel/mm/transparent_hugepage/"

void *volatile nowhere = (void *)8;

void *scene_place(void)
{
	static uintptr_t next = 0x200000000000;

	next += 1UL << 39;
	return (void *)next;
}

char *scene_map(size_t len, int prot, int flags, int fd)
{
	char *addr = mmap(scene_place(), len, prot, flags | MAP_FIXED_NOREPLACE, fd, 0);

	if (addr == MAP_FAILED)
		die("mmap of %zu bytes: %s", len, strerror(errno));
	return addr;
}

char *scene_anon(size_t pages)
{
	return scene_map(pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

void scene_write(char *addr, size_t pages)
{
	for (size_t i = 0; i < pages; i++)
		*(volatile uint32_t *)(addr + i * PAGE) = 0x5eed0000 + i;
}

void scene_read(const char *addr, size_t pages)
{
	for (size_t i = 0; i < pages; i++)
		(void)*(volatile const char *)(addr + i * PAGE);
}

/* lru_add_drain() on this CPU, then what MADV_COLD itself queued. */
static void drain_here(char *dummy)
{
	madvise(dummy, PAGE, MADV_COLD);
	madvise(dummy, PAGE, MADV_COLD);
}

void scene_drain(void)
{
	static char *dummy;
	cpu_set_t before, one;

	if (!dummy) {
		dummy = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		scene_write(dummy, 1);
	}
	sched_getaffinity(0, sizeof(before), &before);
	for (long cpu = sysconf(_SC_NPROCESSORS_ONLN) - 1; cpu >= 0; cpu--) {
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		if (!sched_setaffinity(0, sizeof(one), &one))
			drain_here(dummy);
	}
	sched_setaffinity(0, sizeof(before), &before);
}

static void fill(int fd, size_t pages)
{
	char page[PAGE];

	for (size_t i = 0; i < pages; i++) {
		memset(page, 'a' + i % 26, sizeof(page));
		memcpy(page, &i, sizeof(i));	/* no two pages alike */
		if (pwrite(fd, page, PAGE, i * PAGE) != (ssize_t)PAGE)
			die("writing a file: %s", strerror(errno));
	}
}

int scene_memfd(size_t pages, unsigned int flags)
{
	int fd = memfd_create("scene", flags | MFD_CLOEXEC);

	if (fd < 0 || ftruncate(fd, pages * PAGE))
		die("memfd: %s", strerror(errno));
	if (!(flags & MFD_HUGETLB))
		fill(fd, pages);
	return fd;
}

int scene_file(const char *dir, size_t pages)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/scene.XXXXXX", dir);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		die("%s: %s", path, strerror(errno));
	unlink(path);
	fill(fd, pages);
	return fd;
}

void scene_hugetlb(unsigned int nr)
{
	char text[16];
	const char *have;

	snprintf(text, sizeof(text), "%u", nr);
	if (!setting("/proc/sys/vm/nr_hugepages", text))
		skip("this kernel has no hugetlb");
	have = setting_get("/proc/sys/vm/nr_hugepages");
	if (!have || atoi(have) < (int)nr)
		die("only %s of %u huge pages could be reserved", have, nr);
}

void scene_thp(void)
{
	if (!setting(THP "enabled", "madvise") || !setting(THP "defrag", "always"))
		skip("this kernel has no transparent huge pages");
}

char *scene_try_huge_page(void)
{
	char *addr = scene_map(HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	if (madvise(addr, HUGE, MADV_HUGEPAGE))
		return NULL;
	scene_write(addr, 1);
	madvise(addr, HUGE, MADV_NOHUGEPAGE);	/* it stays, and khugepaged stays away */
	return addr;
}

char *scene_huge_page(void)
{
	char *addr = scene_try_huge_page();

	if (!addr)
		skip("this kernel has no transparent huge pages");
	return addr;
}
