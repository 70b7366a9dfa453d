/* SPDX-License-Identifier: GPL-2.0 */
/*
 * area_place.h - in: the runs of a process; out: of each area where its pages are, and who is charged.
 *
 * What counts is present memory that is somebody's: zero pages and pages of the kernel's own are left out, as
 * numa_maps does.
 */
#ifndef VMAVIEW_AREA_PLACE_H
#define VMAVIEW_AREA_PLACE_H

#include "vmaview/model.h"

/* Nodes that a memory policy names, a bit each; of no kernel there are more. */
#define PLACE_NODES_MAX 1024

struct place_policy {
	bool names_nodes;		/* or it is the default one, or "local" */
	uint64_t node[PLACE_NODES_MAX / 64];
};

/* area->place of each area whose runs the process has whole.  0 or -ENOMEM. */
int places_of_runs(struct process *process);

/* A line of numa_maps after the address: "bind:0-1 anon=3 N0=3".  False where it is none. */
bool place_parse_policy(struct place_policy *policy, const char *text);

/* What of the area is on a node that the policy does not name; a policy that names none leaves it unknown. */
void place_apply_policy(struct area_place *place, const struct place_policy *policy);

/* The sum of what is known of both; a number is known of it where it is known of either. */
void place_add(struct area_place *sum, const struct area_place *place);

/* Nothing is in it, and nothing is known of it. */
void place_clear(struct area_place *place);

/* An empty one, with room for @nr_nodes, that lives as long as the process; NULL. */
struct area_place *place_new(struct process *process, uint32_t nr_nodes);

#endif /* VMAVIEW_AREA_PLACE_H */
