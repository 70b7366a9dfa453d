/* SPDX-License-Identifier: GPL-2.0 */
/* fault_area.h - in: an address of a process; out: the area there, and what its memory is of. */
#ifndef VMAVIEW_FAULT_AREA_H
#define VMAVIEW_FAULT_AREA_H

#include "read/collect.h"
#include "verbs/faults/fault_backing.h"

/* The areas as they were read last.  They change under us: whoever finds none reads again. */
struct fault_areas {
	struct collector collector;
	struct process process;
	bool swap;			/* this machine has some */
	uint64_t userfault;		/* bits of vm_flags, 0 where they are not known */
	uint64_t hugetlb;
	struct fault_places places;	/* for want of the module */
};

/* The first reading, which says who it is; COLLECT_NO_MODULE: what /proc reports is there. */
enum collected fault_areas_open(struct fault_areas *areas, pid_t pid);
void fault_areas_close(struct fault_areas *areas);

/* What was read before stays if the process is gone. */
void fault_areas_read(struct fault_areas *areas);

/* NULL: none is known there. */
const struct area *fault_areas_find(const struct fault_areas *areas, uint64_t addr);

/* The part of @facts that is the area's; @area may be NULL. */
void fault_areas_tell(const struct fault_areas *areas, const struct area *area,
		      struct fault_facts *facts);

#endif /* VMAVIEW_FAULT_AREA_H */
