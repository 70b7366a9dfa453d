// SPDX-License-Identifier: GPL-2.0
/* group.c - what processes share, of runs of which every page frame is known. */
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "verbs/cow/group.h"

enum { PAGE = 4096, PROCESSES = 4 };

struct scene {
	struct process processes[PROCESSES];
	struct group group;
	size_t nr;
};

static void scene_init(struct scene *scene, size_t nr)
{
	memset(scene, 0, sizeof(*scene));
	scene->nr = nr;
	for (size_t i = 0; i < nr; i++) {
		process_init(&scene->processes[i]);
		scene->processes[i].pid = 100 + i;
		scene->processes[i].page_size = PAGE;
	}
}

static void scene_free(struct scene *scene)
{
	group_free(&scene->group);
	for (size_t i = 0; i < scene->nr; i++)
		process_free(&scene->processes[i]);
}

/* Addresses and frames in pages. */
static struct area *area(struct scene *scene, size_t process, uint64_t start, uint64_t end)
{
	struct area *area = process_add_area(&scene->processes[process]);

	area->start = start * PAGE;
	area->end = end * PAGE;
	return area;
}

static struct vmaview_run *run(struct scene *scene, size_t process, uint64_t start, uint64_t pages, uint64_t pfn)
{
	struct vmaview_run *run = process_add_run(&scene->processes[process]);

	*run = (struct vmaview_run){
		.start = start * PAGE,
		.end = (start + pages) * PAGE,
		.pfn = pfn,
		.swap_offset = VMAVIEW_UNKNOWN64,
		.page_mapcount = 1,
		.state = VMAVIEW_STATE_PRESENT,
		.origin = VMAVIEW_ORIGIN_ANON,
		.cow = VMAVIEW_COW_COPY,
	};
	return run;
}

static bool is(const char *what, uint64_t got, uint64_t pages)
{
	if (got == pages * PAGE)
		return true;
	return ktap_note("%s: %llu, expected %llu", what, (unsigned long long)got,
			 (unsigned long long)pages * PAGE);
}

static bool usage_is(const struct usage *usage, uint64_t mapped, uint64_t unique, uint64_t shared)
{
	return is("mapped", usage->mapped, mapped) & is("unique", usage->unique, unique) &
	       is("shared", usage->shared, shared);
}

/* 0 has frames [10, 30), 1 has [20, 40), 2 has [25, 27) and 50. */
static bool overlaps(void)
{
	struct scene scene;
	struct group *group = &scene.group;
	bool holds;

	scene_init(&scene, 3);
	for (size_t i = 0; i < 3; i++)
		area(&scene, i, 100, 200);
	run(&scene, 0, 100, 20, 10);
	run(&scene, 1, 120, 20, 20);
	run(&scene, 2, 110, 2, 25)->page_mapcount = 4;
	run(&scene, 2, 112, 1, 50);
	holds = !group_fill(group, scene.processes, 3);
	holds &= usage_is(&group->members[0].sum, 20, 10, 10);
	holds &= usage_is(&group->members[1].sum, 20, 10, 10);
	holds &= usage_is(&group->members[2].sum, 3, 1, 2);
	holds &= is("total", group->total, 31) & is("by 1", group->by[1], 21);
	holds &= is("by 2", group->by[2], 8) & is("by 3", group->by[3], 2);
	holds &= is("of 0 by 2", group->of[0 * 4 + 2], 8) & is("of 2 by 3", group->of[2 * 4 + 3], 2);
	holds &= is("0 and 1", group->common[0 * 3 + 1], 10) & is("1 and 0", group->common[1 * 3 + 0], 10);
	holds &= is("0 and 2", group->common[0 * 3 + 2], 2) & is("1 and 2", group->common[1 * 3 + 2], 2);
	holds &= is("2 and 2", group->common[2 * 3 + 2], 3);
	scene_free(&scene);
	return holds;
}

/* A frame that a process maps three times is one, at its lowest address. */
static bool mapped_twice(void)
{
	struct scene scene;
	struct group *group = &scene.group;
	bool holds;

	scene_init(&scene, 2);
	area(&scene, 0, 100, 110);
	area(&scene, 0, 110, 120);
	area(&scene, 1, 100, 110);
	run(&scene, 0, 100, 2, 7);
	run(&scene, 0, 105, 1, 8);
	run(&scene, 0, 110, 4, 6);
	run(&scene, 1, 100, 1, 9);
	holds = !group_fill(group, scene.processes, 2);
	holds &= usage_is(&group->members[0].areas[0], 2, 2, 0);
	holds &= usage_is(&group->members[0].areas[1], 2, 1, 1);
	holds &= usage_is(&group->members[0].sum, 4, 3, 1);
	holds &= is("total", group->total, 4);
	scene_free(&scene);
	return holds;
}

static bool not_memory(void)
{
	struct scene scene;
	bool holds;

	scene_init(&scene, 1);
	area(&scene, 0, 100, 110);
	run(&scene, 0, 100, 1, 7)->origin = VMAVIEW_ORIGIN_ZERO;
	run(&scene, 0, 101, 1, 8)->origin = VMAVIEW_ORIGIN_HUGE_ZERO;
	run(&scene, 0, 102, 1, 9)->node = VMAVIEW_UNKNOWN;
	run(&scene, 0, 103, 1, VMAVIEW_UNKNOWN64)->state = VMAVIEW_STATE_SWAP;
	run(&scene, 0, 104, 1, 10);
	holds = !group_fill(&scene.group, scene.processes, 1);
	holds &= usage_is(&scene.group.members[0].sum, 1, 1, 0) & is("total", scene.group.total, 1);
	scene_free(&scene);
	return holds;
}

