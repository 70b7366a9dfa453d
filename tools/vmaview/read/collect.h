/* SPDX-License-Identifier: GPL-2.0 */
/* collect.h - in: a PID, or a saved stream; out: its process, from the best source there is. */
#ifndef VMAVIEW_COLLECT_H
#define VMAVIEW_COLLECT_H

#include "vmaview/model.h"
#include "vmaview/reader.h"
#include "vmaview/snapshot_file.h"

/* Can the module be asked?  Found out when it is first needed, and kept. */
enum module_state {
	MODULE_UNTRIED,
	MODULE_USABLE,
	MODULE_ABSENT,		/* no device: not loaded */
	MODULE_NO_ACCESS,	/* the device's permissions */
	MODULE_NO_RIGHT,	/* capabilities, or lockdown */
	MODULE_OTHER_ABI,
	MODULE_TOO_OLD,		/* it does not know our requests */
	MODULE_BROKEN,		/* any other answer; see collector.error */
};

/* All that is known of areas. */
#define COLLECT_AREAS \
	(VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_MM | VMAVIEW_WANT_VMFLAGS)

/* For who reads many processes, one after the other: what reading them takes. */
struct collect_memory {
	void *buffer;			/* READER_BUFFER bytes; NULL: there are none */
	struct process_spare spare;
};

struct collector {
	uint32_t want;			/* enum vmaview_want; COLLECT_AREAS unless changed */
	uint64_t low;			/* only areas that overlap [low, high], both included */
	uint64_t high;
	struct vmaview_request select;	/* of runs: its flags and selection */
	bool whole;			/* runs of whole areas, also of those that the range cuts */
	bool module_only;		/* no /proc in its place, no gate area ... */
	bool gate;			/* ... unless this asks for it */
	bool maps_only;			/* of /proc, maps in place of smaps, which would hold the target up */
	bool proc_only;			/* as if the module were absent */
	bool nameless;			/* nobody asks for names and arguments: /proc is not read for them */
	struct collect_memory *memory;	/* processes are freed by process_leave_spare(); NULL: each has its own */
	bool places;			/* where pages are, and who is charged; the runs that it takes are not kept */
	enum module_state module;
	struct vmaview_version version;	/* once a module was found */
	uint64_t began;			/* of the process that it read last, process.began; 0: that was not it */
	int error;			/* -errno of the last failure, with ... */
	char why[160];			/* ... words for it */
};

void collector_init(struct collector *collector);

/* Ask for places, too: from here on runs are those that are needed for them. */
void collector_add_places(struct collector *collector);

enum collected {
	COLLECTED,
	COLLECT_NOBODY,		/* no such process */
	COLLECT_KERNEL_THREAD,
	COLLECT_ZOMBIE,
	COLLECT_NO_MODULE,	/* module_only, and collector->module says what is wrong */
	COLLECT_FAILED,		/* collector->why */
};

/* @process is initialised by this; free it whatever comes. */
enum collected collect_process(struct collector *collector, struct process *process, pid_t pid);

/* One moment of a file that record wrote, or a core file. */
struct saved {
	struct snapshot_file file;
	int core;			/* a core file in its place, of one moment and process; -1: none */
	size_t first;
	size_t nr;			/* processes */
};

/* 0, or -errno with collector->why set; close it whatever comes. */
int collect_saved_open(struct collector *collector, struct saved *saved, const char *path, uint32_t moment);
/* Each process once, in their order.  As collect_process(). */
enum collected collect_saved(struct collector *collector, struct saved *saved, size_t number, struct process *process);
void collect_saved_close(struct saved *saved);

/*
 * Open the stream of @pid, for whoever wants its bytes: 0, or -errno with collector->module and
 * collector->why set.
 */
int collect_open(struct collector *collector, struct reader *reader, pid_t pid);

/* The areas that overlap the collector's range, as pmap -A takes them. */
bool collect_in_range(const struct collector *collector, const struct area *area);

#endif /* VMAVIEW_COLLECT_H */
