// SPDX-License-Identifier: GPL-2.0
/* kinds_memory.c - memory that is this process's own, or a file's. */
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "child.h"
#include "kinds.h"
#include "proc.h"
#include "scene.h"
#include "setting.h"

#ifndef MAP_DROPPABLE
#define MAP_DROPPABLE 8
#endif
#define MADV_SOFT_OFFLINE_ 101
#define RW (PROT_READ | PROT_WRITE)
enum { PAGES = 16, SOME = 6, HUGE_PAGES = HUGE / PAGE };

static char *written(size_t *pages)
{
	char *addr = scene_anon(PAGES);

	*pages = PAGES;
	scene_write(addr, PAGES);
	scene_drain();
	return addr;
}

static char *anon(size_t *pages)
{
	char *addr = scene_anon(PAGES);

	*pages = PAGES;
	scene_read(addr, PAGES);
	scene_write(addr, SOME);
	return addr;
}

/* Half of what was given up is written again. */
static char *given_up(size_t *pages)
{
	char *addr = written(pages);

	if (madvise(addr, PAGES * PAGE, MADV_FREE))
		return kind_lacks("no MADV_FREE: %s", strerrorname_np(errno));
	scene_drain();
	scene_write(addr, SOME);
	scene_drain();
	return addr;
}

static char *droppable(size_t *pages)
{
	char *addr = mmap(scene_place(), PAGES * PAGE, RW, MAP_ANONYMOUS | MAP_DROPPABLE | MAP_FIXED, -1, 0);

	if (addr == MAP_FAILED)
		return kind_lacks("no memory that is dropped: %s", strerrorname_np(errno));
	*pages = PAGES;
	scene_write(addr, PAGES);
	scene_drain();
	return addr;
}

static char *droppable_given_up(size_t *pages)
{
	char *addr = droppable(pages);

	if (addr && madvise(addr, SOME * PAGE, MADV_FREE))
		return kind_lacks("no MADV_FREE: %s", strerrorname_np(errno));
	scene_drain();
	return addr;
}

static char *no_access(size_t *pages)
{
	char *addr = written(pages);

	mprotect(addr, PAGES * PAGE, PROT_NONE);
	return addr;
}

static char *locked(size_t *pages)
{
	char *addr = written(pages);

	if (mlock(addr, PAGES * PAGE))
		die("mlock: %s", strerror(errno));
	scene_drain();
	return addr;
}

static char *locked_later(size_t *pages)
{
	char *addr = scene_anon(PAGES);

	if (mlock2(addr, PAGES * PAGE, MLOCK_ONFAULT))
		die("mlock2: %s", strerror(errno));
	*pages = PAGES;
	scene_write(addr, SOME);
	scene_drain();
	return addr;
}

static char *guarded(size_t *pages)
{
	char *addr = written(pages);

	if (madvise(addr, SOME * PAGE, MADV_GUARD_INSTALL))
		return kind_lacks("this kernel has no guard regions");
	return addr;
}

