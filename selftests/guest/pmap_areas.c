// SPDX-License-Identifier: GPL-2.0
/* pmap_areas.c - `vmaview pmap` and pmap agree on areas of odd kinds and sizes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/pair.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(pmap_areas)

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#define PR_SET_VMA_ANON_NAME 0
#endif

static void name_area(char *addr, const char *name)
{
	if (prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, addr, PAGE, name) && errno != EINVAL)
		die("PR_SET_VMA_ANON_NAME: %s", strerror(errno));
}

static void map_shm(void)
{
	int id = shmget(IPC_PRIVATE, 2 * PAGE, IPC_CREAT | 0600);
	char *addr = shmat(id, NULL, 0);

	if (addr == (void *)-1)
		die("shmat: %s", strerror(errno));
	addr[0] = 1;
	shmctl(id, IPC_RMID, NULL);
}

static char *map(size_t length, int prot, int flags, int fd, off_t offset)
{
	char *addr = mmap(NULL, length, prot, flags, fd, offset);

	if (addr == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	return addr;
}

static int odd_areas(void *unused)
{
	int anonymous = MAP_PRIVATE | MAP_ANONYMOUS, fd = memfd_create("far", 0);
	char *area;

	(void)unused;
	pair_alone();
	area = scene_anon(64);
	scene_write(area, 40);
	mprotect(area + 8 * PAGE, PAGE, PROT_NONE);
	mprotect(area + 16 * PAGE, PAGE, PROT_READ | PROT_EXEC);
	mlock(area + 24 * PAGE, PAGE);
	madvise(area + 32 * PAGE, PAGE, MADV_DONTFORK);
	name_area(area, "named");
	name_area(area + 48 * PAGE, "with/slash and blank");
	map(1UL << 40, PROT_NONE, anonymous | MAP_NORESERVE, -1, 0);
	map(1UL << 40, PROT_READ | PROT_WRITE, anonymous | MAP_NORESERVE, -1, 0)[0] = 1;
	map(PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)[0] = 1;
	map(PAGE, PROT_READ, anonymous | MAP_GROWSDOWN, -1, 0);
	if (ftruncate(fd, 1UL << 41))
		die("ftruncate: %s", strerror(errno));
	map(PAGE, PROT_READ, MAP_SHARED, fd, 1UL << 40);
	map_shm();
	child_ready();
	return 0;
}

/* Areas of odd kinds and sizes. */
TEST_F(pmap_areas, kinds)
{
	pair_scene(odd_areas);
}

static int huge_areas(void *unused)
{
	int anonymous = MAP_PRIVATE | MAP_ANONYMOUS, access = PROT_READ | PROT_WRITE;
	char *thp;

	(void)unused;
	pair_alone();
	thp = map(4 * HUGE, access, anonymous, -1, 0);
	madvise(thp, 4 * HUGE, MADV_HUGEPAGE);
	scene_write(thp, 2 * HUGE / PAGE);
	scene_write(map(2 * HUGE, access, anonymous | MAP_HUGETLB, -1, 0), 1);
	scene_write(map(HUGE, access, MAP_SHARED | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0), 1);
	child_ready();
	return 0;
}

/* Huge pages of all kinds. */
TEST_F(pmap_areas, huge_pages)
{
	scene_thp();
	scene_hugetlb(4);
	pair_scene(huge_areas);
}

/* SwapPss is a key that the module does not know. */
static int swapped_areas(void *unused)
{
	char *area;

	(void)unused;
	pair_alone();
	area = scene_anon(64);
	scene_write(area, 64);
	scene_page_out(area, 40);
	scene_read(area, 4);
	child_ready();
	return 0;
}

/* Memory that is swapped out. */
TEST_F(pmap_areas, swapped_pages)
{
	scene_swap();
	pair_scene(swapped_areas);
}

SCENE_MAIN
