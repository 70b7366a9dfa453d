// SPDX-License-Identifier: GPL-2.0
/* pages_tool - `vmaview pages`, debugfs pages and the device: the same runs, and a filter that spares. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(pages_tool)

enum { PAGES = 64, LARGE = 8192, FEW = 10, NOBODY = 4194304 };

/* Of a child, where it and the test see it. */
static char **memory;
static bool with_swap;

/* @line in a shell, where PID stands for @pid. What it prints on stdout; free it. */
static char *say(const char *line, pid_t pid, int status)
{
	char script[512];
	char *argv[] = { "sh", "-c", script, NULL };
	struct command command = { .program = "/bin/sh", .drop = -1 };
	struct command_result result;

	snprintf(script, sizeof(script), "PID=%d; %s", pid, line);
	command_run(&command, argv, &result);
	if (!expect_eq(line, result.status, status))
		note("%.200s", result.err.data);
	bytes_free(&result.err);
	return result.out.data;
}

static int hold(void *arg)
{
	(void)arg;
	*memory = scene_anon(PAGES);
	scene_write(*memory, 20);
	scene_read(*memory + 20 * PAGE, 4);
	mlock(*memory + 8 * PAGE, PAGE);
	if (with_swap)
		scene_page_out(*memory + 12 * PAGE, 4);
	scene_drain();
	child_ready();
	return 0;
}

static void start(struct child *child)
{
	memory = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	child_start(child, hold, NULL);
}

/* Runs of what is the child's alone: counts of other pages change with every program that starts. */
static void ask(pid_t pid, size_t first, size_t end, unsigned int flags, struct stream *stream)
{
	struct vmaview_request request = door_request(pid, VMAVIEW_WANT_RUNS);
	int fd = door_open();
	struct bytes bytes;

	request.flags = flags;
	request.start = (uintptr_t)*memory + first * PAGE;
	request.end = (uintptr_t)*memory + end * PAGE;
	if (fd < 0 || door_bind(fd, &request) || slurp_fd(fd, 65536, &bytes) ||
	    stream_parse(&bytes, stream))
		die("no runs of pid %d", pid);
	close(fd);
}

/* What the tool is to print for @run with the columns of rows[]. */
static int row_of(const struct vmaview_run *run, char *out, size_t room)
{
	static const char *const states[] = { "none", "present", "swap", "migration", "device",
					      "hwpoison", "guard", "uffd" };
	char refcount[16] = "-", pfn[24] = "-";

	if (run->refcount != VMAVIEW_UNKNOWN)
		snprintf(refcount, sizeof(refcount), "%u", run->refcount);
	if (run->pfn != VMAVIEW_UNKNOWN64)
		snprintf(pfn, sizeof(pfn), "%llx", run->pfn);
	return snprintf(out, room, "%016llx %016llx %s %s %s\n", run->start, run->end,
			states[run->state], refcount, pfn);
}

#define ROWS "vmaview pages -r -n -o Start,End,State,Refcount,PFN "

static void expect_rows(const char *text, const struct stream *stream)
{
	for (size_t i = 0; i < stream->nr_runs; i++) {
		char row[128];
		int length = row_of(&stream->run[i], row, sizeof(row));

		if (strncmp(text, row, length)) {
			fail("row %zu: expected %.*s, got %.60s", i, length - 1, row, text);
			return;
		}
		text += length;
	}
	expect_str("after the last row", text, "");
}

static void expect_live_and_saved(pid_t pid, size_t first, size_t end, const char *option, const struct stream *stream)
{
	char line[256], range[64], *text;

	snprintf(range, sizeof(range), "%s -A %llx,%llx", option, (long long)*memory + first * PAGE,
		 (long long)*memory + end * PAGE - 1);
	snprintf(line, sizeof(line), ROWS "%s $PID", range);
	text = say(line, pid, 0);
	expect_rows(text, stream);
	free(text);
	snprintf(line, sizeof(line), "f=$(mktemp) && vmaview record --pages -f $f $PID && " ROWS
		 "%s --from $f; s=$?; rm -f $f; exit $s", range);
	text = say(line, pid, 0);
	expect_rows(text, stream);
	free(text);
}

