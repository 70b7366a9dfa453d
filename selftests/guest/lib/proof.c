// SPDX-License-Identifier: GPL-2.0
/* proof.c - predictions of Cow_* against what then happens. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "child.h"
#include "look.h"
#include "proc.h"
#include "proof.h"
#include "result.h"
#include "scene.h"

/* What happens between making a place and asking. */
struct history {
	const char *name;
	bool fork;
	bool child_writes;	/* half of the pages */
	bool parent_writes;	/* a quarter of them */
	bool child_exits;
	bool ask_child;
	bool undrained;		/* leave what lies in LRU batches there */
};

static const struct history histories[] = {
	{ .name = "fresh" },
	{ .name = "fresh, in LRU batches", .undrained = true },
	{ .name = "forked", .fork = true },
	{ .name = "forked, asked in the child", .fork = true, .ask_child = true },
	{ .name = "forked, the child wrote", .fork = true, .child_writes = true },
	{ .name = "forked, the child wrote, asked there", .fork = true, .child_writes = true,
	  .ask_child = true },
	{ .name = "forked, the parent wrote", .fork = true, .parent_writes = true },
	{ .name = "the child is gone", .fork = true, .child_exits = true },
	{ .name = "the child wrote and is gone", .fork = true, .child_writes = true,
	  .child_exits = true },
	{ .name = "the parent wrote, the child is gone", .fork = true, .parent_writes = true,
	  .child_exits = true },
};

/* The side that is asked says what it found through memory that both share. */
struct finding {
	uint64_t copy, reuse, maybe, source, debt;	/* kB predicted */
	uint64_t present, moved;			/* pages */
};

static struct finding *finding;
static struct place place;

static void write_pages(size_t from, size_t nr)
{
	for (size_t i = from; i < from + nr; i++)
		*(volatile char *)(place.addr + i * place.step) = 1;
}

/* The areas that the place consists of, summed up. */
static void predict(void)
{
	const char *end = place.addr + place.pages * PAGE;

	for (const char *at = place.addr; at < end;) {
		struct area area;

		look(getpid(), at, &area);
		finding->copy += area.value[COW_COPY];
		finding->reuse += area.value[COW_REUSE];
		finding->maybe += area.value[COW_MAYBE];
		finding->source += area.value[COW_SOURCE];
		finding->debt += area.value[COW_DEBT];
		at = (char *)area.end;
	}
}

static void prove(void)
{
	uint64_t *before = calloc(place.pages, 8), *after = calloc(place.pages, 8);

	predict();
	proc_pagemap(getpid(), place.addr, place.pages, before);
	write_pages(0, place.pages * PAGE / place.step);
	proc_pagemap(getpid(), place.addr, place.pages, after);
	for (size_t i = 0; i < place.pages; i++) {
		if (!(before[i] & PAGEMAP_PRESENT))
			continue;
		finding->present++;
		finding->moved += PAGEMAP_PFN(before[i]) != PAGEMAP_PFN(after[i]);
	}
	free(before);
	free(after);
}

static int side(void *arg)
{
	const struct history *history = arg;

	if (history->child_writes)
		write_pages(0, place.pages * PAGE / place.step / 2);
	child_ready();
	if (history->ask_child)
		prove();
	return failed();
}

/*
 * Predictions are of each page's next write.  Written one after the other, the pages of one huge
 * folio lose their references to it, and on some kernels the last one is then reused.
 */
static uint64_t last_of_folio(void)
{
	return place.folio && finding->moved + 1 == (finding->copy + finding->source) / 4;
}

static void judge(const char *kind, const struct history *history)
{
	uint64_t sure = (finding->copy + finding->source) / 4, maybe = finding->maybe / 4;

	note("%s, %s: %llu pages, %llu to move, %llu maybe, %llu moved", kind, history->name,
	     (unsigned long long)finding->present, (unsigned long long)sure,
	     (unsigned long long)maybe, (unsigned long long)finding->moved);
	if (finding->moved + last_of_folio() < sure || finding->moved > sure + maybe)
		fail("%s, %s: expected %llu to %llu pages to move, %llu did", kind, history->name,
		     (unsigned long long)sure, (unsigned long long)(sure + maybe),
		     (unsigned long long)finding->moved);
	if (finding->copy + finding->reuse + finding->maybe + finding->source !=
	    finding->present * 4)
		fail("%s, %s: copy, reuse, maybe and source do not add up to what is present", kind,
		     history->name);
	if (finding->debt != finding->copy + finding->source)
		fail("%s, %s: the debt is not copy and source", kind, history->name);
}

static void live(const struct history *history)
{
	struct child child;

	if (!history->fork) {
		if (!history->undrained)
			scene_drain();
		prove();
		return;
	}
	child_start(&child, side, (void *)history);
	if (history->parent_writes)
		write_pages(0, place.pages * PAGE / place.step / 4);
	if (history->child_exits)
		child_end(&child);
	scene_drain();
	if (history->ask_child) {
		if (child_end(&child))
			fail("the child failed");
		return;
	}
	prove();
	if (!history->child_exits)
		child_end(&child);
}

void proof_through_histories(const char *kind, struct place (*make)(void), bool maybe_allowed)
{
	finding = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (size_t i = 0; i < ARRAY_SIZE(histories); i++) {
		const struct history *history = &histories[i];

		memset(finding, 0, sizeof(*finding));
		place = make();
		live(history);
		judge(kind, history);
		if (finding->maybe && !maybe_allowed && !history->undrained)
			fail("%s, %s: expected no maybe, got %llu kB", kind, history->name,
			     (unsigned long long)finding->maybe);
		munmap(place.addr, place.pages * PAGE);
	}
}
