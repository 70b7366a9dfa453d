// SPDX-License-Identifier: GPL-2.0
/*
 * why - what keeps two areas apart, of this process: each difference is made, is what the module and `vmaview why`
 * say, and is taken away, whereupon the kernel merges them.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/serve.h"
#include "lib/tool.h"
#include "lib/uffd.h"

/* Of linux/mempolicy.h, which has names for other things that we call so, too. */
enum { MPOL_DEFAULT, MPOL_BIND = 2, MPOL_INTERLEAVE, MPOL_LOCAL, MPOL_F_STATIC_NODES = 1 << 15 };

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#define PR_SET_VMA_ANON_NAME 0
#endif

/* As raw output has it. */
#define FILE_NAME "/memfd:scene\\x20(deleted)"

SCENE(why)

enum { RW = PROT_READ | PROT_WRITE, ANON = MAP_PRIVATE | MAP_ANONYMOUS, MANY = 600 };

/* Where areas of @pid begin and end, by /proc/PID/maps, without the gate area. */
struct maps {
	uint64_t start[4096];
	uint64_t end[4096];
	size_t nr;
};

static void read_maps(pid_t pid, struct maps *maps)
{
	char path[32], line[8192];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	file = fopen(path, "r");
	if (!file)
		die("%s: %s", path, strerror(errno));
	maps->nr = 0;
	while (fgets(line, sizeof(line), file)) {
		if (strstr(line, "[vsyscall]") || maps->nr == ARRAY_SIZE(maps->start))
			break;
		if (sscanf(line, "%" SCNx64 "-%" SCNx64, &maps->start[maps->nr], &maps->end[maps->nr]) != 2)
			die("maps: %s", line);
		maps->nr++;
	}
	fclose(file);
}

/* By maps: does an area begin at @at that another one ends at? */
static bool touches(pid_t pid, const char *at)
{
	static struct maps maps;

	read_maps(pid, &maps);
	for (size_t i = 1; i < maps.nr; i++)
		if (maps.start[i] == (uintptr_t)at)
			return maps.end[i - 1] == maps.start[i];
	return false;
}

/* The seam of @pid at @at; false where there is none. */
static bool find_seam(pid_t pid, const char *at, struct vmaview_seam *seam)
{
	struct stream stream;
	bool found = false;

	door_stream(pid, VMAVIEW_WANT_SEAMS, &stream);
	for (size_t i = 0; i < stream.nr_seams; i++)
		if (stream.seams[i].at == (uintptr_t)at) {
			*seam = stream.seams[i];
			found = true;
		}
	stream_free(&stream);
	return found;
}

/* Two areas touch at @at, and differ in just @differ: by the device, by maps, and by the tool. */
static struct vmaview_seam expect_seam(pid_t pid, const char *at, uint32_t differ, const char *words)
{
	struct vmaview_seam seam = { .differ = ~0u };
	char args[128], want[256];

	if (!touches(pid, at))
		fail("maps has no two areas that touch at %p: expected %s", at, words);
	if (!find_seam(pid, at, &seam))
		fail("no seam at %p: expected %s", at, words);
	expect_eq("differ", seam.differ, differ);
	snprintf(args, sizeof(args), "why -n -r -Q question==merge -o Next,Differ,Field,Left,Right %d %lx", pid,
		 (long)at);
	snprintf(want, sizeof(want), "%016lx %s\n", (long)at, words);
	tool_expect(args, want);
	return seam;
}

/* What was two is one. */
static void expect_merged(pid_t pid, const char *at, const char *what)
{
	struct vmaview_seam seam;

	if (touches(pid, at))
		fail("%s: the kernel has not merged the areas at %p", what, at);
	if (find_seam(pid, at, &seam))
		fail("%s: a seam in the midst of an area", what);
}

/* Two pages, alone. */
static char *pair(void)
{
	return scene_map(2 * PAGE, RW, ANON, -1);
}

static void map_file(char *at, int fd, size_t page)
{
	if (mmap(at, PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, page * PAGE) != at)
		die("mmap: %s", strerror(errno));
}

static void advise(char *at, int advice)
{
	if (madvise(at, PAGE, advice))
		die("madvise %d: %s", advice, strerror(errno));
}

