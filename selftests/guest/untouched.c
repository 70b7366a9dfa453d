// SPDX-License-Identifier: GPL-2.0
/* untouched - the target does not notice that it is read. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/machine.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/verdict.h"

SCENE(untouched)

enum { PAGES = 64, READS = 200, OLD = 256, TAKEN = 64, PROCESSES = 80 };

static char *memory;

/* Of a page that is there: what /proc/kpageflags and kpagecount say of it, its LRU list included. */
struct page_state {
	uint64_t pagemap, flags, mapcount;
};

struct state {
	uint64_t minor, major, rss, tables, swap, size, peak, switches;
	uint64_t referenced, soft_dirty, present, swapped;
	struct page_state page[PAGES];
};

static int with_memory(void *arg)
{
	(void)arg;
	memory = scene_anon(PAGES);
	scene_write(memory, PAGES / 2);
	scene_read(memory + PAGES / 2 * PAGE, PAGES / 4);
	scene_page_out(memory, PAGES / 8);
	scene_drain();
	child_ready();
	madvise(memory, PAGES / 2 * PAGE, MADV_PAGEOUT);
	child_ready();
	return 0;
}

/* But of files, whose pages are marked by the exit of whoever maps them, too. */
static uint64_t referenced(pid_t pid)
{
	struct area_list list;
	uint64_t sum = 0;

	door_smaps(pid, &list);
	for (size_t i = 0; i < list.nr; i++)
		if (!strchr(list.area[i].head, '/'))
			sum += list.area[i].value[REFERENCED];
	area_list_free(&list);
	return sum;
}

static void take_pages(pid_t pid, const char *addr, struct state *state)
{
	for (size_t i = 0; i < PAGES; i++) {
		struct page_state *page = &state->page[i];

		proc_pagemap(pid, addr + i * PAGE, 1, &page->pagemap);
		state->soft_dirty += !!(page->pagemap & PAGEMAP_SOFT_DIRTY);
		state->swapped += !!(page->pagemap & PAGEMAP_SWAP);
		if (!(page->pagemap & PAGEMAP_PRESENT))
			continue;
		state->present++;
		page->flags = proc_kpageflags(PAGEMAP_PFN(page->pagemap));
		page->mapcount = proc_kpagecount(PAGEMAP_PFN(page->pagemap));
	}
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
	take_pages(pid, addr, state);
}

static int reads(void)
{
	return kernel_is_slow() ? READS / 10 : READS;
}

