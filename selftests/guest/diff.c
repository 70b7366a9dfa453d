// SPDX-License-Identifier: GPL-2.0
/*
 * diff - a process against its own past: each change of an area, and each event of a page, is made on purpose, and the
 * row says it and nothing else.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/tool.h"

SCENE(diff)

#define PAST "/tmp/diff.vmav"
#define COLUMNS "Change,Address,Was,DSize,DRSS,Faulted_In,Copied,Swapped_Out,Swapped_In,Dropped,Collapsed,Split"

enum { PAGES = 8, NOT_HERE = 77, MANY = 2000 };

/* Two places: most scenes have only the first. */
static char *here, *there;

struct scene {
	const char *what;
	void (*before)(void);
	void (*act)(void);
	const char *want;	/* the row, with H and T for the places; "": there is none */
};

static void map(char *at, size_t pages)
{
	if (mmap(at, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != at)
		die("mmap: %s", strerror(errno));
}

static void nothing(void)
{
}

static void map_here(void)
{
	map(here, PAGES);
}

static void write_here(void)
{
	map_here();
	scene_write(here, PAGES);
}

static void map_and_write_three(void)
{
	map_here();
	scene_write(here, 3);
}

static void unmap(void)
{
	munmap(here, PAGES * PAGE);
}

static void move(void)
{
	if (mremap(here, PAGES * PAGE, PAGES * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, there) != there)
		die("mremap: %s", strerror(errno));
}

static void move_and_grow(void)
{
	if (mremap(here, PAGES * PAGE, 2 * PAGES * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, there) != there)
		die("mremap: %s", strerror(errno));
}

static void grow(void)
{
	if (mremap(here, PAGES * PAGE, 2 * PAGES * PAGE, 0) != here)
		die("mremap: %s", strerror(errno));
	scene_write(here + PAGES * PAGE, 2);
}

static void shrink(void)
{
	munmap(here + 6 * PAGE, 2 * PAGE);
}

static void protect(void)
{
	mprotect(here, PAGES * PAGE, PROT_READ);
}

static void write_four(void)
{
	scene_write(here + 2 * PAGE, 4);
}

static void drop_two(void)
{
	madvise(here + PAGE, 2 * PAGE, MADV_DONTNEED);
}

static void fork_one(void)
{
	if (fork())
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;)
		pause();
}

static void write_and_fork(void)
{
	write_here();
	fork_one();
}

static void write_two(void)
{
	scene_write(here + PAGE, 2);
}

static void map_file(void)
{
	int fd = scene_memfd(PAGES, 0);

	if (mmap(here, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, fd, 0) != here)
		die("mmap: %s", strerror(errno));
	scene_read(here, PAGES);
}

static void read_zero_pages(void)
{
	map_here();
	scene_read(here, PAGES);
}

static void page_out_three(void)
{
	scene_page_out(here, 3);
}

static void write_and_page_out(void)
{
	write_here();
	scene_page_out(here, PAGES);
}

static void read_three(void)
{
	scene_read(here, 3);
}

/* A child that cannot go on says so. */
static void need(bool holds)
{
	if (!holds)
		_exit(NOT_HERE);
}

static void write_small_pages(void)
{
	map(here, HUGE / PAGE);
	madvise(here, HUGE, MADV_NOHUGEPAGE);
	scene_write(here, HUGE / PAGE / 2);
}

static void collapse(void)
{
	madvise(here, HUGE, MADV_HUGEPAGE);
	need(!madvise(here, HUGE, MADV_COLLAPSE));
}

/* Which stays as it is: khugepaged would make one again of what has been split. */
static void write_huge_page(void)
{
	map(here, HUGE / PAGE);
	madvise(here, HUGE, MADV_HUGEPAGE);
	scene_write(here, HUGE / PAGE);
	madvise(here, HUGE, MADV_NOHUGEPAGE);
	need(proc_kpageflags(PAGEMAP_PFN(proc_page(here))) & 1ULL << KPF_THP_BIT);
}

