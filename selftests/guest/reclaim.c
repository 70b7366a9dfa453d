// SPDX-License-Identifier: GPL-2.0
/* reclaim - what the kernel could take back, by kind of memory. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include "lib/look.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(reclaim)

enum { PAGES = 16, PRESENT = 12, SOME = 5 };

static char *memory;

/* Anonymous memory can only be swapped. */
TEST_F(reclaim, anon)
{
	struct want want = want_anon(PAGES, PRESENT);

	memory = scene_anon(PAGES);
	scene_write(memory, PRESENT);
	scene_drain();
	look_here("anonymous", memory, &want);
}

static int clean_file(void)
{
	int fd = scene_file(scene_ext4(), PAGES);

	if (fsync(fd))
		die("fsync: %s", strerror(errno));
	return fd;
}

/* Clean page cache can be dropped. */
TEST_F(reclaim, clean)
{
	struct want want = want_file(PAGES, PAGES);

	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, clean_file());
	scene_read(memory, PAGES);
	scene_drain();
	look_here("clean file, private", memory, &want);
	scene_write(memory, SOME);
	scene_drain();
	want.v[PRIVATE_CLEAN] = want.v[RECLAIM_DROP] = (PAGES - SOME) * 4;
	want.v[COW_SOURCE] = want.v[COW_DEBT] = (PAGES - SOME) * 4;
	want.v[PRIVATE_DIRTY] = want.v[PSS_DIRTY] = want.v[ANONYMOUS] = SOME * 4;
	want.v[COW_REUSE] = want.v[RECLAIM_SWAP] = SOME * 4;
	look_here("written in part", memory, &want);
}

/* Dirty page cache must be written. */
TEST_F(reclaim, dirty)
{
	struct want want = want_file(PAGES, PAGES);

	want.v[COW_SOURCE] = want.v[COW_DEBT] = 0;
	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, clean_file());
	scene_read(memory, PAGES);
	scene_drain();
	look_here("clean file, shared", memory, &want);
	scene_write(memory, SOME);
	scene_drain();
	want.v[PRIVATE_CLEAN] = want.v[RECLAIM_DROP] = (PAGES - SOME) * 4;
	want.v[PRIVATE_DIRTY] = want.v[PSS_DIRTY] = want.v[RECLAIM_WRITE] = SOME * 4;
	look_here("written in part", memory, &want);
	if (msync(memory, PAGES * PAGE, MS_SYNC))
		die("msync: %s", strerror(errno));
	scene_drain();
	want.v[PRIVATE_CLEAN] = want.v[RECLAIM_DROP] = PAGES * 4;
	want.v[PRIVATE_DIRTY] = want.v[PSS_DIRTY] = want.v[RECLAIM_WRITE] = 0;
	look_here("written back", memory, &want);
}

/* Memory given free by MADV_FREE can be dropped. */
TEST_F(reclaim, lazyfree)
{
	struct want want = want_anon(PAGES, PRESENT);

	memory = scene_anon(PAGES);
	scene_write(memory, PRESENT);
	scene_drain();
	if (madvise(memory, SOME * PAGE, MADV_FREE))
		die("MADV_FREE: %s", strerror(errno));
	scene_drain();
	want.v[LAZYFREE] = want.v[PRIVATE_CLEAN] = want.v[RECLAIM_DROP] = SOME * 4;
	want.v[RECLAIM_SWAP] = want.v[PRIVATE_DIRTY] = want.v[PSS_DIRTY] = (PRESENT - SOME) * 4;
	want.v[REFERENCED] = (PRESENT - SOME + proc_referenced(getpid(), memory, SOME)) * 4;
	look_here("given free", memory, &want);
}

/* Locked page cache stays. */
TEST_F(reclaim, locked_file)
{
	struct want want = want_file(PAGES, PAGES);

	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, clean_file());
	if (mlock(memory, PAGES * PAGE))
		die("mlock: %s", strerror(errno));
	scene_read(memory, PAGES);
	scene_drain();
	want.v[COW_SOURCE] = want.v[COW_DEBT] = want.v[RECLAIM_DROP] = 0;
	want.v[MLOCKED] = want.v[UNEVICTABLE] = want.v[LOCKED] = want.v[RECLAIM_NEVER] = PAGES * 4;
	want.v[PRIVATE_CLEAN] = want.v[PRIVATE_DIRTY] = want.v[PSS_DIRTY] = ANY;
	want.v[REFERENCED] = ANY;	/* populated by the kernel, not by a fault */
	look_here("locked file", memory, &want);
}

/* Shared memory can only be swapped. */
TEST_F(reclaim, sysv_shm)
{
	struct want want = want_anon(PAGES, PRESENT);
	int id = shmget(IPC_PRIVATE, PAGES * PAGE, IPC_CREAT | 0600);

	if (id < 0)
		skip("no System V shared memory: %s", strerrorname_np(errno));
	memory = shmat(id, scene_place(), 0);
	shmctl(id, IPC_RMID, NULL);
	if (memory == (void *)-1)
		die("shmat: %s", strerror(errno));
	scene_write(memory, PRESENT);
	scene_drain();
	want.v[ANONYMOUS] = want.v[COW_REUSE] = 0;
	want.v[REFCOUNT_MAX] = 2;
	look_here("System V shared memory", memory, &want);
}

SCENE_MAIN
