// SPDX-License-Identifier: GPL-2.0
/* objects - `vmaview groups --by object`: shared memory of which each page was made here, mapped or not, and Shmem. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"

SCENE(objects)

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

static unsigned long inode_of(int fd)
{
	struct stat info;

	if (fstat(fd, &info))
		die("no inode");
	return info.st_ino;
}

/* @pages of it have data, none is mapped. */
static int named_memfd(const char *name, size_t pages, unsigned int flags)
{
	int fd = memfd_create(name, MFD_CLOEXEC | flags);
	char page[4096] = "data";

	if (fd < 0)
		die("no memfd");
	for (size_t i = 0; i < pages; i++)
		if (write(fd, page, sizeof(page)) != sizeof(page))
			die("cannot write to a memfd");
	return fd;
}

/* What the tool prints of the object that is called so; "" for none.  Free it. */
static char *row(const char *columns, const char *object)
{
	struct command_result result;
	char line[512];

	snprintf(line, sizeof(line), "groups --by object -r -n -b -o %s -Q Object==\"%s\"", columns, object);
	tool_run(line, &result);
	expect_eq(line, result.status, 0);
	bytes_free(&result.err);
	return result.out.data;
}

/* Processes, then frames, unique, outside and swap in pages. */
static void expect_object(const char *object, unsigned int processes, size_t frames, size_t swap)
{
	char want[160], *text = row("Procs,Frames,Unique,Outside,Swap", object);

	snprintf(want, sizeof(want), "%u %lu %lu 0 %lu\n", processes, frames * PAGE, frames * PAGE, swap * PAGE);
	expect_str(object, text, want);
	free(text);
}

static void expect_memfd(const char *name, int fd, unsigned int processes, size_t frames)
{
	char object[128];

	snprintf(object, sizeof(object), "memfd:%s:%lu", name, inode_of(fd));
	expect_object(object, processes, frames, 0);
}

/* A memfd that only a descriptor holds is an object that no process maps. */
TEST_F(objects, held_by_a_descriptor)
{
	int fd = named_memfd("held", 37, 0);

	expect_memfd("held", fd, 0, 37);
}

/* Of one that is mapped in part all that is in memory counts, what is not mapped as nobody else's. */
TEST_F(objects, mapped_in_part)
{
	int fd = named_memfd("in-part", 40, 0);
	char *addr = mmap(NULL, 10 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 5 * PAGE);

	if (addr == MAP_FAILED)
		die("cannot map a memfd");
	scene_write(addr, 10);
	expect_memfd("in-part", fd, 1, 40);
}

/* Copies in a private mapping are memory beside the object, and not instead of it. */
TEST_F(objects, copied)
{
	int fd = named_memfd("copied", 12, 0);
	char *addr = mmap(NULL, 12 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);

	if (addr == MAP_FAILED)
		die("cannot map a memfd");
	scene_read(addr, 12);
	scene_write(addr, 5);
	expect_memfd("copied", fd, 1, 12 + 5);
}

static void expect_segment(int id, key_t key, unsigned int processes, size_t frames)
{
	char object[64];

	snprintf(object, sizeof(object), "sysv:SYSV%08x:%d", (unsigned int)key, id);
	expect_object(object, processes, frames, 0);
}

/* A segment of SysV is there while a process has it attached, and still when none has. */
TEST_F(objects, segment)
{
	const key_t key = 0x766d6176;
	int id = shmget(key, 24 * PAGE, IPC_CREAT | 0600);
	char *addr = id < 0 ? (void *)-1 : shmat(id, NULL, 0);

	if (addr == (void *)-1)
		skip("no SysV shared memory");
	scene_write(addr, 19);
	expect_segment(id, key, 1, 19);
	shmdt(addr);
	expect_segment(id, key, 0, 19);
	shmctl(id, IPC_RMID, NULL);
}

/* Who puts all back finds it by this name, too. */
#define MOUNTED "/tmp/scene-objects"

static void unmount(void)
{
	umount2(MOUNTED, MNT_DETACH);
	rmdir(MOUNTED);
}

/* Files of a tmpfs that nobody has open are found where that is mounted, whatever their names. */
TEST_F(objects, files)
{
	static const char path[] = MOUNTED "/on:it";
	char object[128];
	int fd;

	mkdir(MOUNTED, 0755);
	setting_undo(unmount);
	if (mount("scene", MOUNTED, "tmpfs", 0, "size=1M"))
		die("no tmpfs");
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || fallocate(fd, 0, 0, 11 * PAGE))
		die("no file on it");
	snprintf(object, sizeof(object), "shmem:%s:%lu", path, inode_of(fd));
	close(fd);
	expect_object(object, 0, 11, 0);
}

static int play_elsewhere(void *arg)
{
	int fd;

	(void)arg;
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("scene", MOUNTED, "tmpfs", 0, "size=1M"))
		die("no mount namespace");
	fd = open(MOUNTED "/file", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || fallocate(fd, 0, 0, 7 * PAGE))
		die("no file on it");
	close(fd);
	child_ready();
	return 0;
}

/* Two of one name and number, in two mount namespaces, are two objects. */
TEST_F(objects, namespaces)
{
	struct child children[2];
	struct command_result result;

	mkdir(MOUNTED, 0755);
	setting_undo(unmount);
	for (int i = 0; i < 2; i++)
		child_start(&children[i], play_elsewhere, NULL);
	tool_run("groups --by object -r -n -b -o Procs,Frames -Q Object=~\"^shmem:" MOUNTED "/file\"", &result);
	expect_str("two files", result.out.data, "0 28672\n0 28672\n");
	command_free(&result);
	for (int i = 0; i < 2; i++)
		child_kill(&children[i]);
}

