// SPDX-License-Identifier: GPL-2.0
/*
 * leader - a process whose first thread has ended while another one lives: each verb says of it what it said
 * before, as its memory is the same.
 */
#include <errno.h>
#include <linux/capability.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"
#include "lib/verdict.h"

SCENE(leader)

enum { PAGES = 12 };

static char *memory;	/* of its own in each process */
static char *common;	/* the same in both */
static pid_t *second;	/* which thread goes on */
static sem_t end;

/* Where the kernel has none, or none for us, there is none before and after. */
static void watch_memory(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register watched = {
		.range = { (uintptr_t)memory, PAGES * PAGE }, .mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	int fd = syscall(SYS_userfaultfd, 0);

	if (fd >= 0 && !ioctl(fd, UFFDIO_API, &api))
		ioctl(fd, UFFDIO_REGISTER, &watched);
}

static void *go_on(void *arg)
{
	(void)arg;
	*second = gettid();
	child_ready();
	sem_post(&end);
	child_ready();
	_exit(0);
}

/* exit(2) of the thread alone: pthread_exit() loads a library first, and maps it. */
static int two_threads(void *arg)
{
	pthread_t thread;

	(void)arg;
	scene_write(memory, PAGES);
	scene_write(common, PAGES);
	scene_drain();
	watch_memory();
	if (pthread_create(&thread, NULL, go_on, NULL))
		return 1;
	while (sem_wait(&end))
		;
	syscall(SYS_exit, 0);
	return 1;
}

static void start(struct child *child)
{
	memory = scene_anon(PAGES);
	common = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
	second = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	scene_write(common, PAGES);
	sem_init(&end, 0, 0);
	child_start(child, two_threads, NULL);
}

static void end_first_thread(struct child *child)
{
	child_step(child);
	if (!proc_await(child->pid, 'Z'))
		die("the first thread has not ended");
	if (proc_status(child->pid, "VmSize") != ~0ULL || proc_status(*second, "VmSize") == ~0ULL)
		die("its memory is not with the other thread alone");
}

/* %p is the PID, %r the range of @memory, %c an address in @common, %t this process. */
static void fill_in(char *out, size_t room, const char *args, pid_t pid)
{
	size_t used = 0;

	for (; *args; args++) {
		if (*args != '%')
			used += snprintf(out + used, room - used, "%c", *args);
		else if (*++args == 'p')
			used += snprintf(out + used, room - used, "%d", pid);
		else if (*args == 't')
			used += snprintf(out + used, room - used, "%d", getpid());
		else if (*args == 'c')
			used += snprintf(out + used, room - used, "%lx", (long)common + PAGE);
		else
			used += snprintf(out + used, room - used, "%lx,%lx", (long)memory,
					 (long)memory + PAGES * PAGE - 1);
	}
}

static const char *const same[] = {
	"-r -n -o Address,End,Perms,RSS,COW,Fault -A %r %p",
	"-A %r -o Address,RSS -q %p",
	"-r -n -o Address,End,Perms,Ops,Mapping %p",
	"pages -r -n -o Pid,Address,End,State,PFN -A %r %p",
	"reclaim -r -n -o Pid,Address,Present,Swap -A %r %p",
	"layout -r -n -o Name,Start,End,Physical %p %c+1",
	"layout -r -n -o Name,Start,End,Physical %p heap+0+10",
	"tables -r -n -o Pid,Name,Tables,Used,Leaves %p",
	"pins -r -n --unheld -o Pid,Address,End,Origin,Holders -A %r %p",
	"sharers -r -n -o Pid,Address,Sharer,Pages %p %c",
	"cow -r -n -b -o Pid,Mapped,Unique,Debt -A %r %p",
	"cow -r -n -b -o Pid,Parent,Mapped,Shared -Q Pid==%p -A %r --tree %t",
	"uffd -r -n %p",
	"explain -r %p %c heap stack+10",
	"record -f /tmp/leader.vmav %p",
	"-r -n -o Address,RSS,PSS -A %r --from /tmp/leader.vmav",
};

/* Stands for the module being refused: what /proc reports. */
static void run(const char *args, struct command_result *result)
{
	struct command command = { .program = "/usr/bin/env", .drop = CAP_SYS_ADMIN };
	char words[512], *argv[64] = { "env", "vmaview" }, *save;
	size_t nr = 2;

	if (*args != '!') {
		tool_run(args, result);
		return;
	}
	snprintf(words, sizeof(words), "%s", args + 1);
	for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save))
		argv[nr++] = word;
	command_run(&command, argv, result);
}

