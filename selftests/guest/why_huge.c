// SPDX-License-Identifier: GPL-2.0
/*
 * why_huge - why memory is not huge: what `vmaview why` says, and who obeys it. First accesses for the settings of
 * machine, process and area, khugepaged for its own limits, MADV_COLLAPSE for size, pins and file systems.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <liburing.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"

SCENE(why_huge)

enum { RW = PROT_READ | PROT_WRITE, ANON = MAP_PRIVATE | MAP_ANONYMOUS, HUGE_PAGES = HUGE / PAGE };

#define THP "/sys/kernel/mm/transparent_hugepage/"
#define KHUGEPAGED THP "khugepaged/"
#define SHMEM_MOUNT "/tmp/vmaview-why-huge"

/* Columns Reason, Small and Limit of what is at @addr, as raw output has them; "": nothing is to be said. */
static void expect_why(const char *addr, const char *want)
{
	char args[160], line[160];

	snprintf(args, sizeof(args), "why -n -r -Q question==huge -o Reason,Small,Pages,Limit %d %lx", getpid(),
		 (long)addr);
	snprintf(line, sizeof(line), *want ? "%s\n" : "", want);
	tool_expect(args, line);
}

/* The same, of what is not counted. */
static void expect_reason(const char *addr, const char *reason, unsigned int small_kb)
{
	char want[64];

	snprintf(want, sizeof(want), "%s %u - -", reason, small_kb);
	expect_why(addr, want);
}

static char *two_places(void)
{
	return scene_map(2 * HUGE, RW, ANON, -1);
}

/* The first access to @addr, where @reason was given, makes a small page; without one it makes a huge one. */
static void expect_first_touch(char *addr, const char *reason)
{
	if (*reason)
		expect_reason(addr, reason, 0);
	else
		expect_why(addr, "");
	expect_eq("THPeligible", proc_smaps(addr, "THPeligible"), !*reason);
	scene_write(addr, 1);
	expect_eq("AnonHugePages", proc_smaps(addr, "AnonHugePages"), *reason ? 0 : HUGE / 1024);
	if (*reason)
		expect_reason(addr, reason, PAGE / 1024);
	else
		expect_why(addr, "");
}

/* The machine says never, or has no such pages at all; madvise, to who was not advised; and always. */
TEST_F(why_huge, machine)
{
	char *never, args[64];

	if (!setting(THP "enabled", "never")) {
		never = two_places();
		expect_reason(never, "thp-off", 0);
		scene_write(never, HUGE_PAGES);
		expect_reason(never, "thp-off", HUGE / 1024);
		skip("this kernel has no transparent huge pages");
	}
	never = two_places();
	expect_first_touch(never, "thp-off");
	snprintf(args, sizeof(args), "why -J %d %lx", getpid(), (long)never);
	tool_expect_part(args, "\"reason\":\"thp-off\",\"small\":4096,");
	tool_expect_part(args, "\"sums\":{\"thp-off\":4096,");
	tool_expect_part(args, "\"huge_bytes\":0,\"thp\":{\"anonymous\":\"never\",");
	setting(THP "enabled", "madvise");
	expect_first_touch(two_places(), "thp-madvise");
	setting(THP "enabled", "always");
	never = two_places();
	expect_first_touch(never, "");
	tool_expect_part(args, "\"thp\":{\"anonymous\":\"always\",");
	snprintf(args, sizeof(args), "why -J %d %lx", getpid(), (long)never);
	tool_expect_part(args, "\"huge_bytes\":2097152,");
}

/* A size has its own setting. */
TEST_F(why_huge, sizes)
{
	if (!setting(THP "hugepages-2048kB/enabled", "never"))
		skip("this kernel has no huge pages of several sizes");
	setting(THP "enabled", "always");
	expect_first_touch(two_places(), "thp-off");
	setting(THP "hugepages-2048kB/enabled", "madvise");
	expect_first_touch(two_places(), "thp-madvise");
	setting(THP "enabled", "never");
	setting(THP "hugepages-2048kB/enabled", "always");
	expect_first_touch(two_places(), "");
	setting(THP "hugepages-2048kB/enabled", "inherit");
	expect_first_touch(two_places(), "thp-off");
}

TEST_F(why_huge, process)
{
	if (!setting(THP "enabled", "always"))
		skip("this kernel has no transparent huge pages");
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	expect_first_touch(two_places(), "prctl");
	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	expect_first_touch(two_places(), "");
}

