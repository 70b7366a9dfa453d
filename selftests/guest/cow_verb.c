// SPDX-License-Identifier: GPL-2.0
/* cow_verb - `vmaview cow` of families of which every page is known, and of redis while it saves. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/tool.h"

SCENE(cow_verb)

enum { PAGES = 600, CHILDREN = 4 };

static const size_t own[CHILDREN] = { 0, 1, 37, 513 };
static char *memory;

static int write_own(void *arg)
{
	scene_write(memory, own[*(unsigned int *)arg]);
	child_ready();
	return 0;
}

static void start_family(struct child *children)
{
	memory = scene_anon(PAGES + 4);
	scene_write(memory, PAGES);
	for (unsigned int i = 0; i < CHILDREN; i++)
		child_start(&children[i], write_own, &i);
}

static void end_family(struct child *children)
{
	for (unsigned int i = 0; i < CHILDREN; i++)
		child_kill(&children[i]);
}

static void run_program(char *const argv[], struct command_result *result)
{
	struct command command = { .program = "/usr/bin/env", .drop = -1 };

	command_run(&command, argv, result);
}

/* `vmaview cow` with @args. */
static void run(const char *args, struct command_result *result)
{
	char words[512];

	snprintf(words, sizeof(words), "cow %s", args);
	tool_run(words, result);
}

static void expect_output(const char *args, const char *want)
{
	char words[512];

	snprintf(words, sizeof(words), "cow %s", args);
	tool_expect(words, want);
}

/*
 * Each of a family has its own pages, shared ones and copies.  Of the parent's frames, a child has those
 * that it did not write.
 */
TEST_F(cow_verb, family)
{
	struct child children[CHILDREN];
	char args[256], want[1024];
	int used, said;

	start_family(children);
	used = snprintf(args, sizeof(args), "-r -n -b -o Pid,Parent,Mapped,Unique,Shared,Debt,Same,Copied,New -A "
		"%lx,%lx %d",
			(long)memory, (long)memory + PAGES * PAGE - 1, getpid());
	said = snprintf(want, sizeof(want), "%d - %lu 0 %lu %lu - - -\n", getpid(), PAGES * PAGE, PAGES * PAGE,
			PAGES * PAGE);
	for (unsigned int i = 0; i < CHILDREN; i++) {
		used += snprintf(args + used, sizeof(args) - used, " %d", children[i].pid);
		said += snprintf(want + said, sizeof(want) - said, "%d %d %lu %lu %lu %lu %lu %lu 0\n",
				 children[i].pid, getpid(), PAGES * PAGE, own[i] * PAGE, (PAGES - own[i]) * PAGE,
				 (PAGES - own[i]) * PAGE, (PAGES - own[i]) * PAGE, own[i] * PAGE);
	}
	expect_output(args, want);
	snprintf(args + used, sizeof(args) - used, " %d", getpid());
	expect_output(args, want);	/* named twice, it is one all the same */
	end_family(children);
}

/*
 * JSON has what each two have in common, and each number of them.  In pages: of each two, and of each
 * number of processes, what they have in common.
 */
TEST_F(cow_verb, json)
{
	struct child children[CHILDREN];
	struct command_result result;
	char script[512];
	int used;

	start_family(children);
	used = snprintf(script, sizeof(script), "vmaview cow -J -A %lx,%lx %d", (long)memory,
			(long)memory + PAGES * PAGE - 1, getpid());
	for (unsigned int i = 0; i < CHILDREN; i++)
		used += snprintf(script + used, sizeof(script) - used, " %d", children[i].pid);
	snprintf(script + used, sizeof(script) - used,
		" | jq -c '.cow | [.matrix[].bytes / %lu], (.shared | map_values(. / %lu))'",
		 PAGE, PAGE);
	char *const argv[] = { "env", "sh", "-c", script, NULL };

	run_program(argv, &result);
	expect_str("in common", result.out.data, "[600,599,563,87,599,563,87,563,87,87]\n"
		   "{\"2\":1,\"3\":36,\"4\":476,\"5\":87}\n");
	command_free(&result);
	end_family(children);
}