static int stay(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

static char *with_child(char *addr)
{
	static struct child child;

	child_start(&child, stay, NULL);
	return addr;
}

static char *forked(size_t *pages)
{
	return with_child(written(pages));
}

/* The first page in as many places as the kernel's patience lasts, the others of zeros. */
static char *merged(size_t *pages)
{
	const struct timespec tick = { .tv_nsec = 10000000 };
	char *addr = scene_anon(PAGES);

	setting("/sys/kernel/mm/ksm/smart_scan", "0");
	setting("/sys/kernel/mm/ksm/sleep_millisecs", "1");
	setting("/sys/kernel/mm/ksm/pages_to_scan", "1000");
	if (madvise(addr, PAGES * PAGE, MADV_MERGEABLE) || !setting("/sys/kernel/mm/ksm/run", "1"))
		return kind_lacks("this kernel has no KSM");
	memset(addr, 'k', PAGES * PAGE);
	for (int tries = 0; tries < 1000; tries++) {
		if (PAGEMAP_PFN(proc_page(addr)) == PAGEMAP_PFN(proc_page(addr + (PAGES - 1) * PAGE)))
			break;
		nanosleep(&tick, NULL);	/* polling: ksmd tells nobody */
	}
	setting("/sys/kernel/mm/ksm/run", "0");
	scene_drain();
	*pages = PAGES;
	return addr;
}

static char *pinned(size_t *pages)
{
	struct io_uring_params params = { 0 };
	char *addr = written(pages);
	struct iovec vector = { addr, SOME * PAGE };
	int fd = syscall(SYS_io_uring_setup, 2, &params);

	if (fd < 0 || syscall(SYS_io_uring_register, fd, IORING_REGISTER_BUFFERS, &vector, 1))
		return kind_lacks("no io_uring: %s", strerrorname_np(errno));
	scene_drain();
	return addr;
}

static char *huge(size_t *pages)
{
	char *addr;

	scene_thp();
	addr = scene_huge_page();
	scene_write(addr, HUGE_PAGES);	/* what is all zeros may become the zero page when it is split */
	*pages = HUGE_PAGES;
	scene_drain();
	return addr;
}

static char *huge_no_access(size_t *pages)
{
	char *addr = huge(pages);

	mprotect(addr, HUGE, PROT_NONE);
	return addr;
}

/* By small entries, and with a hole. */
static char *huge_holed(size_t *pages)
{
	char *addr = huge(pages);

	munmap(addr + HUGE / 2, HUGE / 2);
	*pages = HUGE_PAGES / 2;
	return addr;
}

/* No page of it is marked as locked on kernels that mark none of a large folio that is mapped in part. */
static char *huge_locked_in_part(size_t *pages)
{
	char *addr = huge_holed(pages);

	if (mlock(addr, HUGE / 2))
		die("mlock: %s", strerror(errno));
	scene_drain();
	return addr;
}

static char *huge_given_up(size_t *pages)
{
	char *addr = huge(pages);

	madvise(addr, HUGE, MADV_FREE);
	scene_drain();
	return addr;
}

static char *huge_forked(size_t *pages)
{
	return with_child(huge(pages));
}

static char *huge_zeros(size_t *pages)
{
	char *addr;

	scene_thp();
	setting("/sys/kernel/mm/transparent_hugepage/use_zero_page", "1");
	addr = scene_map(HUGE, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	madvise(addr, HUGE, MADV_HUGEPAGE);
	scene_read(addr, 1);
	*pages = HUGE_PAGES;
	return addr;
}

static char *hugetlb(size_t *pages)
{
	char *addr;

	if (!setting("/proc/sys/vm/nr_hugepages", "8"))
		return kind_lacks("this kernel has no hugetlb");
	*pages = 2 * HUGE_PAGES;
	addr = kind_map(*pages, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	if (addr)
		addr[0] = 1;
	return addr;
}

static char *hugetlb_forked(size_t *pages)
{
	char *addr = hugetlb(pages);

	return addr ? with_child(addr) : NULL;
}

static char *hugetlb_shared(size_t *pages)
{
	char *addr;

	if (!setting("/proc/sys/vm/nr_hugepages", "8"))
		return kind_lacks("this kernel has no hugetlb");
	*pages = 2 * HUGE_PAGES;
	addr = scene_map(2 * HUGE, RW, MAP_SHARED, scene_memfd(2 * HUGE_PAGES, MFD_HUGETLB));
	addr[0] = 1;
	return addr;
}

/* Once a process, as it is made of one disk. */
static const char *ext4(void)
{
	static const char *dir;

	if (!dir)
		dir = scene_ext4();
	return dir;
}

static char *file_of(const char *dir, int prot, int flags)
{
	int fd = scene_file(dir, PAGES);
	char *addr;

	fsync(fd);
	addr = scene_map(PAGES * PAGE, prot, flags, fd);
	scene_read(addr, PAGES);
	return addr;
}

static char *file_clean(size_t *pages)
{
	char *addr = file_of(ext4(), PROT_READ, MAP_PRIVATE);

	scene_drain();
	*pages = PAGES;
	return addr;
}

static char *file_copied(size_t *pages)
{
	char *addr = file_of(ext4(), RW, MAP_PRIVATE);

	scene_write(addr, SOME);
	scene_drain();
	*pages = PAGES;
	return addr;
}

static char *file_dirty(size_t *pages)
{
	char *addr = file_of(ext4(), RW, MAP_SHARED);

	scene_write(addr, SOME);
	scene_drain();
	*pages = PAGES;
	return addr;
}

/* Locked in one area, and mapped by another. */
static char *file_locked(size_t *pages)
{
	int fd = scene_file(ext4(), PAGES);
	char *addr = scene_map(PAGES * PAGE, PROT_READ, MAP_PRIVATE, fd);
	char *other = scene_map(PAGES * PAGE, PROT_READ, MAP_PRIVATE, fd);

	fsync(fd);
	if (mlock(other, PAGES * PAGE))
		die("mlock: %s", strerror(errno));
	scene_read(addr, PAGES);
	scene_drain();
	*pages = PAGES;
	return addr;
}

static char *on_mount(const char *type, const char *options, size_t *pages)
{
	static unsigned int number;
	char dir[64], *addr;

	snprintf(dir, sizeof(dir), "/tmp/vmaview-kind-%u", number++);
	mkdir(dir, 0755);
	if (mount("kind", dir, type, 0, options))
		return kind_lacks("no %s with %s: %s", type, options, strerrorname_np(errno));
	addr = file_of(dir, RW, MAP_SHARED);
	scene_write(addr, SOME);
	scene_drain();
	umount2(dir, MNT_DETACH);
	rmdir(dir);
	*pages = PAGES;
	return addr;
}

static char *ram_file(size_t *pages)
{
	return on_mount("ramfs", "mode=755", pages);
}

static char *never_swapped(size_t *pages)
{
	return on_mount("tmpfs", "noswap", pages);
}

static char *shmem(size_t *pages)
{
	char *addr = scene_map(PAGES * PAGE, RW, MAP_SHARED, scene_memfd(PAGES, 0));

	scene_write(addr, PAGES);
	scene_drain();
	*pages = PAGES;
	return addr;
}

static char *anon_shared(size_t *pages)
{
	char *addr = scene_map(PAGES * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1);

	scene_write(addr, SOME);
	scene_drain();
	*pages = PAGES;
	return addr;
}

static char *segment(size_t *pages, int lock)
{
	int id = shmget(IPC_PRIVATE, PAGES * PAGE, IPC_CREAT | 0600);
	char *addr = id < 0 ? (char *)-1 : shmat(id, scene_place(), 0);

	if (addr == (char *)-1)
		return kind_lacks("no System V shared memory: %s", strerrorname_np(errno));
	scene_write(addr, SOME);
	scene_drain();
	if (lock && shmctl(id, SHM_LOCK, NULL))
		die("SHM_LOCK: %s", strerror(errno));
	shmctl(id, IPC_RMID, NULL);
	*pages = PAGES;
	return addr;
}

static char *segment_unlocked(size_t *pages)
{
	return segment(pages, 0);
}

/* Its pages are marked once reclaim has seen them, and not before. */
static char *segment_locked(size_t *pages)
{
	return segment(pages, 1);
}

static char *zeros_private(size_t *pages)
{
	char *addr = kind_map(PAGES, RW, MAP_PRIVATE, open("/dev/zero", O_RDWR | O_CLOEXEC), 0);

	if (addr) {
		scene_read(addr, PAGES);
		scene_write(addr, SOME);
	}
	*pages = PAGES;
	return addr;
}

static char *swapped(size_t *pages)
{
	char *addr;

	kind_swap_on();
	addr = written(pages);
	scene_page_out(addr, SOME);
	return addr;
}

static char *disk(size_t *pages)
{
	char *addr;
	int fd;

	kind_swap_on();	/* there are disks then */
	fd = open("/dev/ram0", O_RDWR | O_CLOEXEC);
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);	/* what others have read of it is theirs */
	addr = kind_map(PAGES, RW, MAP_SHARED, fd, 0);
	if (addr)
		scene_read(addr, PAGES);
	scene_drain();
	*pages = PAGES;
	return addr;
}

static char *direct(size_t *pages, int flags)
{
	int fd = scene_dax(2 * HUGE);
	char *addr = kind_map(2 * HUGE_PAGES, RW, flags, fd, 0);

	if (!addr)
		return NULL;
	scene_read(addr, 1);
	addr[HUGE] = 1;
	*pages = 2 * HUGE_PAGES;
	return addr;
}

static char *direct_shared(size_t *pages)
{
	return scene_has_dax() ? direct(pages, MAP_SHARED) :
		kind_lacks("this machine has no memory that files are mapped to directly");
}

static char *direct_private(size_t *pages)
{
	return scene_has_dax() ? direct(pages, MAP_PRIVATE) :
		kind_lacks("this machine has no memory that files are mapped to directly");
}

static void survive(int number)
{
	(void)number;
}

static char *poisoned(size_t *pages, int flags, int advice)
{
	char *addr = scene_map(PAGES * PAGE, RW, flags | MAP_ANONYMOUS, -1);

	scene_write(addr, PAGES);
	scene_drain();
	signal(SIGBUS, survive);	/* sent to whoever poisons what it maps, on some kernels */
	if (madvise(addr, PAGE, advice))
		return kind_lacks("this kernel poisons no memory: %s", strerrorname_np(errno));
	*pages = PAGES;
	return addr;
}

static char *poisoned_private(size_t *pages)
{
	return poisoned(pages, MAP_PRIVATE, MADV_HWPOISON);
}

static char *poisoned_shared(size_t *pages)
{
	return poisoned(pages, MAP_SHARED, MADV_HWPOISON);
}

static char *taken_offline(size_t *pages)
{
	return poisoned(pages, MAP_PRIVATE, MADV_SOFT_OFFLINE_);
}

/* MADV_PAGEOUT of v6.1 takes a directly mapped PMD for a bad one, and clears it: it is not told so here. */
KIND(written, 0, "anonymous memory, written")
KIND(anon, 0, "anonymous memory, read and written")
KIND(given_up, 0, "memory given up, and written again in part")
KIND(droppable, 0, "memory that may be dropped")
KIND(droppable_given_up, 0, "memory that may be dropped, given up in part")
KIND(no_access, 0, "memory of PROT_NONE")
KIND(locked, 0, "locked memory")
KIND(locked_later, 0, "memory locked when it is touched")
KIND(guarded, 0, "guarded memory")
KIND(forked, 0, "forked memory")
KIND(merged, 0, "merged memory")
KIND(pinned, 0, "pinned memory")
KIND(huge, KIND_HUGE, "a huge page")
KIND(huge_no_access, KIND_HUGE, "a huge page of PROT_NONE")
KIND(huge_holed, KIND_HUGE, "half of a huge page")
KIND(huge_locked_in_part, KIND_HUGE, "half of a huge page, locked")
KIND(huge_given_up, KIND_HUGE, "a huge page given up")
KIND(huge_forked, KIND_HUGE, "a forked huge page")
KIND(huge_zeros, KIND_HUGE, "a huge page of zeros")
KIND(hugetlb, 0, "hugetlb")
KIND(hugetlb_forked, 0, "forked hugetlb")
KIND(hugetlb_shared, 0, "shared hugetlb")
KIND(file_clean, 0, "a clean file")
KIND(file_copied, 0, "a file copied in part")
KIND(file_dirty, 0, "a file dirty in part")
KIND(file_locked, 0, "a file locked elsewhere")
KIND(ram_file, 0, "a file of ramfs")
KIND(never_swapped, 0, "a file of tmpfs that is never swapped")
KIND(shmem, 0, "a memfd")
KIND(anon_shared, 0, "shared anonymous memory")
KIND(segment_unlocked, 0, "System V shared memory")
KIND(segment_locked, 0, "System V shared memory, locked")
KIND(zeros_private, 0, "/dev/zero")
KIND(swapped, 0, "swapped memory")
KIND(disk, 0, "a disk")
KIND(direct_shared, 0, "a file mapped directly")
KIND(direct_private, 0, "a file mapped directly and privately")
KIND(poisoned_private, KIND_DAMAGED, "poisoned memory")
KIND(poisoned_shared, KIND_DAMAGED, "poisoned shared memory")
KIND(taken_offline, KIND_DAMAGED, "memory taken offline")