TEST_F(why_huge, area)
{
	char *no, *yes;

	scene_thp();
	no = two_places();
	yes = two_places();
	madvise(no, 2 * HUGE, MADV_NOHUGEPAGE);
	madvise(yes, 2 * HUGE, MADV_HUGEPAGE);
	expect_first_touch(no, "nohugepage");
	expect_first_touch(yes, "");
}

/* Written small, and then allowed to be huge: only khugepaged and MADV_COLLAPSE can make it so. */
static char *small_pages(size_t pages)
{
	char *addr = scene_map(HUGE, RW, ANON, -1);

	madvise(addr, HUGE, MADV_NOHUGEPAGE);
	scene_write(addr, pages);
	scene_drain();
	return addr;
}

/* Wakes it, too: it goes everywhere once, and then sleeps so long. */
static void khugepaged_sleeps(const char *milliseconds)
{
	FILE *file = fopen(KHUGEPAGED "scan_sleep_millisecs", "w");

	if (!file || fputs(milliseconds, file) < 0 || fclose(file))
		die("scan_sleep_millisecs: %s", strerror(errno));
}

/* Until it sleeps for good; the first time it may have looked before how long it shall. */
static void idle_khugepaged(void)
{
	pid_t pid = proc_named("khugepaged");

	for (int i = 0; i < 2; i++) {
		khugepaged_sleeps("1000000");
		while (proc_state(pid) != 'S')
			usleep(1000);	/* polling: the state has no event to wait for */
	}
}

/* It knows this process from here on: memory that is new to it does not wake it. */
static void stop_khugepaged(void)
{
	char *known;

	scene_thp();
	setting(KHUGEPAGED "pages_to_scan", "1000000");
	setting(KHUGEPAGED "alloc_sleep_millisecs", "0");
	setting(KHUGEPAGED "scan_sleep_millisecs", "1000000");
	known = scene_map(HUGE, RW, ANON, -1);
	madvise(known, HUGE, MADV_NOHUGEPAGE);
	scene_write(known, 1);
	madvise(known, HUGE, MADV_HUGEPAGE);
	munmap(known, HUGE);
	idle_khugepaged();
}

/* Asking was a fork, after which memory cannot be written until it is: of some kernels none that is so is collapsed. */
static void write_again(char *page)
{
	scene_write(page, 1);
	scene_drain();
}

/* Does MADV_COLLAPSE make it huge? */
static void expect_collapse(char *addr, size_t length, bool works)
{
	int ret;

	write_again(addr);
	ret = madvise(addr, length, MADV_COLLAPSE);

	if (works != !ret)
		fail("MADV_COLLAPSE: %s", ret ? strerrorname_np(errno) : "works");
}

/* Less than a huge page, and a huge page that lies in no place for one. */
TEST_F(why_huge, size)
{
	char *small, *beside, *fits;

	stop_khugepaged();
	small = scene_map(HUGE - PAGE, RW, ANON, -1);
	beside = (char *)scene_map(2 * HUGE, RW, ANON, -1) + PAGE;
	munmap(beside - PAGE, PAGE);
	munmap(beside + 2 * HUGE - 2 * PAGE, PAGE);
	scene_write(small, HUGE_PAGES - 1);
	scene_write(beside, 2 * HUGE_PAGES - 2);
	expect_reason(small, "too-small", HUGE / 1024 - 4);
	expect_collapse(small, HUGE - PAGE, false);
	expect_reason(beside, "unaligned", 2 * HUGE / 1024 - 8);
	expect_collapse(beside, 2 * HUGE - 2 * PAGE, false);
	fits = small_pages(HUGE_PAGES);
	expect_reason(fits, "nohugepage", HUGE / 1024);
	expect_collapse(fits, HUGE, false);
	madvise(fits, HUGE, MADV_HUGEPAGE);
	expect_reason(fits, "not-scanned", HUGE / 1024);
	expect_collapse(fits, HUGE, true);
	expect_why(fits, "");
}