static int write_new(void *arg)
{
	(void)arg;
	scene_write(memory + PAGES * PAGE, 3);
	child_ready();
	return 0;
}

/* What the parent has not is new. */
TEST_F(cow_verb, new_memory)
{
	struct child child;
	char args[256], want[256];

	memory = scene_anon(PAGES + 4);
	scene_write(memory, PAGES);
	scene_read(memory + PAGES * PAGE, 1);	/* zeros are nothing that could be copied */
	child_start(&child, write_new, NULL);
	snprintf(args, sizeof(args), "-r -n -b --areas -o Address,Pid,Same,Copied,New -A %lx,%lx %d",
		 (long)memory, (long)memory + (PAGES + 4) * PAGE - 1, child.pid);
	snprintf(want, sizeof(want), "%016lx %d - - -\n", (long)memory, child.pid);
	expect_output(args, want);	/* no parent in the group, nothing to compare with */
	snprintf(args, sizeof(args), "-r -n -b -Q Pid==%d -o Same,Copied,New -A %lx,%lx %d %d", child.pid,
		 (long)memory, (long)memory + (PAGES + 4) * PAGE - 1, child.pid, getpid());
	snprintf(want, sizeof(want), "%lu 0 %lu\n", PAGES * PAGE, 3 * PAGE);
	expect_output(args, want);
	child_kill(&child);
}

/* A range chooses areas, and what is said of them is said of whole ones. */
TEST_F(cow_verb, whole_areas)
{
	char args[256], want[256];
	struct child child;

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	child_start(&child, write_own, &(unsigned int){ 2 });
	snprintf(args, sizeof(args), "-r -n -b --areas -o Address,End,Mapped,Shared -A %lx %d", (long)memory + 7 * PAGE,
		 getpid());
	snprintf(want, sizeof(want), "%016lx %016lx %lu 0\n", (long)memory, (long)memory + PAGES * PAGE, PAGES * PAGE);
	expect_output(args, want);
	snprintf(args, sizeof(args), "-r -n -b -o Pid,Mapped,Unique -A %lx,%lx %d %d", (long)memory + 7 * PAGE,
		 (long)memory + 9 * PAGE, getpid(), child.pid);
	snprintf(want, sizeof(want), "%d %lu %lu\n%d %lu %lu\n", getpid(), PAGES * PAGE, own[2] * PAGE,
		 child.pid, PAGES * PAGE, own[2] * PAGE);
	expect_output(args, want);
	child_kill(&child);
}

static uint64_t number_behind(const char *text, const char *key)
{
	const char *at = strstr(text, key);

	return at ? strtoull(at + strlen(key), NULL, 10) : ~0ULL;
}

struct frame {
	uint64_t pfn;
	unsigned int process;
};

struct frames {
	struct frame *frame;
	size_t nr;
};

static int by_pfn(const void *a, const void *b)
{
	const struct frame *x = a, *y = b;

	if (x->pfn != y->pfn)
		return x->pfn < y->pfn ? -1 : 1;
	return (int)x->process - (int)y->process;
}

static void add_frames(struct frames *frames, pid_t pid, unsigned int process, const struct area *area)
{
	size_t nr = (area->end - area->start) / PAGE;
	uint64_t *entries = calloc(nr, sizeof(*entries));

	frames->frame = reallocarray(frames->frame, frames->nr + nr, sizeof(*frames->frame));
	if (!entries || !frames->frame)
		die("no memory for %zu pages", nr);
	proc_pagemap(pid, (void *)area->start, nr, entries);
	for (size_t i = 0; i < nr; i++)
		if (entries[i] & PAGEMAP_PRESENT &&
		    !(proc_kpageflags(PAGEMAP_PFN(entries[i])) & 1ULL << KPF_ZERO_PAGE_BIT))
			frames->frame[frames->nr++] = (struct frame){ PAGEMAP_PFN(entries[i]), process };
	free(entries);
}

