// SPDX-License-Identifier: GPL-2.0
/* charge - who is charged for memory, and on which nodes it is: Charged_Elsewhere, Nodes and Remote. */
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"

SCENE(charge)

enum { DEFAULT, PREFERRED, BIND, INTERLEAVE };	/* MPOL_ of linux/mempolicy.h */

/* The hierarchy of version 2, and two cgroups in it, one below the other; who puts all back finds them so, too. */
#define MOUNTED "/tmp/scene-charge"
#define OUTER MOUNTED "/charge"
#define INNER OUTER "/inner"

/* Who is still in them goes up. */
static void empty_out(const char *folder)
{
	char path[128];
	FILE *file;
	int pid;

	snprintf(path, sizeof(path), "%s/cgroup.procs", folder);
	file = fopen(path, "re");
	while (file && fscanf(file, "%d", &pid) == 1)
		kill(pid, SIGKILL);
	if (file)
		fclose(file);
	rmdir(folder);
}

static void unmount(void)
{
	empty_out(INNER);
	empty_out(OUTER);
	umount2(MOUNTED, MNT_DETACH);
	rmdir(MOUNTED);
}

static bool put(const char *folder, const char *file, const char *text)
{
	char path[160];

	snprintf(path, sizeof(path), "%s/%s", folder, file);
	return setting_put(path, text);
}

/* @nested: the inner one has memory accounts of its own. */
static void make_cgroups(bool nested)
{
	mkdir(MOUNTED, 0755);
	if (mount("none", MOUNTED, "cgroup2", 0, NULL))
		skip("no cgroups of version 2");
	setting_undo(unmount);
	if (!put(MOUNTED, "cgroup.subtree_control", "+memory"))
		skip("no memory cgroups of version 2");
	if (mkdir(OUTER, 0755) || (nested && !put(OUTER, "cgroup.subtree_control", "+memory")) || mkdir(INNER, 0755))
		die("no cgroups");
}

static void move(pid_t pid, const char *folder)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", pid);
	if (!put(folder, "cgroup.procs", number))
		die("cannot move a process");
}

static char *early, *late, *shared, *nobody;
static int memfd;

/* Memory from before it is moved, and from after. */
static int play(void *arg)
{
	(void)arg;
	scene_write(early, 20);
	child_ready();
	scene_write(late, 12);
	scene_read(nobody, 9);
	scene_read(shared, 8);
	scene_drain();
	child_ready();
	return 0;
}

/* What columns say of the area at @addr, in bytes; free it. */
static char *ask(const char *columns, pid_t pid, const char *addr)
{
	struct command_result result;
	char line[256];

	snprintf(line, sizeof(line), "-r -n -b -o %s -A %lx,%lx %d", columns, (unsigned long)addr, (unsigned long)addr,
		 pid);
	tool_run(line, &result);
	expect_eq(line, result.status, 0);
	expect_str("stderr", result.err.data, "");
	bytes_free(&result.err);
	return result.out.data;
}

static void expect_column(const char *what, const char *column, pid_t pid, const char *addr, const char *want)
{
	char *text = ask(column, pid, addr);

	expect_str(what, text, want);
	free(text);
}

static void expect_elsewhere(const char *what, pid_t pid, const char *addr, size_t pages)
{
	char want[32];

	snprintf(want, sizeof(want), "%lu\n", pages * PAGE);
	expect_column(what, "Charged_Elsewhere", pid, addr, want);
}

/* /proc/kpagecgroup: pages there that another cgroup than that of @folder is charged for. */
static size_t witness(pid_t pid, const char *addr, size_t pages, const char *folder)
{
	int fd = open("/proc/kpagecgroup", O_RDONLY | O_CLOEXEC);
	uint64_t entries[64], inode;
	struct stat info;
	size_t nr = 0;

	if (fd < 0 || stat(folder, &info))
		die("no witness");
	proc_pagemap(pid, addr, pages, entries);
	for (size_t i = 0; i < pages; i++) {
		uint64_t pfn = entries[i] & ((1ull << 55) - 1);

		if (!(entries[i] >> 63) || pread(fd, &inode, sizeof(inode), pfn * sizeof(inode)) != sizeof(inode))
			continue;
		nr += inode && inode != info.st_ino;
	}
	close(fd);
	return nr;
}

static void start(struct child *child)
{
	early = scene_anon(32);
	late = scene_anon(32);
	nobody = scene_anon(16);
	memfd = scene_memfd(8, 0);
	shared = scene_map(8 * PAGE, PROT_READ, MAP_SHARED, memfd);
	child_start(child, play, NULL);
}