TEST_F(why_huge, pinned)
{
	struct io_uring ring;
	struct iovec vector;
	char *addr;

	stop_khugepaged();
	addr = small_pages(HUGE_PAGES);
	madvise(addr, HUGE, MADV_HUGEPAGE);
	vector = (struct iovec){ addr + 7 * PAGE, PAGE };
	if (io_uring_queue_init(2, &ring, 0))
		skip("no io_uring");
	if (io_uring_register_buffers(&ring, &vector, 1))
		die("io_uring_register_buffers failed");
	scene_drain();
	expect_reason(addr, "pinned", HUGE / 1024);
	expect_collapse(addr, HUGE, false);
	io_uring_unregister_buffers(&ring);
	scene_drain();
	expect_reason(addr, "not-scanned", HUGE / 1024);
	expect_collapse(addr, HUGE, true);
	io_uring_queue_exit(&ring);
}

static void set_limit(const char *name, unsigned int limit)
{
	char path[128], value[16];

	snprintf(path, sizeof(path), KHUGEPAGED "%s", name);
	snprintf(value, sizeof(value), "%u", limit);
	if (!setting(path, value))
		die("%s: %s", path, strerror(errno));
}

static unsigned long scans(void)
{
	const char *number = setting_get(KHUGEPAGED "full_scans");

	return number ? strtoul(number, NULL, 10) : 0;
}

/* Until khugepaged has been everywhere twice since it was called; the test's own time limit ends it. */
static void await_khugepaged(void)
{
	unsigned long before = scans();

	while (scans() < before + 3) {
		khugepaged_sleeps("10");
		usleep(10000);	/* polling: it says nowhere else that it was there */
	}
}

/*
 * @pages are so of what has @kb, one more than khugepaged would take; it comes once the limit is as high.  The page
 * @own is there, and nobody else's.
 */
static void expect_limited(char *own, const char *name, const char *reason, unsigned int pages, unsigned int kb)
{
	char want[64], *addr = own - (uintptr_t)own % HUGE;

	snprintf(want, sizeof(want), "%s %u %u %u", reason, kb, pages, pages - 1);
	expect_why(addr, want);
	write_again(own);
	await_khugepaged();
	expect_eq("AnonHugePages, one too many", proc_smaps(addr, "AnonHugePages"), 0);
	expect_why(addr, want);
	idle_khugepaged();
	set_limit(name, pages);
	expect_reason(addr, "not-scanned", kb);
	write_again(own);
	while (!proc_smaps(addr, "AnonHugePages")) {
		khugepaged_sleeps("10");
		usleep(10000);
	}
	expect_why(addr, "");
}

TEST_F(why_huge, max_ptes_none)
{
	enum { THERE = 100, NONE = HUGE_PAGES - THERE };
	char *addr;

	stop_khugepaged();
	set_limit("max_ptes_none", NONE - 1);
	addr = small_pages(THERE);
	madvise(addr, HUGE, MADV_HUGEPAGE);
	expect_limited(addr, "max_ptes_none", "max-ptes-none", NONE, THERE * 4);
}

static int stays(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* The child has no pages but those that were there when it began. */
TEST_F(why_huge, max_ptes_shared)
{
	enum { SHARED = 300 };
	struct child child;
	char *addr;

	stop_khugepaged();
	set_limit("max_ptes_shared", SHARED - 1);
	addr = small_pages(SHARED);
	child_start(&child, stays, NULL);
	scene_write(addr + SHARED * PAGE, HUGE_PAGES - SHARED);
	scene_drain();
	madvise(addr, HUGE, MADV_HUGEPAGE);
	expect_limited(addr + HUGE - PAGE, "max_ptes_shared", "max-ptes-shared", SHARED, HUGE / 1024);
	expect_eq("child", child_end(&child), 0);
}

TEST_F(why_huge, max_ptes_swap)
{
	enum { SWAPPED = 100 };
	char *addr;

	stop_khugepaged();
	set_limit("max_ptes_swap", SWAPPED - 1);
	scene_swap();
	addr = small_pages(HUGE_PAGES);
	scene_page_out(addr, SWAPPED);
	scene_drain();
	madvise(addr, HUGE, MADV_HUGEPAGE);
	expect_limited(addr + HUGE - PAGE, "max_ptes_swap", "max-ptes-swap", SWAPPED, HUGE / 1024);
}

/* Shared memory has settings of its own, and a mount of tmpfs too. */
static void expect_shmem(int fd, const char *reason, bool advised)
{
	char *addr = scene_map(2 * HUGE, RW, MAP_SHARED, fd);

	if (advised)
		madvise(addr, 2 * HUGE, MADV_HUGEPAGE);
	if (*reason)
		expect_reason(addr, reason, 0);
	else
		expect_why(addr, "");
	scene_write(addr, 1);
	expect_eq("ShmemPmdMapped", proc_smaps(addr, "ShmemPmdMapped"), *reason ? 0 : HUGE / 1024);
	if (*reason)
		expect_reason(addr, reason, PAGE / 1024);
	munmap(addr, 2 * HUGE);
}

static int empty_memfd(void)
{
	int fd = memfd_create("scene", MFD_CLOEXEC);

	if (fd < 0 || ftruncate(fd, 2 * HUGE))
		die("memfd: %s", strerror(errno));
	return fd;
}

TEST_F(why_huge, memfd)
{
	if (!setting(THP "shmem_enabled", "never"))
		skip("this kernel has no transparent huge pages");
	expect_shmem(empty_memfd(), "thp-off", true);
	setting(THP "shmem_enabled", "advise");
	expect_shmem(empty_memfd(), "thp-madvise", false);
	expect_shmem(empty_memfd(), "", true);
	setting(THP "shmem_enabled", "always");
	expect_shmem(empty_memfd(), "", false);
	setting(THP "shmem_enabled", "deny");
	expect_shmem(empty_memfd(), "thp-off", true);
}

static int file_there(const char *name)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), SHMEM_MOUNT "/%s", name);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || ftruncate(fd, 2 * HUGE))
		die("%s: %s", path, strerror(errno));
	return fd;
}