static bool outside(void)
{
	struct scene scene;
	bool holds;

	scene_init(&scene, 2);
	area(&scene, 0, 100, 110);
	area(&scene, 1, 100, 110);
	run(&scene, 0, 100, 4, 10)->page_mapcount = 2;
	run(&scene, 1, 100, 2, 10)->page_mapcount = 2;
	holds = !group_fill(&scene.group, scene.processes, 2);
	holds &= is("outside", scene.group.outside, 2) && scene.group.knows_outside;
	group_free(&scene.group);
	scene.processes[0].runs[0].page_mapcount = VMAVIEW_UNKNOWN;
	holds &= !group_fill(&scene.group, scene.processes, 2) && !scene.group.knows_outside;
	scene_free(&scene);
	return holds;
}

/* The parent has 4 pages, a hole of 2, 4 more; the child begins before it and ends after it. */
static bool diverged(void)
{
	struct scene scene;
	const struct member *child;
	bool holds;

	scene_init(&scene, 2);
	area(&scene, 0, 100, 120);
	area(&scene, 1, 100, 108);
	area(&scene, 1, 108, 120);
	run(&scene, 0, 102, 4, 10);
	run(&scene, 0, 108, 4, 30);
	run(&scene, 1, 100, 3, 8);	/* two before the parent's, one that is the same */
	run(&scene, 1, 103, 2, 90);	/* two copies */
	run(&scene, 1, 105, 3, 13);	/* the same, two where the parent has a hole */
	run(&scene, 1, 108, 1, 30);	/* the same */
	run(&scene, 1, 109, 1, 31)->cow = VMAVIEW_COW_NOT;
	run(&scene, 1, 110, 4, 32);	/* the same two, two after the parent's */
	holds = !group_fill(&scene.group, scene.processes, 2);
	scene.group.members[1].parent = 0;
	group_compare(&scene.group);
	child = &scene.group.members[1];
	holds &= is("same", child->areas[0].same, 2) & is("copied", child->areas[0].copied, 2);
	holds &= is("new", child->areas[0].fresh, 4);
	holds &= is("same", child->areas[1].same, 3) & is("copied", child->areas[1].copied, 0);
	holds &= is("new", child->areas[1].fresh, 2);
	holds &= is("same in all", child->sum.same, 5) & is("new in all", child->sum.fresh, 6);
	holds &= is("same of the parent", scene.group.members[0].sum.same, 0);
	scene_free(&scene);
	return holds;
}

/* That of the areas, whatever their runs are: a zero page is nobody's memory, and copied all the same. */
static bool debt(void)
{
	struct scene scene;
	bool holds;

	scene_init(&scene, 2);
	area_set(area(&scene, 0, 100, 110), KEY_COW_DEBT, 3 * PAGE);
	area_set(area(&scene, 0, 110, 120), KEY_COW_DEBT, 4 * PAGE);
	area(&scene, 1, 100, 110);
	run(&scene, 0, 100, 1, 10);
	run(&scene, 0, 101, 2, 20)->origin = VMAVIEW_ORIGIN_ZERO;
	run(&scene, 1, 100, 1, 10);
	holds = !group_fill(&scene.group, scene.processes, 2) && is("debt", scene.group.members[0].sum.debt, 7) &&
		is("of an area", scene.group.members[0].areas[1].debt, 4) && scene.group.members[0].knows_debt &&
		usage_any(&scene.group.members[0].areas[1]) && !scene.group.members[1].knows_debt;
	scene_free(&scene);
	return holds;
}

/* Of a saved stream, where the range leaves areas out: their runs are nobody's. */
static bool without_area(void)
{
	struct scene scene;
	bool holds;

	scene_init(&scene, 2);
	area(&scene, 0, 110, 120);
	area(&scene, 1, 110, 120);
	run(&scene, 0, 100, 5, 10);
	run(&scene, 0, 112, 2, 20);
	run(&scene, 0, 130, 1, 40);
	run(&scene, 1, 105, 3, 50);
	run(&scene, 1, 112, 1, 20);
	holds = !group_fill(&scene.group, scene.processes, 2);
	scene.group.members[1].parent = 0;
	group_compare(&scene.group);
	holds &= usage_is(&scene.group.members[0].sum, 2, 1, 1) & usage_is(&scene.group.members[1].sum, 1, 0, 1);
	holds &= is("same", scene.group.members[1].sum.same, 1) & is("new", scene.group.members[1].sum.fresh, 0);
	scene_free(&scene);
	return holds;
}

static bool nobody(void)
{
	struct scene scene;
	bool holds;

	scene_init(&scene, 0);
	holds = !group_fill(&scene.group, scene.processes, 0) && !scene.group.total;
	scene_free(&scene);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "runs that overlap in part are counted by how many have each frame", overlaps },
	{ "a frame that a process maps more than once is one", mapped_twice },
	{ "zero pages, swap and what has no struct page are nobody's memory", not_memory },
	{ "more mappings than the group's are others'", outside },
	{ "a child is compared with its parent page by page", diverged },
	{ "debt is that of the areas, zero pages and all", debt },
	{ "what lies in none of the areas is not theirs", without_area },
	{ "a group of nobody has nothing", nobody },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
