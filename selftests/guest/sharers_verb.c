// SPDX-License-Identifier: GPL-2.0
/* sharers_verb - `vmaview sharers`, as text, raw and JSON, of a family of which every page is known. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/often.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"

SCENE(sharers_verb)

enum { PAGES = 40, WRITTEN = 9 };

static char *memory;

static int write_some(void *arg)
{
	(void)arg;
	scene_write(memory, WRITTEN);
	child_ready();
	return 0;
}

static void start(struct child *child)
{
	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	setting("/proc/self/comm", "a \tb");
	child_start(child, write_some, NULL);
}

/* Raw rows say who maps what where. */
TEST_F(sharers_verb, raw)
{
	char args[256], want[256], *moved = scene_place();
	struct child child;

	start(&child);
	if (mremap(memory, PAGES * PAGE, PAGES * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, moved) != moved)
		die("mremap: %s", strerror(errno));
	snprintf(args, sizeof(args), "sharers -r -b -A %lx,%lx -o "
		"Address,End,Sharer,Command,Pages,Shared,First,There,From,To,State %d",
		 (long)memory, (long)memory + PAGES * PAGE - 1, child.pid);
	snprintf(want, sizeof(want), "Address End Sharer Command Pages Shared First There From To State\n"
		 "%016lx %016lx %d a\\x20\\x5c011b %d %lu %016lx %016lx %016lx %016lx .\n",
		 (long)memory, (long)memory + PAGES * PAGE, getpid(), PAGES - WRITTEN, (PAGES - WRITTEN) * PAGE,
		 (long)memory + WRITTEN * PAGE, (long)moved + WRITTEN * PAGE, (long)moved,
		 (long)moved + PAGES * PAGE);
	tool_expect(args, want);
	child_kill(&child);
}

/* An address asks for its page only. */
TEST_F(sharers_verb, one_address)
{
	char args[256], want[256];
	struct child child;

	start(&child);
	snprintf(args, sizeof(args), "sharers -n -r -o Sharer,Pages,There %d 0x%lx", getpid(),
		 (long)memory + WRITTEN * PAGE + 5);
	snprintf(want, sizeof(want), "%d 1 %016lx\n", child.pid, (long)memory + WRITTEN * PAGE);
	tool_expect(args, want);
	snprintf(args, sizeof(args), "sharers -n -r -o Sharer,Pages,There %d %lx", getpid(), (long)memory);
	tool_expect(args, "");
	child_kill(&child);
}

/* JSON has every fact. */
TEST_F(sharers_verb, json)
{
	char args[128], want[512];
	struct command_result result;
	struct child child;

	start(&child);
	snprintf(args, sizeof(args), "sharers -J %d %lx", child.pid, (long)memory + 20 * PAGE);
	snprintf(want, sizeof(want), "\"sharers\":[{\"start\":\"0x%lx\",\"end\":\"0x%lx\",\"pid\":%d,"
		 "\"comm\":\"a \\tb\",\"pages\":1,\"shared\":4096,\"first\":\"0x%lx\",\"address\":\"0x%lx\","
		 "\"other_start\":\"0x%lx\",\"other_end\":\"0x%lx\",\"state\":[],\"name\":\"\"}],\"more\":false",
		 (long)memory, (long)memory + PAGES * PAGE, getpid(), (long)memory + 20 * PAGE,
		 (long)memory + 20 * PAGE, (long)memory, (long)memory + PAGES * PAGE);
	tool_run(args, &result);
	expect_eq("status", result.status, 0);
	for (char *at = result.out.data, *to = at; (*to = *at); at++)
		to += *at != '\n' && (*at != ' ' || (at[1] == '\\'));
	if (!strstr(result.out.data, want))
		fail("expected %s in %s", want, result.out.data);
	command_free(&result);
	child_kill(&child);
}

/* The table has a row and the area's name. */
TEST_F(sharers_verb, table)
{
	char args[128], want[64];
	struct command_result result;
	struct child child;

	start(&child);
	snprintf(args, sizeof(args), "sharers %d %lx", child.pid, (long)memory + 20 * PAGE);
	snprintf(want, sizeof(want), "%016lx", (long)memory);
	tool_run(args, &result);
	expect_eq("status", result.status, 0);
	if (!strstr(result.out.data, want) || !strstr(result.out.data, "[ anon ]") ||
	    !strstr(result.out.data, "a \\011b"))
		fail("expected a row of %s in %s", want, result.out.data);
	command_free(&result);
	child_kill(&child);
}

enum { OFTEN = 600 };	/* more than a search passes in any case */

static void expect_more(const char *options, const char *out, const char *err)
{
	struct command_result result;
	char args[128];

	snprintf(args, sizeof(args), "sharers %s %d %lx", options, getpid(), (long)memory);
	tool_run(args, &result);
	expect_eq(args, result.status, 0);
	for (char *at = result.out.data, *to = at; (*to = *at); at++)
		to += *at != ' ' && *at != '\n';
	if (!strstr(result.out.data, out) || !strstr(result.err.data, err))
		fail("%s: expected '%s' and '%s', got %s and %s", args, out, err, result.out.data, result.err.data);
	command_free(&result);
}

/*
 * That others may share who were not looked at is said.  Nobody of them has the page; who was left out
 * might.
 */
TEST_F(sharers_verb, more)
{
	struct often often = { .fd = scene_memfd(1, 0), .nr = OFTEN };
	struct child child;
	char line[64];

	memory = scene_map(PAGE, PROT_READ, MAP_SHARED, often.fd);
	scene_read(memory, 1);
	snprintf(line, sizeof(line), "moremayshare%016lx:", (long)memory);
	often_start(&child, &often);
	door_hold_budget("0");
	expect_more("", line, "");
	expect_more("-J", "\"sharers\":[],\"more\":true", "");
	expect_more("-r", "", "not all were looked at");
	child_kill(&child);
}

/* What cannot be asked is said in one line. */
TEST_F(sharers_verb, bad_input)
{
	char args[128];

	memory = scene_anon(1);
	snprintf(args, sizeof(args), "sharers %d %lx", getpid(), (long)memory + PAGE);
	tool_expect_refused(args, 1, "nothing is mapped");
	tool_expect_no_target("sharers");
	tool_expect_refused("sharers 1 xyz", 2, "no address");
}

SCENE_MAIN