static void unmount(void)
{
	umount2(SHMEM_MOUNT, MNT_DETACH);
	rmdir(SHMEM_MOUNT);
}

TEST_F(why_huge, mounts)
{
	if (!setting(THP "shmem_enabled", "never"))
		skip("this kernel has no transparent huge pages");
	mkdir(SHMEM_MOUNT, 0700);
	setting_undo(unmount);
	if (mount("scene", SHMEM_MOUNT, "tmpfs", 0, "size=32M"))
		die("mount: %s", strerror(errno));
	expect_shmem(file_there("none"), "filesystem", true);
	if (mount("scene", SHMEM_MOUNT, "tmpfs", MS_REMOUNT, "huge=advise"))
		die("remount: %s", strerror(errno));
	expect_shmem(file_there("advise"), "thp-madvise", false);
	expect_shmem(file_there("advised"), "", true);
	if (mount("scene", SHMEM_MOUNT, "tmpfs", MS_REMOUNT, "huge=always"))
		die("remount: %s", strerror(errno));
	expect_shmem(file_there("always"), "", false);
	setting(THP "shmem_enabled", "deny");
	expect_shmem(file_there("deny"), "thp-off", true);
}

/* The kernel knows whether a file system has huge pages, and MADV_COLLAPSE asks the same of it. */
TEST_F(why_huge, file)
{
	char *addr, args[128];
	bool never;
	int fd;

	stop_khugepaged();
	setting(THP "enabled", "always");
	idle_khugepaged();
	fd = scene_file(scene_ext4(), 2 * HUGE_PAGES);
	addr = scene_map(HUGE, PROT_READ, MAP_PRIVATE, fd);
	madvise(addr, HUGE, MADV_RANDOM);
	scene_read(addr, 1);
	never = !proc_smaps(addr, "THPeligible");
	snprintf(args, sizeof(args), "why -n -r -Q question==huge -o Reason %d %lx", getpid(), (long)addr);
	tool_expect(args, never ? "filesystem\n" : "not-scanned\n");
	if (madvise(addr, HUGE, MADV_COLLAPSE) && errno == EINVAL)
		expect_eq("refused, as", never, true);
	else
		expect_eq("not refused, as", never, false);
	setting(THP "enabled", "never");
	tool_expect(args, "thp-off\n");
}

/* Pages of hugetlb wait for the first access, unless nobody had put them aside. */
TEST_F(why_huge, reserved)
{
	char *addr;

	scene_hugetlb(4);
	addr = scene_map(2 * HUGE, RW, ANON | MAP_HUGETLB, -1);
	expect_reason(addr, "reserved", 2 * HUGE / 1024);
	scene_write(addr, 1);
	expect_reason(addr, "reserved", HUGE / 1024);
	scene_write(addr + HUGE, 1);
	expect_why(addr, "");
	addr = scene_map(2 * HUGE, RW, ANON | MAP_HUGETLB | MAP_NORESERVE, -1);
	expect_why(addr, "");
}

SCENE_MAIN
