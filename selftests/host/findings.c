// SPDX-License-Identifier: GPL-2.0
/* findings.c - processes in; is what is worth a line found, only that, and the most bytes first? */
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "verbs/advise/findings.h"

#define MIB (1ULL << 20)

/* One process of one area, and one run in it. */
struct scene {
	struct area area;
	struct vmaview_run run;
	struct vmaview_seam seam;
	struct process process;
	struct huge_range range;
	struct huge_ranges ranges;
	struct holders *holders;
	struct findings_known known;
};

static void init(struct scene *scene)
{
	static struct holders nobody = { .known = true };

	memset(scene, 0, sizeof(*scene));
	scene->area = (struct area){ .start = 64 * MIB, .end = 128 * MIB, .perms = "rw-p", .name = "" };
	scene->run = (struct vmaview_run){
		.start = 64 * MIB, .end = 72 * MIB, .state = VMAVIEW_STATE_PRESENT, .origin = VMAVIEW_ORIGIN_ANON,
		.refcount = 1, .mapcount = 1, .page_mapcount = 1, .pincount = VMAVIEW_UNKNOWN,
		.page = VMAVIEW_PAGE_LRU, .memcg = 7,
	};
	scene->seam = (struct vmaview_seam){ .start = 62 * MIB, .at = 64 * MIB, .end = 128 * MIB };
	scene->range = (struct huge_range){ .area = &scene->area, .small = 8 * MIB };
	scene->process = (struct process){
		.pid = 42, .memcg = 7, .page_size = 4096, .areas = &scene->area, .nr_areas = 1, .runs = &scene->run,
		.nr_runs = 1, .seams = &scene->seam, .nr_seams = 1, .mm_known = 1 << MM_MAP_COUNT | 1 << MM_PGTABLES,
	};
	scene->process.mm[MM_MAP_COUNT] = 10;
	scene->ranges = (struct huge_ranges){ .range = &scene->range, .nr = 1 };
	scene->known = (struct findings_known){ .free = 64 * MIB, .limit = 1000, .holders = &nobody };
	area_set(&scene->area, KEY_RSS, 8 * MIB);
	area_set(&scene->area, KEY_PSS, 8 * MIB);
}

/* Just @kind, of so many bytes; NULL: nothing. */
static bool finds(struct scene *scene, const char *kind, uint64_t bytes)
{
	struct findings findings = { .tables = 0 };
	const struct finding *list[ADVICE_NR];
	size_t nr;
	bool holds = !findings_add_process(&findings, &scene->process, &scene->known);

	nr = findings_sort(&findings, list, ADVICE_NR);
	if (!kind)
		holds = holds && !nr;
	else
		holds = holds && nr == 1 && !strcmp(list[0]->row->kind, kind) && list[0]->bytes == bytes &&
			list[0]->nr == 1 && list[0]->who->pid == 42 && list[0]->who->bytes == bytes;
	if (!holds)
		ktap_note("%zu, the first %s of %llu, not %s", nr, nr ? list[0]->row->kind : "",
			  nr ? (unsigned long long)list[0]->bytes : 0, kind ? kind : "none");
	findings_free(&findings);
	return holds;
}

static bool nothing(void)
{
	struct scene scene;

	init(&scene);
	return finds(&scene, NULL, 0);
}

static bool debt(void)
{
	struct scene scene;

	init(&scene);
	area_set(&scene.area, KEY_COW_DEBT, 64 * MIB);
	if (!finds(&scene, NULL, 0))
		return false;
	area_set(&scene.area, KEY_COW_DEBT, 65 * MIB);
	if (!finds(&scene, "cow-debt", 65 * MIB))
		return false;
	scene.known.free = VMAVIEW_UNKNOWN64;
	return finds(&scene, NULL, 0);
}

static bool tables(void)
{
	struct scene scene;

	init(&scene);
	scene.process.mm[MM_PGTABLES] = 4 * MIB;
	if (!finds(&scene, "page-tables", 4 * MIB))
		return false;
	area_set(&scene.area, KEY_PSS, 32 * MIB);	/* an eighth of it */
	if (!finds(&scene, NULL, 0))
		return false;
	area_set(&scene.area, KEY_PSS, 1 * MIB);
	scene.process.mm[MM_PGTABLES] = 4 * MIB - 1;
	return finds(&scene, NULL, 0);
}

static bool held(void)
{
	struct { struct holders holders; struct holder holder; } pipe = {
		.holders = { .known = true, .nr = 1 }, .holder = { .kind = HOLDER_PIPE, .fd = 3 },
	};
	struct scene scene;

	init(&scene);
	scene.run.refcount = 2;
	scene.run.extra_refs = 1;
	if (!finds(&scene, "held", 8 * MIB))
		return false;
	scene.known.holders = &pipe.holders;
	if (!finds(&scene, NULL, 0))
		return false;
	pipe.holders.nr = 0;
	pipe.holders.known = false;	/* who has what could not be read */
	if (!finds(&scene, NULL, 0))
		return false;
	pipe.holders.known = true;
	scene.run.end = scene.run.start + MIB - 4096;
	if (!finds(&scene, NULL, 0))
		return false;
	scene.run.end = scene.run.start + MIB;
	if (!finds(&scene, "held", MIB))
		return false;
	scene.run.page = 0;	/* a batch has it */
	return finds(&scene, NULL, 0);
}