/* What pagemap, kpagecount and smaps say of the group; bytes, of pss kB. */
struct witness {
	uint64_t total, unique, outside, pss, areas;
};

static void ask_process(struct witness *witness, struct frames *frames, pid_t pid, unsigned int process)
{
	struct area_list areas;

	door_smaps(pid, &areas);
	for (size_t i = 0; i < areas.nr; i++) {
		const struct area *area = &areas.area[i];

		/* The kernel's own pages; of some, pagemap says nothing. */
		if (strstr(area->head, "[vsyscall]") || strstr(area->head, "[vvar") ||
		    strstr(area->head, "[vdso]"))
			continue;
		add_frames(frames, pid, process, area);
		witness->pss += area->value[PSS];
		witness->areas++;
	}
	area_list_free(&areas);
}

static void ask(struct witness *witness, const pid_t *pids, size_t nr)
{
	struct frames frames = { 0 };

	memset(witness, 0, sizeof(*witness));
	for (size_t i = 0; i < nr; i++)
		ask_process(witness, &frames, pids[i], i);
	qsort(frames.frame, frames.nr, sizeof(*frames.frame), by_pfn);
	for (size_t i = 0, end; i < frames.nr; i = end) {
		uint64_t pfn = frames.frame[i].pfn, count = proc_kpagecount(pfn);
		bool unique = true;

		for (end = i; end < frames.nr && frames.frame[end].pfn == pfn; end++)
			unique &= frames.frame[end].process == frames.frame[i].process;
		witness->total += PAGE;
		witness->unique += unique ? PAGE : 0;
		witness->outside += count > end - i ? PAGE : 0;
	}
	free(frames.frame);
}

/*
 * Processes that stand still: unique and each shared part once are the memory that the group uses.
 * Pss divides what others map too by all of them; the rest of it must add up to the same, less than
 * 1 kB off for each area.
 */
static void check_group(const pid_t *pids, size_t nr)
{
	struct command_result result;
	struct witness witness;
	char args[256] = "-J";
	const char *sums;
	uint64_t total, outside;

	for (size_t i = 0; i < nr; i++)
		snprintf(args + strlen(args), sizeof(args) - strlen(args), " %d", pids[i]);
	run(args, &result);
	expect_eq("status", result.status, 0);
	sums = strstr(result.out.data, "\"matrix\"");
	if (!sums)
		die("no sums in %s", result.err.data);
	ask(&witness, pids, nr);
	total = number_behind(sums, "\"total\":");
	outside = number_behind(sums, "\"outside\":");
	expect_eq("total", total, witness.total);
	expect_eq("unique", number_behind(sums, "\"unique\":"), witness.unique);
	expect_eq("outside", outside, witness.outside);
	note("%llu kB, %llu of it unique, %llu mapped by others too; Pss %llu kB", (unsigned long long)total >> 10,
	     (unsigned long long)witness.unique >> 10, (unsigned long long)outside >> 10,
	     (unsigned long long)witness.pss);
	if (witness.pss > total >> 10 || witness.pss + witness.areas < (total - outside) >> 10)
		fail("Pss is %llu kB, expected %llu to %llu", (unsigned long long)witness.pss,
		     (unsigned long long)((total - outside) >> 10) - witness.areas, (unsigned long long)total >> 10);
	command_free(&result);
}

