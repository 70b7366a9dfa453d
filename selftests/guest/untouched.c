// SPDX-License-Identifier: GPL-2.0
/* untouched - the target does not notice that it is read. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/ktap.h"
#include "lib/proc.h"
#include "lib/scene.h"

enum { PAGES = 64, READS = 100 };

static char *memory;

struct state {
	uint64_t minor, major, rss, tables, swap, size, peak, switches;
	uint64_t referenced, soft_dirty, present, swapped;
	uint64_t pagemap[PAGES];
};

static int with_memory(void *arg)
{
	(void)arg;
	memory = scene_anon(PAGES);
	scene_write(memory, PAGES / 2);
	scene_read(memory + PAGES / 2 * PAGE, PAGES / 4);
	scene_page_out(memory, PAGES / 8);
	child_ready();
	return 0;
}

static uint64_t referenced(pid_t pid)
{
	struct area_list list;
	uint64_t sum = 0;

	door_smaps(pid, &list);
	for (size_t i = 0; i < list.nr; i++)
		sum += list.area[i].value[REFERENCED];
	area_list_free(&list);
	return sum;
}

static void take(pid_t pid, const char *addr, struct state *state)
{
	memset(state, 0, sizeof(*state));
	state->minor = proc_stat(pid, 10);
	state->major = proc_stat(pid, 12);
	state->rss = proc_status(pid, "VmRSS");
	state->tables = proc_status(pid, "VmPTE");
	state->swap = proc_status(pid, "VmSwap");
	state->size = proc_status(pid, "VmSize");
	state->peak = proc_status(pid, "VmHWM");
	state->switches = proc_status(pid, "voluntary_ctxt_switches") +
			  proc_status(pid, "nonvoluntary_ctxt_switches");
	state->referenced = referenced(pid);
	proc_pagemap(pid, addr, PAGES, state->pagemap);
	for (size_t i = 0; i < PAGES; i++) {
		state->soft_dirty += !!(state->pagemap[i] & PAGEMAP_SOFT_DIRTY);
		state->present += !!(state->pagemap[i] & PAGEMAP_PRESENT);
		state->swapped += !!(state->pagemap[i] & PAGEMAP_SWAP);
	}
}

static void read_often(pid_t pid)
{
	for (int i = 0; i < READS; i++) {
		struct bytes bytes;

		if (door_bytes(pid, VMAVIEW_WANT_ALL, &bytes))
			die("reading the device failed");
		bytes_free(&bytes);
		if (door_text(pid, i & 1 ? "areas" : "summary", &bytes))
			die("reading the text failed");
		bytes_free(&bytes);
	}
}

static void expect_untouched(const struct state *after, const struct state *before)
{
	expect_eq("minor faults", after->minor, before->minor);
	expect_eq("major faults", after->major, before->major);
	expect_eq("VmRSS", after->rss, before->rss);
	expect_eq("VmHWM", after->peak, before->peak);
	expect_eq("VmSize", after->size, before->size);
	expect_eq("VmPTE", after->tables, before->tables);
	expect_eq("VmSwap", after->swap, before->swap);
	expect_eq("context switches", after->switches, before->switches);
	expect_eq("Referenced", after->referenced, before->referenced);
	expect_eq("soft-dirty pages", after->soft_dirty, before->soft_dirty);
	expect_eq("present pages", after->present, before->present);
	expect_eq("swapped pages", after->swapped, before->swapped);
	if (memcmp(before->pagemap, after->pagemap, sizeof(before->pagemap)))
		fail("pagemap changed");
}

/* Bits that are set stay set, and bits that are not are not set. */
static void unnoticed(bool clear)
{
	struct state before, after;
	struct child child;
	const char *addr;

	scene_swap();
	addr = (char *)scene_place() + (1UL << 39);	/* where the child's will be */
	child_start(&child, with_memory, NULL);
	if (clear) {
		proc_clear_refs(child.pid, "4");
		proc_clear_refs(child.pid, "1");
	}
	take(child.pid, addr, &before);
	read_often(child.pid);
	take(child.pid, addr, &after);
	expect_untouched(&after, &before);
	expect_eq("swapped by construction", before.swapped, PAGES / 8);
	expect_eq("present by construction", before.present, PAGES / 2 + PAGES / 4 - PAGES / 8);
	if (!clear && (before.referenced < PAGES / 2 * 4 || before.soft_dirty < PAGES / 2))
		fail("the scene has no bits that could be lost");
	child_end(&child);
}

static void bits_set(void)
{
	unnoticed(false);
}

static void bits_cleared(void)
{
	unnoticed(true);
}

/* The same of a target that stands still: it is not woken for it. */
static void stopped(void)
{
	struct child child;
	char state;

	scene_swap();
	child_start(&child, with_memory, NULL);
	if (!proc_stop(child.pid))
		die("the child does not stop");
	read_often(child.pid);
	state = proc_state(child.pid);
	if (state != 'T')
		fail("expected state T, got %c", state);
	child_kill(&child);
}

static const struct ktap_test tests[] = {
	{ "a hundred reads leave faults, counters and bits that are set as they were", bits_set },
	{ "a hundred reads set no bit", bits_cleared },
	{ "a stopped target stays stopped", stopped },
};

KTAP_MAIN(tests)