/* What it brought along, and what others touched first, is charged elsewhere; what it took since is not. */
TEST_F(charge, moved)
{
	struct child child;

	make_cgroups(true);
	start(&child);
	expect_elsewhere("before", child.pid, early, 0);
	move(child.pid, INNER);
	child_step(&child);
	expect_elsewhere("early", child.pid, early, 20);
	expect_eq("kpagecgroup", witness(child.pid, early, 32, INNER), 20);
	expect_elsewhere("late", child.pid, late, 0);
	expect_eq("kpagecgroup", witness(child.pid, late, 32, INNER), 0);
	expect_elsewhere("shared", child.pid, shared, 8);
	expect_eq("kpagecgroup", witness(child.pid, shared, 8, INNER), 8);
	expect_elsewhere("zero pages", child.pid, nobody, 0);
	child_kill(&child);
}

/* A cgroup without the memory controller has its parent charged: that is its own. */
TEST_F(charge, without_controller)
{
	struct child child;

	make_cgroups(false);
	start(&child);
	move(child.pid, INNER);
	child_step(&child);
	expect_elsewhere("early", child.pid, early, 20);
	expect_elsewhere("late", child.pid, late, 0);
	expect_eq("kpagecgroup", witness(child.pid, late, 32, OUTER), 0);
	child_kill(&child);
}

/* A number of a JSON document; -1: null. */
static int64_t json_number(const char *args, const char *path)
{
	char script[512];
	char *const argv[] = { "env", "sh", "-c", script, NULL };
	struct command command = { .program = "/usr/bin/env", .drop = -1 };
	struct command_result result;
	int64_t number = -1;

	snprintf(script, sizeof(script), "vmaview %s | jq -r '%s'", args, path);
	command_run(&command, argv, &result);
	if (sscanf(result.out.data, "%" SCNd64, &number) != 1 && strcmp(result.out.data, "null\n"))
		fail("%s: %s%s", args, result.out.data, result.err.data);
	command_free(&result);
	return number;
}

/* A group has the sum of its areas, and so has the total of one process. */
TEST_F(charge, groups)
{
	struct child child;
	char view[64], groups[64], by_kind[64];
	int64_t number;

	make_cgroups(true);
	start(&child);
	move(child.pid, INNER);
	child_step(&child);
	snprintf(view, sizeof(view), "-J %d", child.pid);
	snprintf(groups, sizeof(groups), "groups -J --by pid %d", child.pid);
	snprintf(by_kind, sizeof(by_kind), "groups -J --by kind %d", child.pid);
	number = json_number(view, ".processes[0].total.charged_elsewhere");
	if (number < (int64_t)(28 * PAGE))
		fail("elsewhere: %" PRId64, number);
	expect_eq("areas", json_number(view, "[.processes[0].areas[].charged_elsewhere] | add"), number);
	expect_eq("pid", json_number(groups, ".groups[0].charged_elsewhere"), number);
	expect_eq("kind", json_number(by_kind, "[.groups[].charged_elsewhere] | map(values) | add"), number);
	number = json_number(view, "[.processes[0].total.nodes[]] | add");
	expect_eq("nodes of areas", json_number(view, "[.processes[0].areas[].nodes | values | .[]] | add"), number);
	expect_eq("nodes of pid", json_number(groups, "[.groups[0].nodes[]] | add"), number);
	expect_eq("nodes of all", json_number(by_kind, "[.total.nodes[]] | add"), number);
	child_kill(&child);
}

/* "0=4096 1=8192", as Nodes has it, of what numa_maps says of the area. */
static void numa_maps(const char *addr, char *out, size_t room)
{
	FILE *file = fopen("/proc/self/numa_maps", "re");
	unsigned long nodes[8] = { 0 }, kib = 4;
	char line[1024], *word, *rest;
	size_t used = 0;

	*out = '\0';
	while (file && fgets(line, sizeof(line), file))
		if (strtoul(line, NULL, 16) == (unsigned long)addr)
			break;
	for (word = file ? strtok_r(line, " \n", &rest) : NULL; word; word = strtok_r(NULL, " \n", &rest)) {
		unsigned int node;
		unsigned long pages;

		if (sscanf(word, "N%u=%lu", &node, &pages) == 2 && node < ARRAY_SIZE(nodes))
			nodes[node] = pages;
		sscanf(word, "kernelpagesize_kB=%lu", &kib);
	}
	for (size_t node = 0; node < ARRAY_SIZE(nodes); node++)
		if (nodes[node])
			used += snprintf(out + used, room - used, "%s%zu=%lu", used ? "\\x20" : "", node,
					 nodes[node] * kib << 10);
	snprintf(out + used, room - used, "%s\n", used ? "" : ".");
	if (file)
		fclose(file);
}

