// SPDX-License-Identifier: GPL-2.0
/* target - what becomes of a folder and of an open file when the target execs, exits or is replaced. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/ktap.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/text.h"

static int waiter(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

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

static int folder_errno(pid_t pid, const char *name)
{
	char path[64];
	struct bytes bytes;
	int ret;

	snprintf(path, sizeof(path), "%d/%s", pid, name);
	ret = door_file(path, &bytes);
	bytes_free(&bytes);
	return -ret;
}

static void kernel_threads(void)
{
	unsigned int seen = 0;

	for (pid_t pid = 2; pid < 200; pid++) {
		struct bytes bytes;

		if (!proc_state(pid) || !proc_is_kernel_thread(pid))
			continue;
		seen++;
		expect_eq("attach", -door_attach(pid), EINVAL);
		expect_eq("BIND", -door_bytes(pid, VMAVIEW_WANT_ALL, &bytes), EINVAL);
	}
	if (!seen)
		fail("no kernel thread was seen");
}

static void zombie(void)
{
	struct child child;
	struct bytes bytes;

	child_start(&child, waiter, NULL);
	expect_eq("attach", -door_attach(child.pid), 0);
	kill(child.pid, SIGKILL);
	proc_await(child.pid, 'Z');
	expect_eq("areas of a zombie", folder_errno(child.pid, "areas"), ESRCH);
	expect_eq("summary of a zombie", folder_errno(child.pid, "summary"), ESRCH);
	expect_eq("BIND to a zombie", -door_bytes(child.pid, VMAVIEW_WANT_ALL, &bytes), ESRCH);
	child_kill(&child);
	expect_eq("areas of the dead", folder_errno(child.pid, "areas"), ESRCH);
	expect_eq("BIND to the dead", -door_bytes(child.pid, VMAVIEW_WANT_ALL, &bytes), ESRCH);
	door_attach(getpid());
	expect_eq("its folder, after an attach", folder_errno(child.pid, "areas"), ENOENT);
	expect_eq("attach to the dead", -door_attach(child.pid), ESRCH);
}

static void gone_at_detach(void)
{
	struct child first, second;

	child_start(&first, waiter, NULL);
	child_start(&second, waiter, NULL);
	door_attach(first.pid);
	door_attach(second.pid);
	child_kill(&first);
	expect_eq("folder of the dead", folder_errno(first.pid, "areas"), ESRCH);
	expect_eq("detach of another", -door_detach(second.pid), 0);
	expect_eq("folder of the dead, after a detach", folder_errno(first.pid, "areas"), ENOENT);
	child_end(&second);
}

static void exec_keeps_folder(void)
{
	struct area_list before, after;
	struct child child;

	child_start(&child, execs, NULL);
	door_areas(child.pid, &before);
	if (write(child.to, "g", 1) != 1)
		die("the child is gone");
	child_await_program(child.pid, "sleep");
	proc_await(child.pid, 'S');
	expect_eq("areas after exec", folder_errno(child.pid, "areas"), 0);
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

	if (fd < 0 || read(fd, some, sizeof(some)) != sizeof(some))
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

static int bound(pid_t pid)
{
	struct vmaview_request request = door_request(pid, VMAVIEW_WANT_ALL);
	int fd = door_open();

	if (fd < 0 || door_bind(fd, &request))
		die("cannot bind pid %d", pid);
	return fd;
}

static int opened(pid_t pid)
{
	char path[64];

	door_attach(pid);
	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%d/areas", pid);
	return open(path, O_RDONLY | O_CLOEXEC);
}

static void in_the_middle(void)
{
	static void (*const changes[])(struct child *) = { do_exec, do_kill };
	static const char *const names[] = { "exec", "exit" };

	for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
		struct child child;

		child_start(&child, execs, NULL);
		read_across(names[i], bound(child.pid), &child, changes[i]);
		child_kill(&child);
		child_start(&child, execs, NULL);
		read_across(names[i], opened(child.pid), &child, changes[i]);
		child_kill(&child);
	}
}

static void bound_then_exec(void)
{
	struct child child;
	struct bytes bytes;
	int fd;

	child_start(&child, execs, NULL);
	fd = bound(child.pid);
	do_exec(&child);
	expect_eq("read after exec", -slurp_fd(fd, 4096, &bytes), ESRCH);
	child_kill(&child);
}

/* Forks until the kernel gives @pid to the child. */
static bool start_as(struct child *child, pid_t pid)
{
	for (int tries = 0; tries < 50; tries++) {
		char text[16];
		int fd = open("/proc/sys/kernel/ns_last_pid", O_WRONLY);
		int len = snprintf(text, sizeof(text), "%d", pid - 1);

		if (fd < 0 || write(fd, text, len) != len)
			skip("no ns_last_pid: %s", strerrorname_np(errno));
		close(fd);
		child_start(child, waiter, NULL);
		if (child->pid == pid)
			return true;
		child_end(child);
	}
	return false;
}

