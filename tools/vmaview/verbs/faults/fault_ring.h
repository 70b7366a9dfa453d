/* SPDX-License-Identifier: GPL-2.0 */
/* fault_ring.h - what fault_open.c opens and fault_events.c reads: rings and the ids of events. */
#ifndef VMAVIEW_FAULT_RING_H
#define VMAVIEW_FAULT_RING_H

#include "verbs/faults/fault_events.h"

struct fault_id {
	uint64_t id;
	uint32_t tid;		/* that it was opened for; threads it makes inherit it, id and all */
	enum fault_event_kind kind;
	int fd;
};

struct fault_ring {
	int cpu;
	int fd;			/* of the event whose ring it is; -1 before there is one */
	struct perf_event_mmap_page *map;
	size_t length;
};

/* Whether @tid has events of its own. */
bool fault_is_opened(const struct fault_events *events, uint32_t tid);
void fault_forget_thread(struct fault_events *events, uint32_t tid);

#endif /* VMAVIEW_FAULT_RING_H */