/* Shared anonymous memory is an object as well, of all that map it. */
TEST_F(objects, anonymous)
{
	char *addr = mmap(NULL, 30 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct command_result result;
	char line[256];

	if (addr == MAP_FAILED)
		die("no shared memory");
	scene_write(addr, 13);
	snprintf(line, sizeof(line), "groups --by object -r -n -b -o Object,Procs,Frames "
		 "-Q Object=~\"^shmem:/dev/zero:\" %d", getpid());
	tool_run(line, &result);
	if (strncmp(result.out.data, "shmem:/dev/zero:", 16) || !strstr(result.out.data, " 1 53248\n"))
		fail("shared anonymous memory: %s", result.out.data);
	command_free(&result);
}

/* Huge pages of hugetlbfs are objects, mapped or not. */
TEST_F(objects, huge)
{
	char object[128], *addr;
	int fd;

	scene_hugetlb(2);
	fd = memfd_create("huge", MFD_CLOEXEC | MFD_HUGETLB);
	addr = fd < 0 || ftruncate(fd, 2 * HUGE) ? MAP_FAILED :
	       mmap(NULL, 2 * HUGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (addr == MAP_FAILED)
		skip("no memfd of huge pages");
	addr[0] = addr[HUGE] = 1;
	snprintf(object, sizeof(object), "hugetlb:huge:%lu", inode_of(fd));
	expect_object(object, 1, 2 * HUGE / PAGE, 0);
	munmap(addr, HUGE);
	expect_object(object, 1, 2 * HUGE / PAGE, 0);
	munmap(addr + HUGE, HUGE);
	expect_object(object, 0, 2 * HUGE / PAGE, 0);
}

/* What of an object is swapped out is not in memory, and is not brought in by looking. */
TEST_F(objects, swapped)
{
	char object[128], want[160], *addr, *text;
	int fd;

	scene_swap();
	fd = named_memfd("swapped", 16, 0);
	addr = mmap(NULL, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (addr == MAP_FAILED)
		die("cannot map a memfd");
	scene_write(addr, 16);
	scene_drain();
	snprintf(object, sizeof(object), "memfd:swapped:%lu", inode_of(fd));
	if (madvise(addr, 9 * PAGE, MADV_PAGEOUT))
		die("cannot page out");
	munmap(addr, 16 * PAGE);
	for (int i = 0; i < 2; i++) {
		text = row("Procs,Frames,Swap", object);
		snprintf(want, sizeof(want), "0 %lu %lu\n", 7 * PAGE, 9 * PAGE);
		expect_str("twice", text, want);
		free(text);
	}
}

static unsigned long pages_of(const char *object)
{
	char *text = row("Frames", object);
	unsigned long bytes;

	if (sscanf(text, "%lu", &bytes) != 1)
		fail("no bytes of %s: %s", object, text);
	free(text);
	return bytes / PAGE;
}

/* Each processor keeps a part of the kernel's counters to itself, until they are asked for. */
static void refresh_counters(void)
{
	setting_get("/proc/sys/vm/stat_refresh");
}

/* Sent, and received by nobody: no process has it. */
static void send_away(int socket, int fd)
{
	char room[CMSG_SPACE(sizeof(fd))] = "", byte = 0;
	struct iovec data = { &byte, 1 };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = room,
				  .msg_controllen = sizeof(room) };
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(head), &fd, sizeof(fd));
	if (sendmsg(socket, &message, 0) != 1)
		die("cannot send a descriptor");
	close(fd);
}

/* What nobody has anywhere is what is left of Shmem. */
TEST_F(objects, unknown)
{
	unsigned long before, after = 0;
	int sockets[2];

	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, sockets))
		die("no sockets");
	refresh_counters();
	before = pages_of("unknown");
	send_away(sockets[0], named_memfd("away", 700, 0));
	refresh_counters();
	after = pages_of("unknown");
	expect_eq("pages", after - before, 700);
}

static unsigned long shmem(void)
{
	FILE *file = fopen("/proc/meminfo", "re");
	unsigned long kib = 0;
	char line[128];

	while (file && !kib && fgets(line, sizeof(line), file))
		sscanf(line, "Shmem: %lu", &kib);
	if (file)
		fclose(file);
	return kib * 1024;
}

/* All objects but those of hugetlbfs, and the rest, are Shmem. */
TEST_F(objects, add_up)
{
	char *const argv[] = { "env", "sh", "-c", "vmaview groups -J --by object 2>/dev/null | "
		"jq -c '([.groups[] | select(.group.object // \"\" | test(\"^(shmem|memfd|sysv|unknown)\")) | "
		".frames] | add), "
		"([.groups[], .total] | all(.unique + .outside == .frames)), (.total.frames >= .machine.mapped), "
		"(.machine as $m | $m.ram == $m.free + $m.mapped + $m.cache + $m.kernel + $m.rest)'", NULL };
	struct command command = { .program = "/usr/bin/env", .drop = -1 };
	int fd = named_memfd("added", 100, 0);
	bool same = false;
	char want[128];

	for (int tries = 0; !same && tries < 10; tries++) {
		struct command_result result;
		unsigned long before;

		refresh_counters();
		before = shmem();
		command_run(&command, argv, &result);
		same = before == shmem();
		snprintf(want, sizeof(want), "%lu\ntrue\ntrue\ntrue\n", before);
		if (same)
			expect_str("Shmem", result.out.data, want);
		command_free(&result);
	}
	if (!same)
		fail("Shmem changes all the time");
	close(fd);
}

SCENE_MAIN