static bool elsewhere(void)
{
	struct scene scene;

	init(&scene);
	scene.run.memcg = 8;
	if (!finds(&scene, "charged-elsewhere", 8 * MIB))
		return false;
	scene.run.origin = VMAVIEW_ORIGIN_FILE;
	if (!finds(&scene, NULL, 0))
		return false;
	scene.run.origin = VMAVIEW_ORIGIN_ANON;
	scene.process.memcg = VMAVIEW_UNKNOWN64;
	if (!finds(&scene, NULL, 0))
		return false;
	scene.process.memcg = 7;
	scene.run.memcg = VMAVIEW_UNKNOWN64;
	return finds(&scene, NULL, 0);
}

static bool areas(void)
{
	struct scene scene;

	init(&scene);
	scene.process.mm[MM_MAP_COUNT] = 899;
	if (!finds(&scene, NULL, 0))
		return false;
	scene.process.mm[MM_MAP_COUNT] = 900;
	if (!finds(&scene, "map-count", 64 * MIB))
		return false;
	scene.known.limit = 0;
	if (!finds(&scene, NULL, 0))
		return false;
	strcpy(scene.area.perms, "rwxp");
	if (!finds(&scene, "writable-code", 64 * MIB))
		return false;
	strcpy(scene.area.perms, "r-xp");
	return finds(&scene, NULL, 0);
}

static bool lazyfree(void)
{
	struct scene scene;

	init(&scene);
	area_set(&scene.area, KEY_LAZYFREE, 4 * MIB);
	if (!finds(&scene, NULL, 0))
		return false;
	area_set(&scene.area, KEY_LAZYFREE, 5 * MIB);
	return finds(&scene, "lazyfree", 5 * MIB);
}

static bool huge(void)
{
	struct ops ext4 = { .symbol = "ext4_file_vm_ops" };
	struct scene scene;

	init(&scene);
	scene.known.ranges = &scene.ranges;
	for (unsigned int i = 0; i < HUGE_REASONS; i++) {
		bool told = i == HUGE_NOHUGEPAGE || i == HUGE_PRCTL || i == HUGE_THP_OFF || i == HUGE_THP_MADVISE ||
			    i == HUGE_MAX_SWAP || i == HUGE_MAX_NONE || i == HUGE_MAX_SHARED || i == HUGE_NOT_SCANNED;

		scene.range.reason = i;
		if (!finds(&scene, told ? "not-huge" : NULL, 8 * MIB))
			return ktap_note("of %s", huge_words[i]);
	}
	scene.range.reason = HUGE_THP_OFF;
	scene.range.small = 8 * MIB - 4096;
	if (!finds(&scene, NULL, 0))
		return false;
	scene.range.small = 8 * MIB;
	scene.area.ops = &ext4;
	return finds(&scene, NULL, 0);
}

/* Two processes with one thing, one of them with another. */
static bool order(void)
{
	struct findings findings = { .tables = 0 };
	const struct finding *list[2];
	struct scene scene;
	bool holds;

	init(&scene);
	strcpy(scene.area.perms, "rwxp");
	scene.run.memcg = 8;
	holds = !findings_add_process(&findings, &scene.process, &scene.known);
	scene.process.pid = 7;
	scene.area.end = 192 * MIB;
	holds = holds && !findings_add_process(&findings, &scene.process, &scene.known) &&
		!findings_add(&findings, ADVICE_UNMAPPED, 0, 17 * MIB);
	holds = holds && findings_sort(&findings, list, 2) == 2 && !strcmp(list[0]->row->kind, "writable-code") &&
		list[0]->bytes == 192 * MIB && list[0]->nr == 2 && list[0]->who[0].pid == 7 &&
		list[0]->who[1].pid == 42 && !strcmp(list[1]->row->kind, "unmapped") && !list[1]->nr &&
		list[1]->bytes == 17 * MIB;
	findings_free(&findings);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "where there is nothing, nothing is found", nothing },
	{ "debt is worth a line where it is more than what is free", debt },
	{ "page tables are, where they are more than an eighth of what they map", tables },
	{ "held pages are, where nothing that the process has may hold them", held },
	{ "anonymous memory that another cgroup pays for", elsewhere },
	{ "nine tenths of the areas that there may be, and those that are writable code", areas },
	{ "a heap of which more than half is given up", lazyfree },
	{ "memory that could be huge, by reason, but what cannot and what is a file's", huge },
	{ "the most bytes come first, of findings and of processes, and no more than asked for", order },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