static void drop_one(void)
{
	madvise(here + PAGE, PAGE, MADV_DONTNEED);
}

static int run(void *arg)
{
	const struct scene *scene = arg;

	scene->before();
	child_ready();
	scene->act();
	child_ready();
	return 0;
}

/* @want with the addresses in it. */
static void fill_in(const char *want, char *row, size_t room)
{
	size_t used = 0;

	for (*row = '\0'; *want; want++) {
		if (*want == 'H' || *want == 'T')
			used += snprintf(row + used, room - used, "%016lx", (long)(*want == 'H' ? here : there));
		else
			used += snprintf(row + used, room - used, "%c", *want);
	}
}

/* The rows that have either place in them. */
static void rows_of(const char *output, char *rows, size_t room)
{
	char one[20], two[20];
	size_t used = 0;

	snprintf(one, sizeof(one), "%016lx", (long)here);
	snprintf(two, sizeof(two), "%016lx", (long)there);
	*rows = '\0';
	while (*output) {
		size_t length = strcspn(output, "\n");
		char line[512];

		snprintf(line, sizeof(line), "%.*s", (int)length, output);
		if (strstr(line, one) || strstr(line, two))
			used += snprintf(rows + used, room - used, "%s%s", used ? "; " : "", line);
		output += length + (output[length] == '\n');
	}
}

static void expect_row(const struct scene *scene, const char *states)
{
	struct command_result result;
	char args[256], want[512], rows[2048];

	snprintf(args, sizeof(args), "diff -r -n -b -o " COLUMNS " %s", states);
	tool_run(args, &result);
	expect_eq(scene->what, result.status, 0);
	expect_str(scene->what, result.err.data, "");
	fill_in(scene->want, want, sizeof(want));
	rows_of(result.out.data, rows, sizeof(rows));
	expect_str(scene->what, rows, want);
	command_free(&result);
}

static void begin_scene(struct child *child, const struct scene *scene)
{
	char args[96];

	here = scene_place();
	there = scene_place();
	child_start(child, run, (void *)scene);
	if (proc_state(child->pid) == 'Z' || !proc_state(child->pid))
		skip("%s: this kernel gives no huge page", scene->what);
	snprintf(args, sizeof(args), "record --pages -f " PAST " %d", child->pid);
	tool_expect(args, "");
}

static void play(const struct scene *scene)
{
	struct child child;
	char states[64];

	begin_scene(&child, scene);
	if (!child_step(&child))
		skip("%s: this kernel gives no huge page", scene->what);
	snprintf(states, sizeof(states), PAST " %d", child.pid);
	expect_row(scene, states);
	child_kill(&child);
}

static void play_all(const struct scene *scenes, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		play(&scenes[i]);
}

/* What becomes of areas. */
TEST_F(diff, areas)
{
	static const struct scene scenes[] = {
		{ "nothing", write_here, nothing, "" },
		{ "new", nothing, map_and_write_three, "new H - +32768 +12288 12288 0 0 0 0 0 0" },
		{ "gone", write_here, unmap, "gone - H -32768 -32768 0 0 0 0 32768 0 0" },
		{ "moved", write_here, move, "moved T H 0 0 0 0 0 0 0 0 0" },
		{ "moved and grown", write_here, move_and_grow, "moved,resized T H +32768 0 0 0 0 0 0 0 0" },
		{ "grown", write_here, grow, "resized,changed H H +32768 +8192 8192 0 0 0 0 0 0" },
		{ "shrunk", write_here, shrink, "resized,changed H H -8192 -8192 0 0 0 0 8192 0 0" },
		{ "protected", write_here, protect, "changed H H 0 0 0 0 0 0 0 0 0" },
	};

	play_all(scenes, ARRAY_SIZE(scenes));
}

