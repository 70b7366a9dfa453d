// SPDX-License-Identifier: GPL-2.0
/* midway - what becomes of folders and open files when the target execs or exits, or is detached. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(midway)

/* With more areas than one read of a page takes. */
static int many_areas(void *arg)
{
	char *memory = scene_anon(512);

	(void)arg;
	for (int i = 0; i < 512; i += 2)
		mprotect(memory + i * PAGE, PAGE, PROT_READ);
	scene_read(memory, 512);
	child_ready();
	return 0;
}

static int execs(void *arg)
{
	many_areas(arg);
	execl("/bin/sleep", "sleep", "100", NULL);
	return 127;
}

/* exec keeps the folder and shows the new memory. */
TEST_F(midway, exec_keeps_folder)
{
	struct area_list before, after;
	struct child child;

	child_start(&child, execs, NULL);
	door_areas(child.pid, &before);
	if (write(child.to, "g", 1) != 1)
		die("the child is gone");
	child_await_program(child.pid, "sleep");
	proc_await(child.pid, 'S');
	expect_eq("areas after exec", door_folder_errno(child.pid, "areas"), 0);
	door_areas(child.pid, &after);
	if (before.nr < 512 || after.nr > 100)
		fail("expected many areas, then few, got %zu and %zu", before.nr, after.nr);
	if (!strstr(after.area[0].head, "/sleep") && !strstr(after.area[0].head, "coreutils"))
		fail("the first area after exec is %s", after.area[0].head);
	child_kill(&child);
}

/* The first part is read, then @change happens, then the rest. */
static void read_across(const char *what, int fd, struct child *child, void (*change)(struct child *))
{
	char some[512];
	struct bytes rest;
	int ret;

	if (read(fd, some, sizeof(some)) != sizeof(some))
		die("%s: the first part: %s", what, strerror(errno));
	change(child);
	ret = slurp_fd(fd, 4096, &rest);
	if (ret != -ESRCH)
		fail("%s: expected ESRCH, got %s after %zu bytes", what,
		     ret ? strerrorname_np(-ret) : "the end", rest.len);
	bytes_free(&rest);
	close(fd);
}

static void do_exec(struct child *child)
{
	if (write(child->to, "g", 1) != 1)
		die("the child is gone");
	child_await_program(child->pid, "sleep");
}

static void do_kill(struct child *child)
{
	kill(child->pid, SIGKILL);
	proc_await(child->pid, 'Z');
}

/* exec and exit in the middle of a read are ESRCH. */
TEST_F(midway, in_the_middle)
{
	static void (*const changes[])(struct child *) = { do_exec, do_kill };
	static const char *const names[] = { "exec", "exit" };

	for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
		struct child child;

		child_start(&child, execs, NULL);
		read_across(names[i], door_bound(child.pid), &child, changes[i]);
		child_kill(&child);
		child_start(&child, execs, NULL);
		read_across(names[i], door_opened(child.pid), &child, changes[i]);
		child_kill(&child);
	}
}

/* exec between bind and read is ESRCH. */
TEST_F(midway, bound_then_exec)
{
	struct child child;
	struct bytes bytes;
	int fd;

	child_start(&child, execs, NULL);
	fd = door_bound(child.pid);
	do_exec(&child);
	expect_eq("read after exec", -slurp_fd(fd, 4096, &bytes), ESRCH);
	child_kill(&child);
}

/* Detaching an open file does no harm. */
TEST_F(midway, detach_while_open)
{
	struct child child;
	struct bytes bytes;
	int fd, ret;
	char some[100];

	child_start(&child, many_areas, NULL);
	fd = door_opened(child.pid);
	if (read(fd, some, sizeof(some)) != sizeof(some))
		die("read: %s", strerror(errno));
	expect_eq("detach", -door_detach(child.pid), 0);
	ret = slurp_fd(fd, 4096, &bytes);
	if (ret && ret != -EIO && ret != -ESRCH)
		fail("the rest: %s", strerrorname_np(-ret));
	close(fd);
	child_end(&child);
}

static pid_t *shared_pid;

static int pause_for_good(void *arg)
{
	for (;;)
		pause();
	return !arg;
}

/* Makes a process of its own that has the same memory. */
static int share_memory(void *arg)
{
	char *stack = scene_anon(16) + 16 * PAGE;

	*shared_pid = clone(pause_for_good, stack, CLONE_VM | SIGCHLD, NULL);
	return many_areas(arg);
}

/*
 * The exit of one of two that share memory ends the read.  The memory lives on in another process, which
 * was not asked about.
 */
TEST_F(midway, shared_memory)
{
	struct child child, other;
	int fds[2];

	shared_pid = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	child_start(&child, share_memory, NULL);
	other.pid = *shared_pid;
	fds[0] = door_bound(other.pid);
	fds[1] = door_opened(other.pid);
	read_across("stream", fds[0], &other, do_kill);
	expect_eq("its text", door_folder_errno(other.pid, "areas"), ESRCH);
	close(fds[1]);
	child_kill(&child);
}

SCENE_MAIN
