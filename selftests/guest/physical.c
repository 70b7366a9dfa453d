// SPDX-License-Identifier: GPL-2.0
/* physical - vmaview layout PID ADDR+LEN, against pagemap of a process that stands still. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(physical)

enum { PAGES = 64, ROOM = 16384 };

static char *memory;

/* What the command says: "START END PHYSICAL STATE" a line. */
static void ask(pid_t pid, const char *place, struct command_result *result)
{
	struct command command = { .program = "/usr/bin/env", .drop = -1 };
	char number[16], word[64];
	char *argv[] = { "env", "vmaview", "layout", "-r", "-n", "-o", "Start,End,Physical,State", number,
			 word, NULL };

	snprintf(number, sizeof(number), "%d", pid);
	snprintf(word, sizeof(word), "%s", place);
	command_run(&command, argv, result);
}

static void expect_lines(const char *what, pid_t pid, const char *place, const char *want)
{
	struct command_result result;

	ask(pid, place, &result);
	expect_eq("status", result.status, 0);
	expect_str(what, result.out.data, want);
	command_free(&result);
}

struct row {
	uint64_t start;
	uint64_t end;
	uint64_t physical;
	bool present;
};

/* What of the page of @at is in the range. */
static struct row row_at(pid_t pid, uint64_t at, uint64_t end)
{
	uint64_t entry, next = (at | (PAGE - 1)) + 1;
	struct row row = { at, next < end ? next : end, 0, false };

	proc_pagemap(pid, (void *)(at & -PAGE), 1, &entry);
	row.present = entry & PAGEMAP_PRESENT;
	if (row.present)
		row.physical = PAGEMAP_PFN(entry) * PAGE + (at & (PAGE - 1));
	return row;
}

static bool follows(const struct row *row, const struct row *next)
{
	return row->present == next->present &&
	       (!row->present || row->physical + (row->end - row->start) == next->physical);
}

static void add_row(char *text, const struct row *row)
{
	size_t len = strlen(text);

	if (row->present)
		snprintf(text + len, ROOM - len, "%016lx %016lx %016lx present\n", row->start, row->end,
			 row->physical);
	else
		snprintf(text + len, ROOM - len, "%016lx %016lx - none\n", row->start, row->end);
}

/* The rows that pagemap's entries of [@start, @start + @length) make. */
static void from_pagemap(pid_t pid, uint64_t start, uint64_t length, char *text)
{
	struct row row = row_at(pid, start, start + length);

	*text = '\0';
	while (row.end < start + length) {
		struct row next = row_at(pid, row.end, start + length);

		if (follows(&row, &next)) {
			row.end = next.end;
			continue;
		}
		add_row(text, &row);
		row = next;
	}
	add_row(text, &row);
}

static void expect_pagemap(const char *what, pid_t pid, uint64_t start, uint64_t length)
{
	static char want[ROOM];
	char place[64];

	from_pagemap(pid, start, length, want);
	snprintf(place, sizeof(place), "%lx+%lx", start, length);
	expect_lines(what, pid, place, want);
}

/* Pages here and there, in an order that no allocator turns into one piece. */
static int holes(void *arg)
{
	(void)arg;
	madvise(memory, PAGES * PAGE, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < PAGES; i++)
		if (i % 7 != 3)
			scene_write(memory + (i * 5 % PAGES) * PAGE, 1);
	child_ready();
	return 0;
}

/* Small pages are where pagemap has them, joined where they are in a row. */
TEST_F(physical, small)
{
	struct child child;
	uint64_t base;

	memory = scene_anon(PAGES);
	base = (uint64_t)memory;
	child_start(&child, holes, NULL);
	expect_pagemap("all of it", child.pid, base, PAGES * PAGE);
	expect_pagemap("from the middle of a page to the middle of another", child.pid,
		       base + 5 * PAGE + 100, 9 * PAGE + 1000);
	expect_pagemap("one byte", child.pid, base + 6 * PAGE + 17, 1);
	child_end(&child);
}

static int huge_page(void *arg)
{
	(void)arg;
	memory = mmap(memory, HUGE, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_FIXED, -1, 0);
	if (memory == MAP_FAILED)
		return 1;
	scene_write(memory, 1);
	child_ready();
	return 0;
}

/* A huge page is one piece, and nothing is around it. */
TEST_F(physical, huge)
{
	struct child child;
	char want[512], place[64];
	uint64_t entry, base;

	scene_hugetlb(1);
	memory = scene_place();
	base = (uint64_t)memory;
	child_start(&child, huge_page, NULL);
	proc_pagemap(child.pid, memory, 1, &entry);
	if (!(entry & PAGEMAP_PRESENT))
		die("there is no huge page");
	snprintf(want, sizeof(want),
		 "%016lx %016lx - unmapped\n%016lx %016lx %016llx present\n%016lx %016lx - unmapped\n",
		 base - 4096, base, base, base + HUGE, PAGEMAP_PFN(entry) * PAGE, base + HUGE,
		 base + HUGE + 10);
	snprintf(place, sizeof(place), "%lx+%lx", base - 4096, 4096 + HUGE + 10);
	expect_lines("a huge page between two holes", child.pid, place, want);
	child_end(&child);
}

/* A part of the program and an offset are an address. */
TEST_F(physical, by_name)
{
	char want[256];
	uint64_t start, entry;
	struct child child;

	child_start_program(&child);
	start = proc_stat(child.pid, 48) + 2;	/* arg_start */
	proc_pagemap(child.pid, (void *)(start & -PAGE), 1, &entry);
	snprintf(want, sizeof(want), "%016lx %016lx %016llx present\n", start, start + 3,
		 PAGEMAP_PFN(entry) * PAGE + (start & (PAGE - 1)));
	expect_lines("the third to fifth letter of the arguments", child.pid, "arguments+2+3", want);
	child_kill(&child);
}

/* A part that a program has not is an error. */
TEST_F(physical, no_part)
{
	struct command_result result;

	ask(getpid(), "attic+0", &result);
	expect_eq("status", result.status, 1);
	expect_str("stdout", result.out.data, "");
	expect_eq("stderr has a line", strchr(result.err.data, '\n') - result.err.data + 1, result.err.len);
	command_free(&result);
}

SCENE_MAIN
