// SPDX-License-Identifier: GPL-2.0
/* summary - the totals of all areas, the counters of the address space, the receipt, the stats. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/text.h"
#include "lib/zoo.h"

SCENE(summary)

static uint64_t number(const char *text, const char *key)
{
	uint64_t value = 0;

	if (!text_number(text, key, &value))
		fail("no \"%s\"", key);
	return value;
}

/* Of "Absent: none=3 swap=0" the number after "none=". */
static uint64_t word_number(const char *text, const char *name)
{
	char key[32], *line, *word;
	const char *slash = strchr(name, '/');
	uint64_t value = ~0ULL;

	snprintf(key, sizeof(key), "%.*s", (int)(slash - name), name);
	line = text_word(text, key);
	if (!strcmp(key, "Extra_Refs"))
		word = line ? strchr(line, '(') : NULL;
	else
		word = line ? strstr(line, slash + 1) : NULL;
	if (word)
		value = strtoull(word + (*word == '(' ? 1 : strlen(slash + 1) + 1), NULL, 10);
	free(line);
	return value;
}

static bool is_maximum(int key)
{
	return key == REFCOUNT_MAX || key == MAPCOUNT_MAX;
}

/* A size of one area; it has no sum. */
static bool has_no_sum(int key)
{
	return key == KPS || key == MPS;
}

static unsigned int compare_sum(const char *text, int key, uint64_t want)
{
	uint64_t got = strchr(keys[key].text, '/') ? word_number(text, keys[key].text)
						   : number(text, keys[key].text);

	/* Pss is rounded once in the sum and once in each area. */
	if (got == want || (keys[key].shift == 22 && got >= want && got - want < 1000))
		return 0;
	note("%s: %llu in summary, the areas add up to %llu", keys[key].text,
	     (unsigned long long)got, (unsigned long long)want);
	return 1;
}

static bool sums_equal(pid_t pid)
{
	struct area_list list;
	struct bytes text;
	unsigned int differ = 0;

	door_areas(pid, &list);
	if (door_text(pid, "summary", &text))
		return false;
	for (int key = 0; key < NR_KEYS; key++) {
		uint64_t want = 0;

		if (has_no_sum(key) || !area_has(&list.area[0], key))
			continue;
		for (size_t i = 0; i < list.nr; i++) {
			uint64_t value = list.area[i].value[key];

			if (!is_maximum(key))
				want += value;
			else if (value > want)
				want = value;
		}
		differ += compare_sum(text.data, key, want);
	}
	area_list_free(&list);
	bytes_free(&text);
	return !differ;
}

/* Summary is the sum of the areas in every process. */
TEST_F(summary, sums)
{
	zoo_start();
	everyone(sums_equal);
}

static unsigned int compare_number(const char *text, const char *key, uint64_t want)
{
	uint64_t got = number(text, key);

	if (got == want)
		return 0;
	note("%s: %llu in summary, %llu in /proc", key, (unsigned long long)got,
	     (unsigned long long)want);
	return 1;
}

static uint64_t map_count(pid_t pid)
{
	char path[32];
	struct bytes maps;
	uint64_t nr = 0;

	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	if (slurp(path, &maps))
		return ~0ULL;
	for (size_t i = 0; i < maps.len; i++)
		nr += maps.data[i] == '\n';
	nr -= !!strstr(maps.data, "[vsyscall]");
	bytes_free(&maps);
	return nr;
}

static bool counters_equal(pid_t pid)
{
	struct bytes text;
	unsigned int differ = 0;

	if (door_text(pid, "summary", &text))
		return false;
	differ += compare_number(text.data, "Total_Vm", proc_status(pid, "VmSize"));
	differ += compare_number(text.data, "Locked_Vm", proc_status(pid, "VmLck"));
	differ += compare_number(text.data, "Pinned_Vm", proc_status(pid, "VmPin"));
	differ += compare_number(text.data, "Data_Vm", proc_status(pid, "VmData"));
	differ += compare_number(text.data, "Stack_Vm", proc_status(pid, "VmStk"));
	differ += compare_number(text.data, "Exec_Vm", proc_status(pid, "VmExe") +
						       proc_status(pid, "VmLib"));
	differ += compare_number(text.data, "Pgtables", proc_status(pid, "VmPTE"));
	differ += compare_number(text.data, "Map_Count", map_count(pid));
	differ += compare_number(text.data, "Minor_Faults", proc_stat(pid, 10));
	differ += compare_number(text.data, "Major_Faults", proc_stat(pid, 12));
	bytes_free(&text);
	return !differ;
}