static int wait_only(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* A worker that has a worker of its own, whose PID the test learns from a page that all share. */
static int master(void *arg)
{
	pid_t *youngest = arg;
	struct child worker;

	child_start(&worker, wait_only, NULL);
	*youngest = worker.pid;
	child_ready();
	child_kill(&worker);
	return 0;
}

/* A server that forked its workers: its memory is all of it, found by --tree. */
static int server(void *arg)
{
	struct child workers[CHILDREN], last;

	start_family(workers);
	child_start(&last, master, arg);
	child_ready();
	end_family(workers);
	child_end(&last);
	return 0;
}

static size_t children_of(pid_t pid, pid_t *pids, size_t room)
{
	pid_t all[256];
	size_t nr = proc_users(all, ARRAY_SIZE(all)), found = 0;

	for (size_t i = 0; i < nr && found < room; i++)
		if (proc_stat(all[i], 4) == (uint64_t)pid)
			pids[found++] = all[i];
	return found;
}

/* A preforked server: its parts are its memory, by pagemap and Pss. */
TEST_F(cow_verb, preforked)
{
	enum { ALL = CHILDREN + 3 };
	pid_t pids[ALL], *youngest = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct command_result result;
	struct child child;
	char args[128];

	if (youngest == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	child_start(&child, server, youngest);
	pids[0] = child.pid;
	expect_eq("workers", children_of(child.pid, pids + 1, CHILDREN + 1), CHILDREN + 1);
	pids[ALL - 1] = *youngest;
	check_group(pids, ALL);
	snprintf(args, sizeof(args), "-r -n -o Pid --tree %d", child.pid);
	run(args, &result);
	for (size_t i = 0; i < ALL; i++) {
		char line[16];

		snprintf(line, sizeof(line), "%d\n", pids[i]);
		if (!strstr(result.out.data, line))
			fail("%d is not in the tree: %s", pids[i], result.out.data);
	}
	command_free(&result);
	snprintf(args, sizeof(args), "vmaview cow -r -n --watch=0.1 --tree %d | head -n 1 | cut -d' ' -f2", child.pid);
	char *const argv[] = { "env", "sh", "-c", args, NULL };

	run_program(argv, &result);
	expect_eq("watched processes of the tree", strtoul(result.out.data, NULL, 10), ALL);
	command_free(&result);
	child_end(&child);
}

static void shell(const char *script)
{
	char *const argv[] = { "env", "sh", "-c", (char *)script, NULL };
	struct command_result result;

	run_program(argv, &result);
	if (result.status)
		die("%s: %s%s", script, result.out.data, result.err.data);
	command_free(&result);
}

#define REDIS "redis-cli -s /tmp/cow.sock "

static int redis(void *arg)
{
	(void)arg;
	execlp("redis-server", "redis-server", "--port", "0", "--unixsocket", "/tmp/cow.sock", "--dir", "/tmp",
	       "--save", "", "--enable-debug-command", "local", "--logfile", "/tmp/cow.log", NULL);
	return 127;
}

/* Maps all of a file, page by page, until the test ends. */
static void map_whole(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat stat;

	if (fd < 0 || fstat(fd, &stat) ||
	    mmap(NULL, stat.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0) == MAP_FAILED)
		die("%s: %s", path, strerror(errno));
	close(fd);
}

/*
 * vmaview is outside of the group, too, and maps libraries while it looks, but not while the witness
 * does.  What this test maps all the time, both find.
 */
static void map_libraries(pid_t pid)
{
	struct area_list areas;

	door_smaps(pid, &areas);
	for (size_t i = 0; i < areas.nr; i++) {
		const char *path = strchr(areas.area[i].head, '/');

		if (path && strstr(path, ".so"))
			map_whole(path);
	}
	area_list_free(&areas);
}

/*
 * Redis that saves while it is written to: the same.  BGSAVE forks; what is written while the child
 * saves is copied.
 */
TEST_F(cow_verb, saving_redis)
{
	pid_t pids[2];
	struct child child;

	if (access("/usr/bin/redis-server", X_OK))
		skip("there is no redis-server");
	child_start(&child, redis, NULL);
	shell("until " REDIS "ping 2>/dev/null | grep -q PONG; do :; done");
	shell(REDIS "debug populate 40000 key 100 && " REDIS "config set rdb-key-save-delay 10000 && "
	      REDIS "bgsave");
	while (!children_of(child.pid, pids + 1, 1))
		;
	pids[0] = child.pid;
	shell(REDIS "debug populate 500 new 4096");
	proc_stop(pids[0]);
	proc_stop(pids[1]);
	map_libraries(pids[0]);
	check_group(pids, 2);
	kill(pids[1], SIGKILL);
	child_kill(&child);
}

/* What cannot be asked is said. */
TEST_F(cow_verb, bad_input)
{
	struct command_result result;

	run("4194304", &result);
	expect_eq("nobody", result.status, 42);
	expect_str("stdout", result.out.data, "");
	command_free(&result);
	run("--watch 4194304", &result);
	expect_eq("watching nobody", result.status, 42);
	expect_str("stdout", result.out.data, "");
	command_free(&result);
	run("--tree 4194304", &result);
	expect_eq("a tree of nobody", result.status, 42);
	expect_str("stdout", result.out.data, "");
	command_free(&result);
	run("2", &result);
	expect_eq("a kernel thread", result.status, 1);
	expect_str("stdout", result.out.data, "");
	command_free(&result);
}

/*
 * Watching prints lines until all are gone.  Two lines after the heading, the later ones with what was
 * written in between; and it ends when all are gone.
 */
TEST_F(cow_verb, watch)
{
	struct command_result result;
	char script[512], *line, *save;
	struct child child;
	unsigned int lines = 0;

	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	child_start_program(&child);
	snprintf(script, sizeof(script),
		 "{ vmaview cow -r -b --watch=0.2 %d; echo status $? >&2; } |"
		 "while read -r line; do echo \"$line\"; n=$((n + 1)); [ $n != 3 ] || kill -9 %d; done",
		 child.pid, child.pid);
	char *const argv[] = { "env", "sh", "-c", script, NULL };

	run_program(argv, &result);
	expect_str("status when all are gone, and nothing else", result.err.data, "status 0\n");
	for (line = strtok_r(result.out.data, "\n", &save); line; line = strtok_r(NULL, "\n", &save), lines++) {
		unsigned long long total, unique, debt, same, copied, fresh, cost, hold;
		unsigned int nr;
		double seconds;

		if (!lines) {
			expect_str("heading", line,
				"Seconds Processes Total Unique Debt Same Copied New Cost_us Hold_us");
			continue;
		}
		if (sscanf(line, "%lf %u %llu %llu %llu %llu %llu %llu %llu %llu", &seconds, &nr, &total, &unique,
			   &debt, &same, &copied, &fresh, &cost, &hold) != 10)
			fail("not a line of ten numbers: %s", line);
		else if (nr != 1 || !total || unique != total || same || copied || fresh || !hold || cost < hold)
			fail("a line that cannot be: %s", line);
	}
	if (lines < 3)
		fail("only %u lines", lines);
	command_free(&result);
	waitpid(child.pid, NULL, 0);
}

/* The signal comes when the first line has been read. */
static void interrupt_watch(const char *signal, pid_t pid)
{
	struct command_result result;
	char script[512];
	char *const argv[] = { "env", "sh", "-c", script, NULL };

	snprintf(script, sizeof(script),
		 "{ vmaview cow -r -n --watch=0.1 %d; echo status $? >&2; } |"
		 "{ read -r line && echo \"$line\" && pkill -%s -x vmaview; cat; }",
		 pid, signal);
	run_program(argv, &result);
	if (!*result.out.data || strcmp(result.err.data, "status 0\n"))
		fail("expected lines and status 0 after SIG%s, got %s%s", signal, result.out.data, result.err.data);
	command_free(&result);
}

/* Watching ends well when it is told to. */
TEST_F(cow_verb, watch_interrupted)
{
	struct command_result result;
	char script[128];
	struct child child;

	child_start_program(&child);
	interrupt_watch("INT", child.pid);
	interrupt_watch("TERM", child.pid);
	snprintf(script, sizeof(script), "exec vmaview cow -r -n --watch=0.1 %d >/dev/full", child.pid);
	char *const argv[] = { "env", "sh", "-c", script, NULL };

	run_program(argv, &result);
	expect_eq("status when nothing can be written", result.status, 1);
	command_free(&result);
	child_kill(&child);
}

SCENE_MAIN
