/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fault_events.h - in: a process; out: what its threads do in page faults, in the order of time.
 *
 * perf_event_open(2) on each thread and each processor, inherited by threads that come later: the
 * kernel's counters of faults, and, where tracefs has them, exceptions, allocations, signals and mmap_lock.
 * Nothing of the process is stopped or changed.
 */
#ifndef VMAVIEW_FAULT_EVENTS_H
#define VMAVIEW_FAULT_EVENTS_H

#include <sys/types.h>

#include "verbs/faults/fault_format.h"
#include "verbs/faults/fault_track.h"

/* One kind of event, as the running kernel has it. */
struct fault_source {
	bool usable;
	uint64_t config;		/* of perf_event_attr */
	struct fault_field field[3];	/* of a tracepoint, see fault_source.c */
};

/* Fills all FAULT_EVENTS of @sources; without exceptions there are only the two counters.  @locks: mmap_lock's, too. */
void fault_sources_find(struct fault_source *sources, bool locks);

/* What a sample of @source says: false if it is not one of ours. */
bool fault_source_read(const struct fault_source *source, const struct perf_note *note,
		       struct fault_event *event);

struct fault_id;
struct fault_ring;

struct fault_queue {
	struct fault_event *events;
	size_t nr;
	size_t room;
	uint64_t appended;
};

struct fault_events {
	pid_t pid;
	struct fault_source source[FAULT_EVENTS];
	uint32_t *threads;		/* opened, and not gone */
	size_t nr_threads;
	struct fault_id *ids;		/* of events, by id once all are open */
	size_t nr_ids;
	size_t room_ids;
	struct fault_ring *rings;	/* one a processor */
	size_t nr_rings;
	struct fault_queue queue;	/* read, and perhaps not yet complete */
	uint64_t round;			/* when the last reading began */
	uint64_t damaged;		/* rings that held what is no record */
};

/*
 * @locks: when threads take mmap_lock, too, which the source then says that it can.  0; -errno: of perf_event_open(2),
 * or -ESRCH: no such process.  Close it whatever comes.
 */
int fault_events_open(struct fault_events *events, pid_t pid, bool locks);
void fault_events_close(struct fault_events *events);

/* To poll(2) for, one a ring; enough is there to be read. */
int fault_events_fd(const struct fault_events *events, size_t ring);

/*
 * Read the rings.  What happened before the reading before this one began is complete and in
 * order then: @take is called for each of it.  0, what @take returned below 0, or -ENOMEM.
 */
int fault_events_read(struct fault_events *events,
		      int (*take)(void *argument, const struct fault_event *event), void *argument);

/* Now, by the clock of the events, in ns. */
uint64_t fault_clock(void);

#endif /* VMAVIEW_FAULT_EVENTS_H */
