// SPDX-License-Identifier: GPL-2.0
/* target - who answers to a PID: kernel threads, the dead, a successor, other namespaces, threads. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(target)

static int waiter(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* Kernel threads are EINVAL. */
TEST_F(target, kernel_threads)
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

/* Zombies and the dead are ESRCH and their folder goes. */
TEST_F(target, zombie)
{
	struct child child;
	struct bytes bytes;

	child_start(&child, waiter, NULL);
	expect_eq("attach", -door_attach(child.pid), 0);
	kill(child.pid, SIGKILL);
	proc_await(child.pid, 'Z');
	expect_eq("areas of a zombie", door_folder_errno(child.pid, "areas"), ESRCH);
	expect_eq("summary of a zombie", door_folder_errno(child.pid, "summary"), ESRCH);
	expect_eq("BIND to a zombie", -door_bytes(child.pid, VMAVIEW_WANT_ALL, &bytes), ESRCH);
	child_kill(&child);
	expect_eq("areas of the dead", door_folder_errno(child.pid, "areas"), ESRCH);
	expect_eq("BIND to the dead", -door_bytes(child.pid, VMAVIEW_WANT_ALL, &bytes), ESRCH);
	door_attach(getpid());
	expect_eq("its folder, after an attach", door_folder_errno(child.pid, "areas"), ENOENT);
	expect_eq("attach to the dead", -door_attach(child.pid), ESRCH);
}

/* A detach takes the folders of the dead, too. */
TEST_F(target, gone_at_detach)
{
	struct child first, second;

	child_start(&first, waiter, NULL);
	child_start(&second, waiter, NULL);
	door_attach(first.pid);
	door_attach(second.pid);
	child_kill(&first);
	expect_eq("folder of the dead", door_folder_errno(first.pid, "areas"), ESRCH);
	expect_eq("detach of another", -door_detach(second.pid), 0);
	expect_eq("folder of the dead, after a detach", door_folder_errno(first.pid, "areas"), ENOENT);
	child_end(&second);
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

/* A reused PID never answers in another's place. */
TEST_F(target, reused_pid)
{
	struct child first, second;
	int device, text;
	char byte;
	struct bytes bytes;

	child_start(&first, waiter, NULL);
	device = door_bound(first.pid);
	text = door_opened(first.pid);
	child_end(&first);
	if (!start_as(&second, first.pid))
		skip("the kernel did not give the same PID again");
	expect_errno("the bound device", read(device, &byte, 1), ESRCH);
	expect_errno("the open file", read(text, &byte, 1), ESRCH);
	expect_eq("the old folder", door_folder_errno(second.pid, "areas"), ESRCH);
	expect_eq("attach to the new one", -door_attach(second.pid), 0);
	expect_eq("the new folder", door_folder_errno(second.pid, "areas"), 0);
	expect_errno("the file of a folder that is gone", read(text, &byte, 1), EIO);
	expect_eq("a new stream", -door_bytes(second.pid, VMAVIEW_WANT_ALL, &bytes), 0);
	child_end(&second);
}

/* A file of a folder that was made outside. */
static char outside[32];

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
	expect_eq("the folder of one", -door_file(outside, &bytes), ESRCH);
	expect_eq("detach of one", -door_detach(atoi(outside)), ESRCH);
	return failed();
}

/* PIDs are those of the writer's namespace. */
TEST_F(target, namespace)
{
	struct bytes bytes;
	struct child child;

	snprintf(outside, sizeof(outside), "%d/areas", getpid());
	expect_eq("attach", -door_attach(getpid()), 0);
	if (unshare(CLONE_NEWPID))
		skip("no PID namespaces: %s", strerrorname_np(errno));
	child_start(&child, inside, NULL);
	if (child_end(&child))
		fail("the process inside failed");
	expect_eq("the folder of one outside", -door_file(outside, &bytes), 0);
	door_detach(getpid());
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

/* A thread's id names its process. */
TEST_F(target, thread_id)
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

/* A process whose first thread has ended still answers. */
TEST_F(target, leader_gone)
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

SCENE_MAIN