/* Counters of the address space equal /proc in every process. */
TEST_F(summary, counters)
{
	zoo_start();
	everyone(counters_equal);
}

static bool mm_record_equal(pid_t pid)
{
	struct stream stream;
	struct bytes text;
	bool good;

	if (door_text(pid, "summary", &text))
		return false;
	door_stream(pid, VMAVIEW_WANT_MM, &stream);
	good = !(compare_number(text.data, "Total_Vm", stream.mm.total_vm / 1024) +
		 compare_number(text.data, "Locked_Vm", stream.mm.locked_vm / 1024) +
		 compare_number(text.data, "Pinned_Vm", stream.mm.pinned_vm / 1024) +
		 compare_number(text.data, "Data_Vm", stream.mm.data_vm / 1024) +
		 compare_number(text.data, "Exec_Vm", stream.mm.exec_vm / 1024) +
		 compare_number(text.data, "Stack_Vm", stream.mm.stack_vm / 1024) +
		 compare_number(text.data, "Pgtables", stream.mm.pgtables / 1024) +
		 compare_number(text.data, "Map_Count", stream.mm.map_count) +
		 compare_number(text.data, "Minor_Faults", stream.mm.min_flt) +
		 compare_number(text.data, "Major_Faults", stream.mm.maj_flt));
	bytes_free(&text);
	stream_free(&stream);
	return good;
}

/* Both doors have the same counters. */
TEST_F(summary, mm_record)
{
	zoo_start();
	everyone(mm_record_equal);
}