/* The command prints the runs that the device gives, live and saved. */
TEST_F(pages_tool, rows)
{
	struct stream stream;
	struct child child;

	start(&child);
	ask(child.pid, 0, PAGES, 0, &stream);
	note("%zu runs", stream.nr_runs);
	expect_live_and_saved(child.pid, 0, PAGES, "", &stream);
	/* Equal pages, whatever their frames: a run up to the locked page, that, and one after it. */
	ask(child.pid, 3, 18, VMAVIEW_REQUEST_JOIN, &stream);
	expect_eq("runs that a range cuts", stream.nr_runs, 3);
	expect_eq("start of the first", stream.run[0].start, (uintptr_t)*memory + 3 * PAGE);
	expect_eq("end of the last", stream.run[2].end, (uintptr_t)*memory + 18 * PAGE);
	expect_live_and_saved(child.pid, 3, 18, "--no-pfn", &stream);
	child_end(&child);
}

/* A range cuts a run, live and saved.  A run of 512 pages: what is left of it keeps its frames. */
TEST_F(pages_tool, cut)
{
	char *addr, range[128], line[256], want[128], *text;

	scene_thp();
	addr = scene_huge_page();
	snprintf(range, sizeof(range), "vmaview pages -r -n -o Start,End,State,PFN -A %lx,%lx", (long)addr + 3 * PAGE,
		 (long)addr + 18 * PAGE - 1);
	snprintf(want, sizeof(want), "%016lx %016lx present %llx\n", (long)addr + 3 * PAGE, (long)addr + 18 * PAGE,
		 (unsigned long long)PAGEMAP_PFN(proc_page(addr + 3 * PAGE)));
	snprintf(line, sizeof(line), "%s $PID", range);
	text = say(line, getpid(), 0);
	expect_str("live", text, want);
	free(text);
	snprintf(line, sizeof(line), "f=$(mktemp) && vmaview record --pages -f $f $PID && %s --from $f; s=$?; rm "
		"-f $f; exit $s",
		 range);
	text = say(line, getpid(), 0);
	expect_str("saved", text, want);
	free(text);
}

/* The text while the runs stood still: pages of libraries are marked by others, too, who use them. */
static void read_both(pid_t pid, struct stream *stream, struct bytes *pages)
{
	struct stream after;
	bool same = false;

	for (int tries = 0; tries < 20 && !same; tries++) {
		door_stream(pid, VMAVIEW_WANT_RUNS, stream);
		if (door_text(pid, "pages", pages))
			die("no file pages");
		door_stream(pid, VMAVIEW_WANT_RUNS, &after);
		same = stream->nr_runs == after.nr_runs &&
		       !memcmp(stream->run, after.run, after.nr_runs * sizeof(*after.run));
		stream_free(&after);
		if (same)
			return;
		stream_free(stream);
		bytes_free(pages);
	}
	die("the runs never stood still");
}

/*
 * debugfs pages has the same runs, and what is unknown is not there.  Each line begins with what
 * row_of() says, in other words.
 */
TEST_F(pages_tool, text)
{
	struct stream stream;
	struct child child;
	struct bytes pages;
	char *line;

	scene_swap();
	with_swap = true;
	start(&child);
	read_both(child.pid, &stream, &pages);
	line = pages.data;
	for (size_t i = 0; i < stream.nr_runs; i++) {
		const struct vmaview_run *run = &stream.run[i];
		char *end = strchr(line, '\n'), expect[96];

		snprintf(expect, sizeof(expect), "%08llx-%08llx pages=%llu state=", run->start, run->end,
			 (run->end - run->start) / PAGE);
		if (!end || strncmp(line, expect, strlen(expect)))
			die("line %zu: expected %s, got %.80s", i, expect, line);
		*end = '\0';
		snprintf(expect, sizeof(expect), " pfn=0x%llx", run->pfn);
		expect_eq("has a pfn", !!strstr(line, " pfn="), run->pfn != VMAVIEW_UNKNOWN64);
		if (run->pfn != VMAVIEW_UNKNOWN64 && !strstr(line, expect))
			fail("expected%s in %s", expect, line);
		expect_eq("has counts", !!strstr(line, " refcount="), run->refcount != VMAVIEW_UNKNOWN);
		line = end + 1;
	}
	expect_str("after the last line", line, "");
	child_end(&child);
}