/* Flags, by each call that sets and clears one. */
TEST_F(why, flags)
{
	static const struct {
		int set, clear;
		const char *words;
	} advices[] = {
		{ MADV_DONTDUMP, MADV_DODUMP, "flags flags none dontdump" },
		{ MADV_DONTFORK, MADV_DOFORK, "flags flags none dontcopy" },
		{ MADV_RANDOM, MADV_NORMAL, "flags flags none rand_read" },
	};
	char *left = pair(), *right = left + PAGE;
	struct vmaview_seam seam;

	scene_write(left, 2);	/* both have one anon_vma, whichever is changed */
	expect_merged(getpid(), right, "nothing was done");
	for (size_t i = 0; i < ARRAY_SIZE(advices); i++) {
		advise(right, advices[i].set);
		expect_seam(getpid(), right, VMAVIEW_SEAM_FLAGS, advices[i].words);
		advise(right, advices[i].clear);
		expect_merged(getpid(), right, advices[i].words);
	}
	mprotect(right, PAGE, PROT_READ);
	seam = expect_seam(getpid(), right, VMAVIEW_SEAM_FLAGS, "flags flags write none");
	expect_eq("flags of one that lack in the other", seam.vm_flags[0] & ~seam.vm_flags[1], 2);
	expect_eq("start", seam.start, (uintptr_t)left);
	expect_eq("end", seam.end, (uintptr_t)right + PAGE);
	mprotect(right, PAGE, RW);
	expect_merged(getpid(), right, "mprotect");
	if (mlock(right, PAGE))
		die("mlock: %s", strerror(errno));
	expect_seam(getpid(), right, VMAVIEW_SEAM_FLAGS, "flags flags none locked");
	munlock(right, PAGE);
	expect_merged(getpid(), right, "munlock");
}

/* Two files, one that was opened twice, and a place in it that does not follow. */
TEST_F(why, files)
{
	char *left = pair(), *right = left + PAGE;
	int one = scene_memfd(4, 0), other = scene_memfd(4, 0), again;
	struct vmaview_seam seam;
	char path[32];

	map_file(left, one, 0);
	map_file(right, other, 1);
	expect_seam(getpid(), right, VMAVIEW_SEAM_FILE, "file file " FILE_NAME " " FILE_NAME);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", one);
	again = open(path, O_RDWR);
	if (again < 0)
		die("%s: %s", path, strerror(errno));
	map_file(right, again, 1);
	expect_seam(getpid(), right, VMAVIEW_SEAM_FILE, "file file " FILE_NAME " " FILE_NAME);
	map_file(right, one, 2);
	seam = expect_seam(getpid(), right, VMAVIEW_SEAM_OFFSET, "offset offset 0x1000 0x2000");
	expect_eq("where the first ends", seam.offset[0], PAGE);
	expect_eq("where the next begins", seam.offset[1], 2 * PAGE);
	map_file(right, one, 1);
	expect_merged(getpid(), right, "the file and the place that follow");
}

/* Each had been given an anon_vma while they differed; a new one has none. */
TEST_F(why, anon_vma)
{
	char *left = pair(), *right = left + PAGE;

	advise(right, MADV_DONTFORK);
	scene_write(left, 2);
	advise(right, MADV_DOFORK);
	expect_seam(getpid(), right, VMAVIEW_SEAM_ANON_VMA, "anon_vma anon_vma own own");
	munmap(right, PAGE);
	if (mmap(right, PAGE, RW, ANON | MAP_FIXED, -1, 0) != right)
		die("mmap: %s", strerror(errno));
	expect_merged(getpid(), right, "memory that was never written");
}

/* Only the left one has an anon_vma: it is merged by a change of the other, at the latest. */
TEST_F(why, nothing)
{
	char *left = pair(), *right = left + PAGE;

	advise(left, MADV_DONTFORK);
	scene_write(left, 1);
	advise(left, MADV_DOFORK);
	if (touches(getpid(), right))
		expect_seam(getpid(), right, 0, ". none . .");
	advise(right, MADV_DONTFORK);
	expect_seam(getpid(), right, VMAVIEW_SEAM_FLAGS, "flags flags none dontcopy");
	advise(right, MADV_DOFORK);
	expect_merged(getpid(), right, "a change of what was never written");
}

static int makes_alike(void *arg)
{
	char *right = arg;

	child_ready();
	advise(right, MADV_DODUMP);
	child_ready();
	return 0;
}