static int waiter(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* The receipt of a standing target is plausible. */
TEST_F(summary, receipt)
{
	struct child child;
	struct bytes text;
	char *changed;

	child_start(&child, waiter, NULL);
	if (door_text(child.pid, "summary", &text))
		die("no summary");
	if (!number(text.data, "Receipt_Ns") || !number(text.data, "Receipt_Entries") ||
	    !number(text.data, "Receipt_Holds"))
		fail("the receipt says nothing was done");
	if (number(text.data, "Receipt_Hold_Ns") > number(text.data, "Receipt_Ns"))
		fail("the longest hold is longer than all the work");
	expect_eq("Receipt_Retries", number(text.data, "Receipt_Retries"), 0);
	expect_eq("Receipt_Restarts", number(text.data, "Receipt_Restarts"), 0);
	changed = text_word(text.data, "Receipt_Changed");
	if (!changed || (strcmp(changed, "no") && strcmp(changed, "unknown")))
		fail("Receipt_Changed: expected \"no\" or \"unknown\", got \"%s\"",
		     changed ? changed : "(nothing)");
	child_end(&child);
}

/* BEGIN names the target and the machine. */
TEST_F(summary, begin)
{
	struct child child;
	struct stream stream;
	char comm[32], path[32];
	struct bytes text;

	child_start(&child, waiter, NULL);
	door_stream(child.pid, VMAVIEW_WANT_ALL, &stream);
	snprintf(path, sizeof(path), "/proc/%d/comm", child.pid);
	if (slurp(path, &text))
		die("no comm");
	snprintf(comm, sizeof(comm), "%s\n", stream.begin.comm);
	expect_str("comm", comm, text.data);
	expect_eq("pid", stream.begin.pid, child.pid);
	expect_eq("task_start", stream.begin.task_start / 10000000, proc_stat(child.pid, 22));
	expect_eq("leaf_size", stream.begin.leaf_size[0], PAGE);
	expect_eq("leaf_size", stream.begin.leaf_size[1], HUGE);
	expect_eq("leaf_size", stream.begin.leaf_size[2], 1UL << 30);
	if (slurp("/proc/sys/kernel/osrelease", &text))
		die("no osrelease");
	text.data[text.len - 1] = '\0';
	expect_str("release", stream.begin.release, text.data);
	child_end(&child);
}

/* Stats count the walks.  Counters that a walk must move. */
TEST_F(summary, stats)
{
	struct bytes before, after;
	struct stream stream;
	unsigned int grown = 0;
	char *line, *save;

	if (door_file("stats", &before))
		die("no stats");
	for (int i = 0; i < 3; i++)
		door_stream(getpid(), VMAVIEW_WANT_ALL, &stream);
	if (door_file("stats", &after))
		die("no stats");
	for (line = strtok_r(before.data, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		uint64_t now;
		char *colon = strchr(line, ':');

		if (!colon)
			die("a line of stats: \"%s\"", line);
		*colon = '\0';
		if (!text_number(after.data, line, &now))
			die("stats lost \"%s\"", line);
		if (now < strtoull(colon + 1, NULL, 10))
			note("%s went down", line);
		grown += now > strtoull(colon + 1, NULL, 10);
	}
	if (grown < 2)
		fail("three walks moved %u counters", grown);
}

#define RESTLESS 4096	/* pages: eight tables, each a hold of its own */

static void change(char *memory)
{
	if (mprotect(memory, RESTLESS / 2 * PAGE, PROT_READ) ||
	    mprotect(memory, RESTLESS / 2 * PAGE, PROT_READ | PROT_WRITE))
		die("mprotect: %s", strerror(errno));
}

/* One area that is two again and again. */
static int restless(void *arg)
{
	char *memory = scene_anon(RESTLESS);

	(void)arg;
	if (madvise(memory, RESTLESS * PAGE, MADV_NOHUGEPAGE) && errno != EINVAL)
		die("MADV_NOHUGEPAGE: %s", strerror(errno));
	scene_write(memory, RESTLESS);
	change(memory);
	child_ready();
	for (;;)
		change(memory);
	return 0;
}

/* What is in summary of memory that no change takes away or adds to. */
struct held {
	uint64_t size;
	uint64_t anonymous;
	uint64_t leaves;
	uint64_t restarts;
};

static struct held held_by(pid_t pid)
{
	struct held held;
	struct bytes text;

	if (door_text(pid, "summary", &text))
		die("no summary");
	held = (struct held){
		.size = number(text.data, "Size"),
		.anonymous = number(text.data, "Anonymous"),
		.leaves = word_number(text.data, "Leaves/4k"),
		.restarts = number(text.data, "Receipt_Restarts"),
	};
	bytes_free(&text);
	return held;
}

static unsigned int outside(const char *what, uint64_t got, uint64_t least, uint64_t most)
{
	if (got >= least && got <= most)
		return 0;
	note("%s: %llu, where it was %llu before and %llu after", what, (unsigned long long)got,
	     (unsigned long long)least, (unsigned long long)most);
	return 1;
}

/*
 * What is walked anew counts once.  An area that changes while it is walked begins again, or is closed where the walk
 * was; and each page of it is in the sums once.
 */
TEST_F(summary, restarts)
{
	struct held before, during, after;
	struct child child;
	unsigned int wrong;

	door_hold_budget("1");
	child_start(&child, restless, NULL);
	before = held_by(child.pid);
	if (write(child.to, "g", 1) != 1)
		die("the child is gone");
	do
		during = held_by(child.pid);
	while (!during.restarts);
	kill(child.pid, SIGSTOP);
	proc_await(child.pid, 'T');
	after = held_by(child.pid);
	child_kill(&child);
	wrong = outside("Size", during.size, before.size, after.size) +
		outside("Anonymous", during.anonymous, before.anonymous, after.anonymous) +
		outside("Leaves/4k", during.leaves, before.leaves, after.leaves);
	if (wrong)
		fail("%u sums are not those of the memory that was there", wrong);
}

SCENE_MAIN