static void reused_pid(void)
{
	struct child first, second;
	int device, text;
	char byte;
	struct bytes bytes;

	child_start(&first, waiter, NULL);
	device = bound(first.pid);
	text = opened(first.pid);
	child_end(&first);
	if (!start_as(&second, first.pid))
		skip("the kernel did not give the same PID again");
	expect_errno("the bound device", read(device, &byte, 1), ESRCH);
	expect_errno("the open file", read(text, &byte, 1), ESRCH);
	expect_eq("the old folder", folder_errno(second.pid, "areas"), ESRCH);
	expect_eq("attach to the new one", -door_attach(second.pid), 0);
	expect_eq("the new folder", folder_errno(second.pid, "areas"), 0);
	expect_errno("the file of a folder that is gone", read(text, &byte, 1), EIO);
	expect_eq("a new stream", -door_bytes(second.pid, VMAVIEW_WANT_ALL, &bytes), 0);
	child_end(&second);
}

/* In a PID namespace of its own, as its process 1. */
static int inside(void *arg)
{
	struct stream stream;
	struct bytes bytes;

	(void)arg;
	expect_eq("own PID", getpid(), 1);
	door_stream(1, VMAVIEW_WANT_ALL, &stream);
	expect_eq("begin.pid", stream.begin.pid, 1);
	if (!area_list_find(&stream.areas, (uintptr_t)&stream))
		fail("PID 1 is somebody else: its areas have no such stack");
	expect_eq("a PID of outside", -door_bytes(2, VMAVIEW_WANT_ALL, &bytes), ESRCH);
	expect_eq("attach of one", -door_attach(2), ESRCH);
	expect_eq("self", -door_file("self/areas", &bytes), 0);
	return failed();
}

static void namespace(void)
{
	struct child child;

	if (unshare(CLONE_NEWPID))
		skip("no PID namespaces: %s", strerrorname_np(errno));
	child_start(&child, inside, NULL);
	if (child_end(&child))
		fail("the process inside failed");
}

static void detach_while_open(void)
{
	struct child child;
	struct bytes bytes;
	int fd, ret;
	char some[100];

	child_start(&child, many_areas, NULL);
	fd = opened(child.pid);
	if (read(fd, some, sizeof(some)) != sizeof(some))
		die("read: %s", strerror(errno));
	expect_eq("detach", -door_detach(child.pid), 0);
	ret = slurp_fd(fd, 4096, &bytes);
	if (ret && ret != -EIO && ret != -ESRCH)
		fail("the rest: %s", strerrorname_np(-ret));
	close(fd);
	child_end(&child);
}

static void *stay(void *arg)
{
	*(pid_t *)arg = gettid();
	child_ready();
	return NULL;
}

static pid_t *shared_tid;

static int with_thread(void *arg)
{
	pthread_t thread;

	(void)arg;
	if (pthread_create(&thread, NULL, stay, shared_tid))
		return 1;
	pthread_join(thread, NULL);
	return 0;
}

static void thread_id(void)
{
	struct stream stream;
	struct child child;

	shared_tid = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	child_start(&child, with_thread, NULL);
	door_stream(*shared_tid, VMAVIEW_WANT_ALL, &stream);
	expect_eq("pid", stream.begin.pid, *shared_tid);
	expect_eq("tgid", stream.begin.tgid, child.pid);
	child_end(&child);
}

static void *outlive(void *arg)
{
	pthread_join(*(pthread_t *)arg, NULL);
	scene_write(scene_anon(8), 8);
	child_ready();
	_exit(0);
}

/* The first thread ends; the process goes on in another. */
static int without_leader(void *arg)
{
	static pthread_t self;
	pthread_t thread;

	(void)arg;
	self = pthread_self();
	if (pthread_create(&thread, NULL, outlive, &self))
		return 1;
	pthread_exit(NULL);
}

static void leader_gone(void)
{
	struct child child;
	struct area_list list;
	struct stream stream;

	child_start(&child, without_leader, NULL);
	door_stream(child.pid, VMAVIEW_WANT_ALL, &stream);
	door_areas(child.pid, &list);
	if (stream.areas.nr < 10 || list.nr != stream.areas.nr)
		fail("expected all areas, got %zu and %zu", stream.areas.nr, list.nr);
	child_end(&child);
}

static const struct ktap_test tests[] = {
	{ "kernel threads are EINVAL", kernel_threads },
	{ "zombies and the dead are ESRCH and their folder goes", zombie },
	{ "a detach takes the folders of the dead, too", gone_at_detach },
	{ "exec keeps the folder and shows the new memory", exec_keeps_folder },
	{ "exec and exit in the middle of a read are ESRCH", in_the_middle },
	{ "exec between bind and read is ESRCH", bound_then_exec },
	{ "a reused PID never answers in another's place", reused_pid },
	{ "PIDs are those of the writer's namespace", namespace },
	{ "detaching an open file does no harm", detach_while_open },
	{ "a process whose first thread has ended still answers", leader_gone },
	{ "a thread's id names its process", thread_id },
};

KTAP_MAIN(tests)