/* The same change merges them in the parent, and not in the child, which has the left one's pages from there. */
TEST_F(why, forked)
{
	char *left = pair(), *right = left + PAGE;
	struct child child;

	advise(right, MADV_DONTDUMP);
	scene_write(left, 1);
	child_start(&child, makes_alike, right);
	expect_seam(child.pid, right, VMAVIEW_SEAM_FLAGS | VMAVIEW_SEAM_ANON_VMA,
		    "flags\\x20anon_vma flags none dontdump");
	child_step(&child);
	expect_seam(child.pid, right, VMAVIEW_SEAM_ANON_VMA, "anon_vma anon_vma forked none");
	expect_seam(getpid(), right, VMAVIEW_SEAM_FLAGS, "flags flags none dontdump");
	advise(right, MADV_DODUMP);
	expect_merged(getpid(), right, "the same change in the parent");
	expect_eq("child", child_end(&child), 0);
}

static void set_policy(char *at, int mode, unsigned long nodes)
{
	if (!syscall(SYS_mbind, at, PAGE, mode, nodes ? &nodes : NULL, 8 * sizeof(nodes), 0))
		return;
	if (errno == ENOSYS)
		skip("this kernel has no memory policies");
	die("mbind: %s", strerror(errno));
}

TEST_F(why, policy)
{
	char *left = pair(), *right = left + PAGE;

	set_policy(right, MPOL_BIND, 1);
	expect_seam(getpid(), right, VMAVIEW_SEAM_POLICY, "policy policy default bind:0");
	set_policy(left, MPOL_INTERLEAVE | MPOL_F_STATIC_NODES, 1);
	expect_seam(getpid(), right, VMAVIEW_SEAM_POLICY, "policy policy interleave=static:0 bind:0");
	set_policy(left, MPOL_BIND, 1);
	expect_merged(getpid(), right, "the same policy");
	set_policy(right, MPOL_LOCAL, 0);
	expect_seam(getpid(), right, VMAVIEW_SEAM_POLICY, "policy policy bind:0 local");
	set_policy(right, MPOL_DEFAULT, 0);
	expect_seam(getpid(), right, VMAVIEW_SEAM_POLICY, "policy policy bind:0 default");
	set_policy(left, MPOL_DEFAULT, 0);
	expect_merged(getpid(), right, "no policy");
}

static void unregister(int fd, char *at)
{
	struct uffdio_range range = { (uintptr_t)at, PAGE };

	if (ioctl(fd, UFFDIO_UNREGISTER, &range))
		die("UFFDIO_UNREGISTER: %s", strerror(errno));
}

/* One that is watched and one that is not, two that others watch, and two that are watched for something else. */
TEST_F(why, userfaultfd)
{
	char *left = pair(), *right = left + PAGE;
	int one = uffd_open(0), other = uffd_open(0);

	serve_register(one, right, PAGE, UFFDIO_REGISTER_MODE_MISSING);
	expect_seam(getpid(), right, VMAVIEW_SEAM_UFFD, "uffd uffd none missing");
	serve_register(other, left, PAGE, UFFDIO_REGISTER_MODE_MISSING);
	expect_seam(getpid(), right, VMAVIEW_SEAM_UFFD, "uffd uffd missing missing");
	unregister(other, left);
	serve_register(one, left, PAGE, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP);
	expect_seam(getpid(), right, VMAVIEW_SEAM_UFFD, "uffd uffd missing\\x20wp missing");
	unregister(one, left);
	unregister(one, right);
	expect_merged(getpid(), right, "UFFDIO_UNREGISTER");
}

static void name(char *at, const char *name)
{
	if (!prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, at, PAGE, name))
		return;
	if (errno == EINVAL)
		skip("this kernel gives anonymous memory no names");
	die("PR_SET_VMA_ANON_NAME: %s", strerror(errno));
}

TEST_F(why, names)
{
	char *left = pair(), *right = left + PAGE;

	name(right, "one");
	expect_seam(getpid(), right, VMAVIEW_SEAM_NAME, "name name none [anon:one]");
	name(left, "other");
	expect_seam(getpid(), right, VMAVIEW_SEAM_NAME, "name name [anon:other] [anon:one]");
	name(left, "one");
	expect_merged(getpid(), right, "the same name");
}