static void run_all(struct command_result *results, pid_t pid)
{
	char args[512];

	for (size_t i = 0; i < ARRAY_SIZE(same); i++) {
		fill_in(args, sizeof(args), same[i], pid);
		run(args, &results[i]);
	}
}

/* Each verb says of the process what it said before. */
TEST_F(leader, each_verb)
{
	struct command_result before[ARRAY_SIZE(same)], after[ARRAY_SIZE(same)];
	struct child child;

	start(&child);
	run_all(before, child.pid);
	end_first_thread(&child);
	run_all(after, child.pid);
	for (size_t i = 0; i < ARRAY_SIZE(same); i++) {
		if (before[i].status)
			fail("%s: %d even before: %s", same[i], before[i].status, before[i].err.data);
		expect_eq(same[i], after[i].status, 0);
		expect_str(same[i], after[i].out.data, before[i].out.data);
		expect_str(same[i], after[i].err.data, before[i].err.data);
	}
	child_end(&child);
}

/* Its areas are those of the thread that lives, in maps: the second witness. */
TEST_F(leader, areas_of_the_other)
{
	struct area_list areas, smaps;
	struct child child;

	start(&child);
	end_first_thread(&child);
	door_areas(child.pid, &areas);
	door_smaps(*second, &smaps);
	if (areas.nr < 10 || areas.nr > smaps.nr)
		die("%zu areas, of the other thread %zu", areas.nr, smaps.nr);
	for (size_t i = 0; i < areas.nr; i++)
		expect_str("an area", areas.area[i].head, smaps.area[i].head);
	child_end(&child);
}

/* Verify asks maps and smaps of that thread.  pmap knows nothing of such a process: the others are asked. */
TEST_F(leader, verified)
{
	struct child child;
	char args[64], want[64];

	start(&child);
	end_first_thread(&child);
	snprintf(args, sizeof(args), "verify %d", child.pid);
	snprintf(want, sizeof(want), "maps, smaps");
	tool_expect_part(args, want);
	child_end(&child);
}

/* Its faults are followed.  One thread is watched, as the other is no more: that is no error. */
TEST_F(leader, faults_followed)
{
	struct child child;
	char args[64];

	/* Counting patches code that another emulated processor may just be running: see faults.c. */
	if (!access("/sys/devices/system/cpu/cpu1/online", W_OK))
		setting("/sys/devices/system/cpu/cpu1/online", "0");
	start(&child);
	end_first_thread(&child);
	snprintf(args, sizeof(args), "faults --interval 0.05 --count 1 %d", child.pid);
	tool_expect_part(args, "");
	child_end(&child);
	/* perf patches the scheduler back a second after its last event of a task: perf_sched_delayed(). */
	sleep(2);
}

/* Without the module /proc reports the same, and a thread's id names the process. */
TEST_F(leader, from_proc)
{
	struct command_result module, proc;
	struct child child;
	char args[256];

	start(&child);
	end_first_thread(&child);
	fill_in(args, sizeof(args), "!-r -n -o Address,End,Perms,RSS,Dirty -A %r %p", child.pid);
	run(args + 1, &module);
	run(args, &proc);
	expect_eq("status", proc.status, 0);
	expect_str("by /proc alone", proc.out.data, module.out.data);
	if (!strstr(proc.err.data, "only what /proc reports"))
		fail("it says: %s", proc.err.data);
	snprintf(args, sizeof(args), "-r -n -o Address,End,Perms,RSS,Dirty -A %lx,%lx %d", (long)memory,
		 (long)memory + PAGES * PAGE - 1, *second);
	tool_expect(args, module.out.data);
	child_end(&child);
}

