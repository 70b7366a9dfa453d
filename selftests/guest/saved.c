// SPDX-License-Identifier: GPL-2.0
/* saved.c - what `vmaview record --pages` saves is shown as if the process still stood there. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/slurp.h"
#include "lib/uffd.h"

SCENE(saved)

#define FOLDER "/tmp/vmaview-saved"

/* A shell runs @line, where $1 is the PID; its status is expected to be 0. */
static void expect_shell(pid_t pid, const char *line)
{
	struct command command = { .program = "/bin/sh", .drop = -1 };
	char script[1024], number[16];
	char *argv[] = { "sh", "-c", script, "sh", number, NULL };
	struct command_result result;

	snprintf(script, sizeof(script), "cd " FOLDER " && { %s; }", line);
	snprintf(number, sizeof(number), "%d", pid);
	command_run(&command, argv, &result);
	if (!expect_eq(line, result.status, 0))
		note("%s%s", result.out.data, result.err.data);
	command_free(&result);
}

static void start(struct child *child, int (*scene)(void *unused))
{
	child_start(child, scene, NULL);
	if (!proc_stop(child->pid))
		die("the child does not stop");
	mkdir(FOLDER, 0700);
	expect_shell(child->pid, "vmaview record --pages -f file $1");
}

static void end(struct child *child)
{
	expect_shell(child->pid, "rm -rf " FOLDER);
	child_kill(child);
}

/* What a line of maps has of a file becomes memory of this process, with the same bytes at the same place. */
static void take_over(const char *line)
{
	unsigned long start, end;
	char perms[5];
	void *copy;

	if (sscanf(line, "%lx-%lx %4s", &start, &end, perms) != 3 || !strchr(line, '/') || perms[0] != 'r' ||
		perms[3] != 'p')
		return;
	copy = mmap(NULL, end - start, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (copy == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	memcpy(copy, (void *)start, end - start);
	if (mprotect(copy, end - start, PROT_READ | (perms[1] == 'w') * PROT_WRITE | (perms[2] == 'x') * PROT_EXEC) ||
	    mremap(copy, end - start, end - start, MREMAP_MAYMOVE | MREMAP_FIXED, start) != (void *)start)
		die("moving a copy: %s", strerror(errno));
}

/* Each verb maps other pages of the libraries, and so changes what is said of who has the same ones. */
static void share_no_library(void)
{
	char *rest, *line;
	struct bytes maps;

	if (slurp("/proc/self/maps", &maps))
		die("no maps");
	rest = maps.data;
	while ((line = strsep(&rest, "\n")))
		take_over(line);
	bytes_free(&maps);
}

/* Memory that is shared with the parent, its own, and mlocked. */
static int of_all_kinds(void *unused)
{
	char *own = scene_anon(32), *locked = scene_anon(8);

	(void)unused;
	share_no_library();
	scene_write(own, 16);
	scene_write(locked, 8);
	if (mlock(locked, 4 * PAGE))
		return 1;
	scene_drain();
	child_ready();
	return 0;
}

/*
 * Beside what only a live process has, and the kernel's own pages, which everybody maps, each says the same;
 * thrice, as CPUs empty their batches.
 */
static void expect_same(pid_t pid, const char *verb, const char *without)
{
	char line[768];

	snprintf(line, sizeof(line),
		 "n='del(.vmaview.source, .processes[]?.receipt, .cow.receipt?, .processes[]?.cmdline%s, "
		 "(.. | objects | select(.origin == \"special\")))'; for i in 1 2 3; do "
		 "vmaview %s -J $1 >live && vmaview %s -J --from file >saved && "
		 "jq -es \"map($n) | length == 2 and .[0] == .[1]\" live saved >same && exit; "
		 "vmaview record --pages -f file $1; done; "
		 "for file in live saved; do jq -S \"$n\" $file >$file.plain; done; diff live.plain saved.plain | "
		 "head -n 20; exit 1",
		 without, verb, verb);
	expect_shell(pid, line);
}

/* Each verb that reads a saved process shows what it shows of the live one. */
TEST_F(saved, every_verb)
{
	struct child child;

	start(&child, of_all_kinds);
	expect_same(child.pid, "pages", "");
	expect_same(child.pid, "cow", "");
	expect_same(child.pid, "pins", ", .processes[]?.holders, .processes[]?.pins[].may_hold");
	expect_same(child.pid, "pins --unheld", ", .processes[]?.holders, .processes[]?.pins[].may_hold");
	expect_same(child.pid, "reclaim", ", .processes[]?.swap_free");
	expect_same(child.pid, "sharers", "");
	end(&child);
}

static int watch(void *unused)
{
	uffd_watch(uffd_open(0), scene_anon(8), 4);
	return of_all_kinds(unused);
}

/* Uffd reads what was saved. */
TEST_F(saved, userfaultfds)
{
	struct child child;

	close(uffd_open(0));	/* or the test is skipped */
	start(&child, watch);
	expect_same(child.pid, "uffd", "");
	expect_shell(child.pid, "vmaview uffd -r -n -o Holder --from file | grep -qx $1");
	end(&child);
}

#define MANY 1200

/* Their names have 1 to 60 letters, so that records differ in size. */
static int many_areas(void *unused)
{
	char name[61];

	(void)unused;
	memset(name, 'n', sizeof(name));
	for (int i = 0; i < MANY; i++) {
		size_t length = 1 + i * 37 % 60;
		int fd;

		name[length] = '\0';
		fd = memfd_create(name, 0);
		name[length] = 'n';
		if (fd < 0 || ftruncate(fd, PAGE))
			return 1;
		scene_write(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), 1);
		close(fd);
	}
	child_ready();
	return 0;
}

/* Streams of many records are read to their end, live and saved.  More than half a MiB of them, unpacked. */
TEST_F(saved, long_streams)
{
	struct child child;

	start(&child, many_areas);
	expect_shell(child.pid, "[ $(zstd -dcq file | wc -c) -gt 600000 ]");
	expect_shell(child.pid, "[ $(vmaview -r -n -o Name $1 | grep -c /memfd:n) = 1200 ]");
	expect_shell(child.pid, "[ $(vmaview -r -n -o Name --from file | grep -c /memfd:n) = 1200 ]");
	expect_shell(child.pid, "vmaview -J $1 | tail -c 3 | grep -q ']}'");
	expect_shell(child.pid, "for verb in pages cow pins reclaim tables; do "
		     "vmaview $verb $1 >out && vmaview $verb --from file >out || exit; done");
	end(&child);
}

SCENE_MAIN