/* What becomes of pages. */
TEST_F(diff, pages)
{
	static const struct scene scenes[] = {
		{ "faulted in", map_here, write_four, "changed H H 0 +16384 16384 0 0 0 0 0 0" },
		{ "dropped", write_here, drop_two, "changed H H 0 -8192 0 0 0 0 8192 0 0" },
		{ "copied after fork", write_and_fork, write_two, "changed H H 0 0 0 8192 0 0 0 0 0" },
		{ "copied from a file", map_file, write_two, "changed H H 0 0 0 8192 0 0 0 0 0" },
		{ "in place of the zero page", read_zero_pages, write_two, "changed H H 0 +8192 0 8192 0 0 0 0 0" },
	};

	play_all(scenes, ARRAY_SIZE(scenes));
}

/* To swap and back. */
TEST_F(diff, swap)
{
	static const struct scene scenes[] = {
		{ "swapped out", write_here, page_out_three, "changed H H 0 -12288 0 0 12288 0 0 0 0" },
		{ "swapped in", write_and_page_out, read_three, "changed H H 0 +12288 0 0 0 12288 0 0 0" },
		{ "dropped in swap", write_and_page_out, drop_two, "changed H H 0 0 0 0 0 0 8192 0 0" },
	};

	scene_swap();
	play_all(scenes, ARRAY_SIZE(scenes));
}

/* A huge page in place of small ones, and small ones in place of a huge one. */
TEST_F(diff, huge)
{
	static const struct scene scenes[] = {
		{ "collapsed", write_small_pages, collapse, "changed H H 0 +1048576 1048576 0 0 0 0 1048576 0" },
		{ "split", write_huge_page, drop_one, "changed H H 0 -4096 0 0 0 0 4096 0 2093056" },
	};

	scene_thp();
	play_all(scenes, ARRAY_SIZE(scenes));
}

/* A child against its parent: it has written two of the pages that both had. */
static int write_in_child(void *arg)
{
	(void)arg;
	scene_write(here, 2);
	child_ready();
	return 0;
}

TEST_F(diff, relatives)
{
	static const struct scene scene = {
		.what = "a child and its parent", .want = "changed H H 0 0 0 8192 0 0 0 0 0",
	};
	struct child child;
	char states[64];

	here = scene_place();
	there = here;
	write_here();
	child_start(&child, write_in_child, NULL);
	snprintf(states, sizeof(states), "%d %d", getpid(), child.pid);
	expect_row(&scene, states);
	child_kill(&child);
}

/* Every other page may be written: so many areas, all of one mapping. */
static void map_many(void)
{
	map(there, MANY);
	for (size_t i = 0; i < MANY; i += 2)
		if (mprotect(there + i * PAGE, PAGE, PROT_READ))
			die("mprotect: %s", strerror(errno));
	map(here, 4 * 256);
	madvise(here, 4 * 256 * PAGE, MADV_NOHUGEPAGE);
	scene_write(here, 256);
}

static void leak(void)
{
	scene_write(here + 256 * PAGE, 256);
}

/* One MiB that leaks among two thousand areas is what comes first, and nothing of the others is there. */
TEST_F(diff, leak)
{
	static const struct scene scene = { "leak", map_many, leak, "" };
	struct command_result result;
	struct child child;
	char args[160];

	begin_scene(&child, &scene);
	snprintf(args, sizeof(args), "diff --exit-code " PAST " %d", child.pid);
	tool_run(args, &result);
	expect_eq("nothing differs yet", result.status, 0);
	command_free(&result);
	child_step(&child);
	snprintf(args, sizeof(args), "diff --stat --head 1 -r -n -b -o Kind,Change,DRSS,Faulted_In " PAST " %d",
		 child.pid);
	tool_expect(args, "anon changed +1048576 1048576\n");
	snprintf(args, sizeof(args), "diff --exit-code " PAST " %d", child.pid);
	tool_run(args, &result);
	expect_eq("it differs now", result.status, 8);
	command_free(&result);
	child_kill(&child);
}

SCENE_MAIN