/* The first thread may not write there, and ends; the other one may, and is who would. */
static void *allow(void *arg)
{
	pkey_set(*(int *)arg, 0);
	return go_on(NULL);
}

static int two_with_keys(void *arg)
{
	pthread_t thread;

	scene_write(memory, PAGES);
	pkey_set(*(int *)arg, PKEY_DISABLE_ACCESS);
	if (pkey_mprotect(memory, PAGES * PAGE, PROT_READ | PROT_WRITE, *(int *)arg) ||
	    pthread_create(&thread, NULL, allow, arg))
		return 1;
	while (sem_wait(&end))
		;
	syscall(SYS_exit, 0);
	return 1;
}

/* Protection keys are those of the thread that lives. */
TEST_F(leader, rights_of_who_lives)
{
	int key = pkey_alloc(0, 0);
	struct vmaview_explain answer;
	struct child child;

	if (key < 0)
		skip("this processor has no protection keys");
	memory = scene_anon(PAGES);
	second = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	sem_init(&end, 0, 0);
	child_start(&child, two_with_keys, &key);
	verdict_ask_pages(child.pid, memory, 1, &answer);
	expect_eq("the first thread", answer.why[VMAVIEW_WRITE], VMAVIEW_WHY_PKEY);
	verdict_ask_pages(*second, memory, 1, &answer);
	expect_eq("the other", answer.verdict[VMAVIEW_READ], VMAVIEW_OK);
	end_first_thread(&child);
	verdict_ask_pages(child.pid, memory, 1, &answer);
	expect_eq("the process once the first has ended", answer.verdict[VMAVIEW_READ], VMAVIEW_OK);
	child_end(&child);
}

/* The thread that calls exec takes the number of the first, and the process goes on under it. */
static void *become_sleep(void *arg)
{
	child_ready();
	execl("/bin/sleep", "sleep", "1000", NULL);
	return arg;
}

static int exec_in_the_other(void *arg)
{
	pthread_t thread;

	return pthread_create(&thread, NULL, become_sleep, arg) || pthread_join(thread, NULL);
}

/* exec by another thread leaves one process, under the old number. */
TEST_F(leader, exec_by_the_other)
{
	struct command_result result;
	struct child child;
	char args[64];

	child_start(&child, exec_in_the_other, NULL);
	if (write(child.to, "g", 1) != 1)
		die("the child is gone");
	child_await_program(child.pid, "sleep");
	proc_await(child.pid, 'S');
	snprintf(args, sizeof(args), "-Q Perms==\"r-xp\" -p %d", child.pid);
	tool_run(args, &result);
	expect_eq(args, result.status, 0);
	if (!strstr(result.out.data, ":   sleep 1000\n") || !strstr(result.out.data, "bin/sleep\n"))
		fail("it says: %s%s", result.out.data, result.err.data);
	command_free(&result);
	child_kill(&child);
}

/* Once the last thread has ended it is a zombie.  With the last thread the memory goes. */
TEST_F(leader, then_a_zombie)
{
	struct command_result result;
	struct child child;
	char args[32];

	start(&child);
	end_first_thread(&child);
	child_step(&child);
	snprintf(args, sizeof(args), "%d", child.pid);
	do
		tool_run(args, &result);	/* until the second thread has ended, too */
	while (!result.status);
	expect_eq("status", result.status, 1);
	if (!strstr(result.err.data, "is a zombie"))
		fail("it says: %s", result.err.data);
	child_end(&child);
}

SCENE_MAIN
