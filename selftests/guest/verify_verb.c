// SPDX-License-Identifier: GPL-2.0
/* verify_verb.c - `vmaview verify` finds no difference where there is none, and one where there is. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/tool.h"

SCENE(verify_verb)

/* A new folder of its own for each scene, removed by sweep(). */
static char folder[] = "/tmp/verify.XXXXXX";

static void sweep(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	if (chdir("/") || system(command))
		note("cannot remove %s", folder);
}

/* A child that runs @scene stands still, and is verified: it agrees with all three, in each of its areas. */
static void verify(int (*scene)(void *unused))
{
	struct command_result result;
	struct child child;
	char args[64];

	child_start(&child, scene, NULL);
	if (!proc_stop(child.pid))
		die("the child does not stop");
	snprintf(args, sizeof(args), "verify %d", child.pid);
	tool_run(args, &result);
	expect_eq(args, result.status, 0);
	expect_str("stderr", result.err.data, "");
	if (!strstr(result.out.data, "against maps, smaps, pmap, read 1 time: no difference\n"))
		fail("%s", result.out.data);
	command_free(&result);
	child_kill(&child);
}

/* A page of a file with a path of @length bytes, with folders of 100. */
static void map_long(size_t length)
{
	size_t used = strlen(folder) + 1;
	int at = open(folder, O_PATH), fd;
	char name[256];

	memset(name, 'x', sizeof(name));
	name[100] = '\0';
	while (length - used > 200) {
		int parent = at;

		mkdirat(parent, name, 0700);
		at = openat(parent, name, O_PATH);
		close(parent);
		used += 101;
	}
	name[100] = 'x';
	name[length - used] = '\0';
	fd = openat(at, name, O_RDWR | O_CREAT, 0600);
	if (fd < 0 || ftruncate(fd, PAGE))
		die("a path of %zu bytes: %s", length, strerror(errno));
	scene_write(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0), 1);
	close(fd);
	close(at);
}

static int long_paths(void *unused)
{
	static const size_t lengths[] = { 900, 948, 949, 950, 951, 960, 1100, 2000, 4000, 4094, 4095, 4096, 4097,
		5000 };

	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(lengths); i++)
		map_long(lengths[i]);
	child_ready();
	return 0;
}

/* Paths of every length. */
TEST_F(verify_verb, paths)
{
	if (!mkdtemp(folder))
		die("cannot make a folder: %s", strerror(errno));
	verify(long_paths);
	sweep();
}

/* On 6.1 smaps has no letters for the first. */
static int locked(void *unused)
{
	char *addr = scene_anon(4);

	(void)unused;
	if (mlock2(addr, 2 * PAGE, MLOCK_ONFAULT) || mlock(addr + 2 * PAGE, 2 * PAGE))
		die("mlock: %s", strerror(errno));
	scene_write(addr, 1);
	child_ready();
	return 0;
}

/* Flags that smaps may have no letters for. */
TEST_F(verify_verb, flags)
{
	verify(locked);
}

SCENE_MAIN