/* What has a close() stays split; a memfd, which has none, does not. */
TEST_F(why, operations)
{
	char *left = pair(), *right = left + PAGE;
	int id = shmget(IPC_PRIVATE, 2 * PAGE, 0600);

	if (id < 0 || shmat(id, left, SHM_REMAP) != left)
		die("shmat: %s", strerror(errno));
	shmctl(id, IPC_RMID, NULL);
	mprotect(right, PAGE, PROT_READ);
	expect_seam(getpid(), right, VMAVIEW_SEAM_FLAGS | VMAVIEW_SEAM_OPS, "flags\\x20ops flags write none");
	mprotect(right, PAGE, RW);
	expect_seam(getpid(), right, VMAVIEW_SEAM_OPS, "ops ops shm_vm_ops shm_vm_ops");
	left = scene_map(2 * PAGE, RW, MAP_SHARED, scene_memfd(2, 0));
	right = left + PAGE;
	mprotect(right, PAGE, PROT_READ);
	expect_seam(getpid(), right, VMAVIEW_SEAM_FLAGS, "flags flags write none");
	mprotect(right, PAGE, RW);
	expect_merged(getpid(), right, "mprotect of a memfd");
}

/* Every second page is another area. */
static char *many(void)
{
	char *at = scene_map(2 * MANY * PAGE, RW, ANON, -1);

	for (size_t i = 0; i < MANY; i++)
		mprotect(at + (2 * i + 1) * PAGE, PAGE, PROT_READ);
	return at;
}

static void compare_maps(pid_t pid)
{
	static struct maps maps;
	struct stream stream;
	size_t nr = 0;

	read_maps(pid, &maps);
	door_stream(pid, VMAVIEW_WANT_SEAMS, &stream);
	for (size_t i = 1; i < maps.nr; i++) {
		const struct vmaview_seam *seam = &stream.seams[nr];

		if (maps.end[i - 1] != maps.start[i])
			continue;
		if (nr == stream.nr_seams || seam->start != maps.start[i - 1] || seam->at != maps.start[i] ||
		    seam->end != maps.end[i])
			die("seam %zu is not where maps has %" PRIx64, nr, maps.start[i]);
		nr++;
	}
	expect_eq("seams", stream.nr_seams, nr);
	if (nr < 2 * MANY - 1)
		fail("only %zu areas touch", nr);
	stream_free(&stream);
}

static int sleeps(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* More than a piece of a stream holds: each two areas of maps that touch, once, whatever a hold gets through. */
TEST_F(why, many)
{
	struct child child;

	many();
	child_start(&child, sleeps, NULL);
	compare_maps(child.pid);
	door_hold_budget("1");
	compare_maps(child.pid);
	expect_eq("child", child_end(&child), 0);
}

static uint64_t max_map_count(void)
{
	const char *limit = setting_get("/proc/sys/vm/max_map_count");

	return limit ? strtoull(limit, NULL, 10) : 0;
}

/* The sums: how many, how many bytes, how many more there could be, and of which mapping there are most. */
TEST_F(why, sums)
{
	static struct maps maps;
	char *at = many(), args[128], want[128];
	struct child child;

	child_start(&child, sleeps, NULL);
	read_maps(child.pid, &maps);
	snprintf(args, sizeof(args), "why -J %d", child.pid);
	snprintf(want, sizeof(want), "\"room\":%" PRIu64 ",", max_map_count() - maps.nr);
	tool_expect_part(args, want);
	tool_expect_part(args, "\"sites\":[{\"name\":\"\",\"areas\":1");
	snprintf(args, sizeof(args), "why -J -A %lx,%lx %d", (long)at, (long)(at + 2 * MANY * PAGE - 1), child.pid);
	snprintf(want, sizeof(want), "\"seams\":{\"flags\":%d},", 2 * MANY - 1);
	tool_expect_part(args, want);
	snprintf(want, sizeof(want), "\"sums\":{\"flags\":%lu},", (2 * MANY - 1) * PAGE);
	tool_expect_part(args, want);
	snprintf(args, sizeof(args), "why -A %lx,%lx %d", (long)at + PAGE - 1, (long)at + 3 * PAGE, child.pid);
	tool_expect_part(args, "kept apart by flags 3 (12 kB)\n");
	expect_eq("child", child_end(&child), 0);
}

TEST_F(why, refusals)
{
	char *at = pair(), args[128];

	snprintf(args, sizeof(args), "why %d %lx", getpid(), (long)at + 2 * PAGE);
	tool_expect_refused(args, 1, "nothing is mapped");
	tool_expect_no_target("why");
	tool_expect_refused("why 1 xyz", 2, "no address");
	tool_expect_refused("why -A 1000,2000 1 1000", 2, "two ways to say where");
}

SCENE_MAIN