static void expect_nodes(const char *what, const char *addr)
{
	char want[128];

	numa_maps(addr, want, sizeof(want));
	expect_column(what, "Nodes", getpid(), addr, want);
}

/* The nodes of memory are those of numa_maps. */
TEST_F(charge, nodes)
{
	char *anon = scene_anon(40), *zeros = scene_anon(8), *file, *huge;
	int fd = scene_memfd(16, 0);

	if (access("/proc/self/numa_maps", R_OK))
		skip("this kernel knows no nodes");
	scene_write(anon, 33);
	scene_read(zeros, 8);
	file = scene_map(16 * PAGE, PROT_READ, MAP_SHARED, fd);
	scene_read(file, 7);
	huge = scene_try_huge_page();
	expect_nodes("anon", anon);
	expect_nodes("zero pages", zeros);
	expect_nodes("memfd", file);
	if (huge)
		expect_nodes("huge", huge);
}

static bool bind_area(char *addr, size_t pages, int mode, unsigned long nodes)
{
	return !syscall(__NR_mbind, addr, pages * PAGE, mode, nodes ? &nodes : NULL, nodes ? 8UL : 0UL, 0);
}

static void want_two_nodes(void)
{
	const char *nodes = setting_get("/sys/devices/system/node/has_memory");

	if (!nodes || strcmp(nodes, "0-1"))
		skip("memory is on one node: numa=fake=2 makes two");
}

static char *on_node(size_t pages, unsigned int node)
{
	char *addr = scene_anon(pages);

	if (!bind_area(addr, pages, BIND, 1UL << node))
		die("cannot bind");
	scene_write(addr, pages);
	return addr;
}

static void expect_remote(const char *what, const char *addr, const char *want)
{
	expect_column(what, "Nodes,Remote", getpid(), addr, want);
}

/* Remote is what is on another node than those that the area's policy names. */
TEST_F(charge, bound)
{
	char *one, *two, *many;

	want_two_nodes();
	one = on_node(16, 1);
	expect_remote("bound", one, "1=65536 0\n");
	expect_nodes("bound", one);
	bind_area(one, 16, PREFERRED, 1);
	expect_remote("preferred", one, "1=65536 65536\n");
	bind_area(one, 16, INTERLEAVE, 3);
	expect_remote("interleaved", one, "1=65536 0\n");
	bind_area(one, 16, DEFAULT, 0);
	expect_remote("default", one, "1=65536 -\n");
	two = on_node(3, 0);
	bind_area(two, 3, BIND, 2);
	expect_remote("on the first", two, "0=12288 12288\n");
	many = scene_anon(12);
	bind_area(many, 12, BIND, 1);
	scene_write(many, 5);
	bind_area(many, 12, BIND, 2);
	scene_write(many + 5 * PAGE, 7);
	expect_remote("both", many, "0=20480\\x201=28672 20480\n");
}

/* Where an area has no policy of its own, it is that of the task. */
TEST_F(charge, policy_of_task)
{
	unsigned long second = 2, first = 1;
	char *addr;

	want_two_nodes();
	addr = scene_anon(8);
	syscall(__NR_set_mempolicy, BIND, &second, 8UL);
	scene_write(addr, 8);
	expect_remote("bound", addr, "1=32768 0\n");
	syscall(__NR_set_mempolicy, PREFERRED, &first, 8UL);
	expect_remote("preferred", addr, "1=32768 32768\n");
	syscall(__NR_set_mempolicy, DEFAULT, NULL, 0UL);
	expect_remote("default", addr, "1=32768 -\n");
}

/* With one node nothing is anywhere else. */
TEST_F(charge, one_node)
{
	const char *nodes = setting_get("/sys/devices/system/node/has_memory");
	char *addr = scene_anon(8);

	if (nodes && strcmp(nodes, "0"))
		skip("memory is on several nodes");
	scene_write(addr, 8);
	expect_column("one node", "Nodes,Remote", getpid(), addr, "0=32768 0\n");
}

SCENE_MAIN
