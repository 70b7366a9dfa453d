// SPDX-License-Identifier: GPL-2.0
/* frameset.c - pagemap of processes in, the page frames of groups out: counted one by one. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frameset.h"
#include "proc.h"
#include "result.h"
#include "scene.h"

static bool counts(uint64_t pfn)
{
	const uint64_t flags = proc_kpageflags(pfn);

	return flags != ~0ULL && !(flags & (1ULL << KPF_NOPAGE_BIT | 1ULL << KPF_ZERO_PAGE_BIT));
}

static void add_entry(struct frameset *set, unsigned int group, pid_t pid, uint64_t entry)
{
	if (!(entry & PAGEMAP_PRESENT) || !counts(PAGEMAP_PFN(entry)))
		return;
	if (set->nr == set->room) {
		set->room = set->room * 2 + 1024;
		set->use = reallocarray(set->use, set->room, sizeof(*set->use));
		if (!set->use)
			die("no memory for %zu frames", set->room);
	}
	set->use[set->nr++] = (struct frame_use){ PAGEMAP_PFN(entry), group, pid };
}

static void add_area(struct frameset *set, unsigned int group, pid_t pid, uint64_t start, uint64_t end)
{
	uint64_t entries[512];

	while (start < end) {
		size_t nr = (end - start) / PAGE < 512 ? (end - start) / PAGE : 512;

		proc_pagemap(pid, (void *)start, nr, entries);
		for (size_t i = 0; i < nr; i++)
			add_entry(set, group, pid, entries[i]);
		start += nr * PAGE;
	}
}

void frameset_add(struct frameset *set, unsigned int group, pid_t pid, const char *name)
{
	char path[32], line[4096];
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	maps = fopen(path, "re");
	if (!maps)
		die("no maps of pid %d", pid);
	while (fgets(line, sizeof(line), maps)) {
		unsigned long long start, end;

		if (strstr(line, "[vdso]") || strstr(line, "[vvar") || strstr(line, "[vsyscall]") ||
		    (name && !strstr(line, name)))
			continue;
		if (sscanf(line, "%llx-%llx", &start, &end) == 2)
			add_area(set, group, pid, start, end);
	}
	fclose(maps);
}

static int by_frame(const void *a, const void *b)
{
	const struct frame_use *x = a, *y = b;

	return x->pfn < y->pfn ? -1 : x->pfn > y->pfn;
}

/* Uses of one frame, the first of them at @use; -1: the group is all of them. */
static void judge(const struct frame_use *use, size_t nr, int group, struct frame_truth *truth)
{
	size_t mappings = 0;
	bool two = false;
	pid_t pid = 0;

	for (size_t i = 0; i < nr; i++) {
		if (group >= 0 && use[i].group != (unsigned int)group)
			continue;
		two |= pid && pid != use[i].pid;
		pid = use[i].pid;
		mappings++;
	}
	truth->frames += mappings > 0;
	truth->inside += two;
	truth->unique += mappings && mappings == nr && proc_kpagecount(use->pfn) <= mappings;
}

static struct frame_truth judge_all(struct frameset *set, int group)
{
	struct frame_truth truth = { 0 };
	size_t nr;

	qsort(set->use, set->nr, sizeof(*set->use), by_frame);
	for (size_t i = 0; i < set->nr; i += nr) {
		for (nr = 1; i + nr < set->nr && set->use[i + nr].pfn == set->use[i].pfn;)
			nr++;
		judge(&set->use[i], nr, group, &truth);
	}
	return truth;
}

struct frame_truth frameset_group(struct frameset *set, unsigned int group)
{
	return judge_all(set, group);
}

struct frame_truth frameset_all(struct frameset *set)
{
	return judge_all(set, -1);
}

void frameset_free(struct frameset *set)
{
	free(set->use);
	memset(set, 0, sizeof(*set));
}