/*
 * Ten locked pages of many are found, and no others handed over.  The few of many are found, and the
 * module hands over no others.
 */
TEST_F(pages_tool, selected)
{
	char *addr = scene_anon(LARGE), expect[64], *out;
	struct vmaview_request request = door_request(getpid(), VMAVIEW_WANT_RUNS);
	struct bytes bytes;
	int fd = door_open();

	madvise(addr, LARGE * PAGE, MADV_NOHUGEPAGE);	/* a part of a huge page is not marked */
	scene_write(addr, LARGE);
	if (mlock(addr + 100 * PAGE, FEW * PAGE))
		die("mlock: %s", strerror(errno));
	scene_drain();
	snprintf(expect, sizeof(expect), "%016lx %u\n", (long)addr + 100 * PAGE, FEW * 4);
	out = say("vmaview pages --no-pfn -r -n -o Start,Size -Q 'Flags == mlocked && State == present' "
		  "$PID", getpid(), 0);
	expect_str("the locked pages", out, expect);
	request.page_mask = request.page_value = VMAVIEW_PAGE_MLOCKED;
	if (door_bind(fd, &request) || slurp_fd(fd, 65536, &bytes))
		die("cannot read");
	note("%zu bytes", bytes.len);
	if (bytes.len > sizeof(struct vmaview_begin) + sizeof(struct vmaview_end) +
			FEW * sizeof(struct vmaview_run))
		fail("more than what was asked for");
}

/* JSON has the types of the contract. */
TEST_F(pages_tool, json)
{
	struct child child;
	char *out;

	start(&child);
	out = say("vmaview pages -J $PID | jq -c '.processes[0] | [.pid == ('$PID'), (.pages | length > 0), "
		  "(.pages | all((.start | test(\"^0x[0-9a-f]+$\")) and (.size | type) == \"number\" and "
		  "(.flags == null or (.flags | type) == \"array\") and (.pte | type) == \"array\" and "
		  "(.exclusive | type) != \"string\")), (.receipt | type)]'", child.pid, 0);
	expect_str("JSON", out, "[true,true,true,\"object\"]\n");
	child_end(&child);
}

/* A filter keeps the areas that it holds for. */
TEST_F(pages_tool, areas)
{
	struct child child;
	char *all, *some;

	start(&child);
	all = say("vmaview -r -n -o Address,RSS $PID | awk '$2 > 100'", child.pid, 0);
	some = say("vmaview -r -n -o Address,RSS -Q 'RSS > 100K && RSS < 1T' $PID | awk '$2 > 100'",
		   child.pid, 0);
	expect_str("areas by RSS", some, all);
	free(say("vmaview -q -Q 'Notable == locked && Size == 4K' $PID | grep -c anon", child.pid, 0));
	child_end(&child);
}

/* Mistakes have their exit codes. */
TEST_F(pages_tool, mistakes)
{
	free(say("vmaview pages -Q 'State ==' $PID", getpid(), 2));
	free(say("vmaview pages -o Nonsense $PID", getpid(), 2));
	free(say("vmaview pages -J -r $PID", getpid(), 2));
	free(say("vmaview pages", getpid(), 2));
	free(say("vmaview pages 2", getpid(), 1));
	free(say("vmaview pages $PID", NOBODY, 42));
	free(say("vmaview pages 1 $PID >/dev/null", NOBODY, 42));
}

SCENE_MAIN
