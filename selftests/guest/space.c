// SPDX-License-Identifier: GPL-2.0
/* space - where an address space ends. */
#include <stdio.h>
#include <string.h>
#include <sys/personality.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/door.h"
#include "lib/ktap.h"
#include "lib/program32.h"
#include "lib/scene.h"
#include "lib/tool.h"
#include "lib/verdict.h"

#define ADDRESS(number) ((const void *)(uintptr_t)(number))

static void expect_tool_end(pid_t pid, unsigned long address, const char *gap)
{
	struct command_result result;
	char args[64];

	snprintf(args, sizeof(args), "explain %d %lx", pid, address);
	tool_run(args, &result);
	expect_eq(args, result.status, 0);
	if (!strstr(result.out.data, gap))
		fail("no '%s' in: %s", gap, result.out.data);
	command_free(&result);
}

/* The program has tried: the page below @end can be mapped, the one at @end cannot. */
static void ends_at(unsigned long persona, unsigned long end)
{
	struct vmaview_explain answer;
	struct area_list smaps;
	struct stream stream;
	struct child child;
	char gap[64];
	uint64_t last;

	program32_start(&child, persona, end);
	door_smaps(child.pid, &smaps);
	last = smaps.area[smaps.nr - 1].end;
	if (last >= end)
		die("its last area ends at %lx", (long)last);
	verdict_ask_pages(child.pid, ADDRESS(end - PAGE), 1, &answer);
	expect_eq("flags of the last gap", answer.flags, VMAVIEW_EXPLAIN_BELOW);
	expect_eq("start of the last gap", answer.start, last);
	expect_eq("end of the last gap", answer.end, end);
	expect_eq("the last page", answer.why[VMAVIEW_WRITE], VMAVIEW_WHY_GAP);
	verdict_ask_pages(child.pid, ADDRESS(end), 1, &answer);
	expect_eq("the first page beyond", answer.why[VMAVIEW_READ], VMAVIEW_WHY_NOT_USER);
	expect_eq("what a read does there", answer.verdict[VMAVIEW_READ], VMAVIEW_SEGV_UNMAPPED);
	verdict_ask_pages(child.pid, ADDRESS(1UL << 46), 1, &answer);
	expect_eq("where only programs of 64 bits are", answer.why[VMAVIEW_READ], VMAVIEW_WHY_NOT_USER);
	door_stream(child.pid, VMAVIEW_WANT_ALL, &stream);
	expect_eq("size of the task", stream.layout.task_size, end);
	snprintf(gap, sizeof(gap), "%lx", end);
	expect_tool_end(child.pid, end - PAGE, gap);
	child_kill(&child);
}

static void end_of_32_bits(void)
{
	ends_at(PER_LINUX, PROGRAM32_END);
}

static void end_of_3_gigabytes(void)
{
	ends_at(PER_LINUX | ADDR_LIMIT_3GB, PROGRAM32_END_3GB);
}

static const struct ktap_test tests[] = {
	{ "an address space of 32 bits ends below 4 GiB", end_of_32_bits },
	{ "or at 3 GiB, where that is asked for", end_of_3_gigabytes },
};

KTAP_MAIN(tests)
