// SPDX-License-Identifier: GPL-2.0
/* area_place.c - where pages are and who is charged: by runs, by what numa_maps says of a policy, and in all. */
#include <string.h>

#include "ktap.h"
#include "vmaview/area_place.h"
#include "vmaview/totals.h"

enum { PAGE = 4096, OWN = 7, OTHER = 8 };

static void add_area(struct process *process, uint64_t start, uint64_t pages)
{
	struct area *area = process_add_area(process);

	area->start = start;
	area->end = start + pages * PAGE;
	area->name = "";
}

static struct vmaview_run *add_run(struct process *process, uint64_t start, uint64_t pages, uint32_t node)
{
	struct vmaview_run *run = process_add_run(process);

	run->start = start;
	run->end = start + pages * PAGE;
	run->node = node;
	run->memcg = OWN;
	run->state = VMAVIEW_STATE_PRESENT;
	run->origin = VMAVIEW_ORIGIN_ANON;
	return run;
}

/* Two areas: 3 pages on node 0, 4 of another cgroup on node 2; and 5 that are nobody's, 6 that nobody pays for. */
static void fill(struct process *process)
{
	process_init(process);
	process->has_runs = true;
	process->memcg = OWN;
	add_area(process, 0x10000, 16);
	add_area(process, 0x40000, 32);
	add_run(process, 0x10000, 3, 0);
	add_run(process, 0x14000, 4, 2)->memcg = OTHER;
	add_run(process, 0x40000, 1, 0)->origin = VMAVIEW_ORIGIN_ZERO;
	add_run(process, 0x41000, 1, 0)->origin = VMAVIEW_ORIGIN_HUGE_ZERO;
	add_run(process, 0x42000, 1, 0)->origin = VMAVIEW_ORIGIN_SPECIAL;
	add_run(process, 0x43000, 1, VMAVIEW_UNKNOWN);
	add_run(process, 0x44000, 1, 0)->state = VMAVIEW_STATE_MIGRATION;
	add_run(process, 0x45000, 6, 1)->memcg = 0;
}

static bool is(const struct area_place *place, uint64_t elsewhere, const uint64_t node[3])
{
	if (place && place->nr_nodes == 3 && place->knows_elsewhere && place->elsewhere == elsewhere * PAGE &&
	    place->node[0] == node[0] * PAGE && place->node[1] == node[1] * PAGE && place->node[2] == node[2] * PAGE)
		return true;
	return ktap_note("%s, elsewhere %llu", place ? "a place" : "no place",
			 place ? (unsigned long long)place->elsewhere / PAGE : 0);
}

static bool runs(void)
{
	struct process process;
	struct area total;
	bool holds;

	fill(&process);
	holds = !places_of_runs(&process) && is(process.areas[0].place, 4, (uint64_t[]){ 3, 0, 4 }) &&
		is(process.areas[1].place, 0, (uint64_t[]){ 0, 6, 0 });
	totals_sum(&process, &total);
	holds = holds && is(total.place, 4, (uint64_t[]){ 3, 6, 4 });
	totals_sum(&process, &total);	/* twice is not double */
	holds = holds && is(total.place, 4, (uint64_t[]){ 3, 6, 4 }) && !total.place->knows_remote;
	process_free(&process);
	return holds;
}

static bool unknown(void)
{
	struct process process;
	struct area total;
	bool holds;

	fill(&process);
	process.memcg = VMAVIEW_UNKNOWN64;
	process.range_end = 0x50000;
	holds = !places_of_runs(&process) && process.areas[0].place && !process.areas[0].place->knows_elsewhere &&
		!process.areas[1].place;
	totals_sum(&process, &total);
	holds = holds && !total.place;
	process_free(&process);
	return holds;
}

static bool no_runs(void)
{
	struct process process;
	bool holds;

	fill(&process);
	process.has_runs = false;
	holds = !places_of_runs(&process) && !process.areas[0].place;
	process_free(&process);
	return holds;
}

static bool policies(void)
{
	static const struct {
		const char *text;
		bool holds;
		uint64_t nodes;		/* the first 64 */
	} rows[] = {
		{ "default file=/a N0=1\n", true, 0 },
		{ "default\n", true, 0 },
		{ "default", true, 0 },
		{ "local anon=1", true, 0 },
		{ "bind:0 anon=1 N0=1", true, 1 },
		{ "bind=static:1-2,4 anon=1", true, 0x16 },
		{ "bind=relative|balancing:63", true, UINT64_C(1) << 63 },
		{ "prefer:1\n", true, 2 },
		{ "prefer (many):0,3\n", true, 9 },
		{ "prefer=static\n", true, 0 },
		{ "interleave:0-1", true, 3 },
		{ "weighted interleave:0-1", true, 3 },
		{ "bind:", false, 0 },
		{ "bind:2-1", false, 0 },
		{ "bind:1024", false, 0 },
		{ "bind:x", false, 0 },
		{ "bound:1", false, 0 },
		{ "defaults", false, 0 },
		{ "", false, 0 },
	};
	struct place_policy policy;
	bool holds = true;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (place_parse_policy(&policy, rows[i].text) != rows[i].holds ||
		    (rows[i].holds && (policy.node[0] != rows[i].nodes || policy.names_nodes != !!rows[i].nodes)))
			holds = ktap_note("'%s'", rows[i].text);
	return holds && place_parse_policy(&policy, "bind:64,1023") && policy.node[1] == 1 &&
	       policy.node[15] == UINT64_C(1) << 63;
}

static bool remote(void)
{
	struct place_policy policy;
	struct process process;
	struct area total;
	bool holds;

	fill(&process);
	holds = !places_of_runs(&process) && place_parse_policy(&policy, "bind:0-1");
	place_apply_policy(process.areas[0].place, &policy);
	holds = holds && process.areas[0].place->knows_remote && process.areas[0].place->remote == 4 * PAGE;
	holds = holds && place_parse_policy(&policy, "default");
	place_apply_policy(process.areas[1].place, &policy);
	totals_sum(&process, &total);
	holds = holds && !process.areas[1].place->knows_remote && total.place->knows_remote &&
		total.place->remote == 4 * PAGE;
	process_free(&process);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "each area has its own runs, and all together are the total", runs },
	{ "what runs do not say is not known", unknown },
	{ "without runs there is no place", no_runs },
	{ "policies as numa_maps has them", policies },
	{ "remote is what the policy does not name", remote },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
