// SPDX-License-Identifier: GPL-2.0
/* area_place.c - in: the runs of a process; out: of each area where its pages are, and who is charged. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "vmaview/area_place.h"

/* Memory of nobody is on no node. */
static bool counts(const struct vmaview_run *run)
{
	return run->state == VMAVIEW_STATE_PRESENT && run->node < PLACE_NODES_MAX &&
	       run->origin != VMAVIEW_ORIGIN_ZERO && run->origin != VMAVIEW_ORIGIN_HUGE_ZERO &&
	       run->origin != VMAVIEW_ORIGIN_SPECIAL;
}

static uint32_t count_nodes(const struct process *process)
{
	uint32_t nr = 1;

	for (size_t i = 0; i < process->nr_runs; i++)
		if (counts(&process->runs[i]) && process->runs[i].node >= nr)
			nr = process->runs[i].node + 1;
	return nr;
}

struct area_place *place_new(struct process *process, uint32_t nr_nodes)
{
	size_t size = sizeof(struct area_place) + nr_nodes * sizeof(uint64_t), align = _Alignof(struct area_place);
	char *room = process_room(process, size + align);
	struct area_place *place = NULL;

	if (room) {
		place = (struct area_place *)(room + (align - (uintptr_t)room % align) % align);
		memset(place, 0, size);
		place->nr_nodes = nr_nodes;
	}
	return place;
}

/* What nobody is charged for is not charged elsewhere. */
static void add_run(struct area_place *place, const struct process *process, const struct vmaview_run *run)
{
	uint64_t bytes = run->end - run->start;

	place->node[run->node] += bytes;
	if (run->memcg && run->memcg != VMAVIEW_UNKNOWN64 && run->memcg != process->memcg)
		place->elsewhere += bytes;
}

int places_of_runs(struct process *process)
{
	const uint32_t nr_nodes = count_nodes(process);
	size_t next = 0;

	if (!process->has_runs)
		return 0;
	process->total_place = place_new(process, nr_nodes);
	if (!process->total_place)
		return -ENOMEM;
	for (size_t i = 0; i < process->nr_areas; i++) {
		struct area *area = &process->areas[i];

		if (area->gate)
			continue;
		area->place = place_new(process, nr_nodes);
		if (!area->place)
			return -ENOMEM;
		area->place->knows_elsewhere = process->memcg != VMAVIEW_UNKNOWN64;
		for (; next < process->nr_runs && process->runs[next].start < area->end; next++)
			if (process->runs[next].start >= area->start && counts(&process->runs[next]))
				add_run(area->place, process, &process->runs[next]);
		if (process->range_start > area->start || process->range_end < area->end)
			area->place = NULL;
	}
	return 0;
}

static bool add_range(struct place_policy *policy, unsigned long first, unsigned long last)
{
	if (first > last || last >= PLACE_NODES_MAX)
		return false;
	for (unsigned long node = first; node <= last; node++)
		policy->node[node / 64] |= UINT64_C(1) << node % 64;
	return true;
}

/* A node's number at *@text, which is after it then; one that is none is none of a policy, either. */
static unsigned long parse_node(const char **text)
{
	unsigned long node = 0;

	if (**text < '0' || **text > '9')
		return PLACE_NODES_MAX;
	for (; **text >= '0' && **text <= '9'; ++*text)
		if (node < PLACE_NODES_MAX)
			node = 10 * node + (unsigned long)(**text - '0');
	return node;
}

/* "0-1,3": bitmap_list_string() in lib/vsprintf.c. */
static bool parse_nodes(struct place_policy *policy, const char *text)
{
	do {
		unsigned long first = parse_node(&text), last = first;

		if (*text == '-') {
			text++;
			last = parse_node(&text);
		}
		if (!add_range(policy, first, last))
			return false;
	} while (*text++ == ',');
	return true;
}

bool place_parse_policy(struct place_policy *policy, const char *text)
{
	/* mpol_to_str() in mm/mempolicy.c: the first that fits. */
	static const char *const modes[] = {
		"default", "local", "prefer (many)", "prefer", "bind", "interleave", "weighted interleave",
	};

	memset(policy, 0, sizeof(*policy));
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		const char *rest = text + strlen(modes[i]);

		if (strncmp(text, modes[i], strlen(modes[i])))
			continue;
		if (*rest == '=')	/* "=static", "=relative|balancing" */
			rest += strcspn(rest, ":\n ");
		policy->names_nodes = *rest == ':';
		return policy->names_nodes ? parse_nodes(policy, rest + 1) : !*rest || *rest == ' ' || *rest == '\n';
	}
	return false;
}

void place_apply_policy(struct area_place *place, const struct place_policy *policy)
{
	place->remote = 0;
	place->knows_remote = policy->names_nodes;
	for (uint32_t node = 0; policy->names_nodes && node < place->nr_nodes; node++)
		if (!(policy->node[node / 64] >> node % 64 & 1))
			place->remote += place->node[node];
}

void place_clear(struct area_place *place)
{
	const uint32_t nr_nodes = place->nr_nodes;

	memset(place, 0, sizeof(*place) + nr_nodes * sizeof(place->node[0]));
	place->nr_nodes = nr_nodes;
}

void place_add(struct area_place *sum, const struct area_place *place)
{
	sum->elsewhere += place->elsewhere;
	sum->remote += place->remote;
	sum->knows_elsewhere |= place->knows_elsewhere;
	sum->knows_remote |= place->knows_remote;
	for (uint32_t node = 0; node < place->nr_nodes && node < sum->nr_nodes; node++)
		sum->node[node] += place->node[node];
}