static void read_often(pid_t pid, const char *addr, int reads)
{
	struct vmaview_explain answers[PAGES];

	for (int i = 0; i < reads; i++) {
		struct bytes bytes;

		if (i % 4 < 2 && door_bytes(pid, VMAVIEW_WANT_ALL, &bytes))
			die("reading the device failed");
		if (i % 4 >= 2 && door_text(pid, i & 1 ? "areas" : "summary", &bytes))
			die("reading the text failed");
		bytes_free(&bytes);
		verdict_ask_pages(pid, addr, PAGES, answers);
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
	for (size_t i = 0; i < PAGES; i++) {
		expect_eq("pagemap", after->page[i].pagemap, before->page[i].pagemap);
		expect_eq("kpageflags", after->page[i].flags, before->page[i].flags);
		expect_eq("kpagecount", after->page[i].mapcount, before->page[i].mapcount);
	}
}

/* The kernel swaps out a page only if its references are exactly those of its mappings and its cache. */
static void expect_no_reference(struct child *child, const char *addr)
{
	struct state state;

	if (!child_step(child))
		die("the child is gone");
	take(child->pid, addr, &state);
	expect_eq("pages that MADV_PAGEOUT could take", state.swapped, PAGES / 2);
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
	read_often(child.pid, addr, reads());
	take(child.pid, addr, &after);
	expect_untouched(&after, &before);
	expect_eq("swapped by construction", before.swapped, PAGES / 8);
	expect_eq("present by construction", before.present, PAGES / 2 + PAGES / 4 - PAGES / 8);
	if (!clear && (before.referenced < PAGES / 2 * 4 ||
		       (machine_tracks_writes() && before.soft_dirty < PAGES / 2)))
		fail("the scene has no bits that could be lost");
	expect_no_reference(&child, addr);
	child_end(&child);
}

/* Two hundred reads leave faults, counters and bits that are set as they were. */
TEST_F(untouched, bits_set)
{
	unnoticed(false);
}

/* Two hundred reads set no bit. */
TEST_F(untouched, bits_cleared)
{
	unnoticed(true);
}

/* A stopped target stays stopped.  The same of a target that stands still: it is not woken for it. */
TEST_F(untouched, stopped)
{
	const char *addr;
	struct child child;
	char state;

	scene_swap();
	addr = (char *)scene_place() + (1UL << 39);
	child_start(&child, with_memory, NULL);
	if (!proc_stop(child.pid))
		die("the child does not stop");
	read_often(child.pid, addr, READS / 10);
	state = proc_state(child.pid);
	if (state != 'T')
		fail("expected state T, got %c", state);
	child_kill(&child);
}

#define GROUP "/sys/fs/cgroup/vmaview-order"

static void end_group(void)
{
	rmdir(GROUP);
}

/* In a memory cgroup of its own: old pages, and as many young ones after them. */
static int in_a_group(void *arg)
{
	(void)arg;
	if (!setting_put(GROUP "/cgroup.procs", "0"))
		return 1;
	memory = scene_anon(OLD);
	scene_write(memory, OLD);
	scene_drain();
	memory = scene_anon(OLD);
	scene_write(memory, OLD);
	scene_drain();
	child_ready();
	return 0;
}

/* Only the old pages, so that a page that is moved ends up after the young ones. */
static void read_old(pid_t pid, const char *addr)
{
	struct vmaview_request request = door_request(pid, VMAVIEW_WANT_ALL);
	struct bytes bytes;
	int fd = door_open();

	request.start = (uintptr_t)addr;
	request.end = request.start + OLD * PAGE;
	for (int i = 5 * reads(); i; i--) {
		if (door_bind(fd, &request) || slurp_fd(fd, 65536, &bytes))
			die("reading the device failed");
		bytes_free(&bytes);
	}
	close(fd);
}

static size_t count_swapped(pid_t pid, const char *addr)
{
	uint64_t pagemap[OLD];
	size_t swapped = 0;

	proc_pagemap(pid, addr, OLD, pagemap);
	for (size_t i = 0; i < OLD; i++)
		swapped += !!(pagemap[i] & PAGEMAP_SWAP);
	return swapped;
}

/*
 * A thousand reads do not move pages on their LRU lists.  The end of the LRU list is what reclaim takes:
 * pages that were read stay where they were.
 */
TEST_F(untouched, lru_position)
{
	char text[32];
	struct child child;
	size_t old, young;
	char *addr;

	setting_put("/sys/fs/cgroup/cgroup.subtree_control", "+memory");
	if (mkdir(GROUP, 0755) || access(GROUP "/memory.reclaim", W_OK))
		skip("no memory cgroup that reclaims on demand");
	setting_undo(end_group);
	scene_swap();
	addr = (char *)scene_place() + (1UL << 39);	/* where the child's will be */
	child_start(&child, in_a_group, NULL);
	proc_clear_refs(child.pid, "1");
	read_old(child.pid, addr);
	snprintf(text, sizeof(text), "%lu", TAKEN * PAGE);
	if (!setting_put(GROUP "/memory.reclaim", text))
		note("memory.reclaim: %s", strerror(errno));
	old = count_swapped(child.pid, addr);
	young = count_swapped(child.pid, addr + (1UL << 39));
	if (old < TAKEN / 2 || young)
		fail("reclaim took %zu old and %zu young pages", old, young);
	child_end(&child);
}

static uint64_t slab_objects(const char *cache)
{
	char path[96];
	const char *text;

	snprintf(path, sizeof(path), "/sys/kernel/slab/%s/shrink", cache);
	setting_put(path, "1");
	snprintf(path, sizeof(path), "/sys/kernel/slab/%s/objects", cache);
	text = setting_get(path);
	if (!text)
		skip("this kernel does not count the objects of its caches");
	return strtoull(text, NULL, 10);
}

static void read_and_end(void)
{
	struct child child;
	struct bytes bytes;

	child_start_program(&child);
	if (door_bytes(child.pid, VMAVIEW_WANT_ALL, &bytes))
		die("reading the device failed");
	bytes_free(&bytes);
	if (door_text(child.pid, "areas", &bytes))
		die("reading the text failed");
	bytes_free(&bytes);
	child_kill(&child);
}

/* Of a process that was read nothing stays when it is gone. */
TEST_F(untouched, nothing_left)
{
	static const char *const caches[] = { "mm_struct", "task_struct", "signal_cache", "vm_area_struct" };
	uint64_t before[ARRAY_SIZE(caches)];

	for (size_t i = 0; i < ARRAY_SIZE(caches); i++)
		before[i] = slab_objects(caches[i]);
	for (int i = 0; i < PROCESSES; i++)
		read_and_end();
	for (size_t i = 0; i < ARRAY_SIZE(caches); i++) {
		uint64_t now = slab_objects(caches[i]);

		for (int tries = 0; now > before[i] + PROCESSES / 2 && tries < 500; tries++) {
			usleep(10000);	/* polling: RCU frees them, and has no event for it */
			now = slab_objects(caches[i]);
		}
		if (now > before[i] + PROCESSES / 2)
			fail("%s: %llu objects before, %llu after", caches[i],
			     (unsigned long long)before[i], (unsigned long long)now);
	}
}

SCENE_MAIN
