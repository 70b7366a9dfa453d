/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fault_track.h - in: events of threads, in the order of time; out: faults that have ended.
 *
 * A fault is an exception, what its thread did in it, and the end: the kernel's counter, a signal,
 * or neither.  Opens nothing, prints nothing.
 */
#ifndef VMAVIEW_FAULT_TRACK_H
#define VMAVIEW_FAULT_TRACK_H

#include <stdint.h>

#include "verbs/faults/fault_kind.h"

enum fault_event_kind {
	FAULT_ON_MINOR,		/* PERF_COUNT_SW_PAGE_FAULTS_MIN: served */
	FAULT_ON_MAJOR,		/* PERF_COUNT_SW_PAGE_FAULTS_MAJ */
	FAULT_ON_SIGNAL,	/* signal:signal_generate, by the thread itself */
	FAULT_ON_ALLOC,		/* kmem:mm_page_alloc of movable memory */
	FAULT_ON_KERNEL,	/* exceptions:page_fault_kernel: a system call touched memory */
	FAULT_ON_USER,		/* exceptions:page_fault_user */
	FAULT_ON_LOCKING,	/* mmap_lock:mmap_lock_start_locking: it wants that lock, and may have to wait */
	FAULT_ON_LOCKED,	/* mmap_lock:mmap_lock_acquire_returned: it has it, or gave up */
	FAULT_EVENTS,		/* so many are opened */
	FAULT_ON_EXIT = FAULT_EVENTS,	/* the thread is gone */
	FAULT_ON_LOST,		/* nothing is known of a while before this */
};

struct fault_event {
	enum fault_event_kind kind;
	uint32_t tid;
	uint64_t time;		/* ns */
	uint64_t number;	/* which of those of one moment was read first */
	uint64_t addr;		/* that was touched */
	uint64_t ip;		/* where the code was that touched it */
	uint64_t error;		/* of an exception: enum fault_error; of a loss: records */
	bool write;		/* of a lock: to change the address space */
	bool success;		/* of a lock: it has it */
	int signal;
	int code;		/* si_code of it */
};

/* Bits of the error code, arch/x86/include/asm/trap_pf.h. */
enum fault_error {
	FAULT_ERROR_PRESENT	= 1,
	FAULT_ERROR_WRITE	= 2,
	FAULT_ERROR_EXEC	= 16,
};

struct fault {
	uint64_t time;		/* of its end */
	uint64_t latency;	/* ns from the exception to the counter, or for a lock; 0: not known */
	uint64_t addr;
	uint64_t ip;
	uint32_t tid;
	bool entered;		/* the exception was seen: the next five, and ip, are known */
	bool by_kernel;		/* a system call's access, not the program's own */
	bool present;
	bool write;
	bool exec;
	bool allocated;
	enum fault_end end;
};

struct fault_tracker {
	struct fault_thread *threads;	/* by tid */
	size_t nr;
	size_t room;
};

/* 1: @fault has ended by this; 0: none has; -ENOMEM. */
int fault_track(struct fault_tracker *tracker, const struct fault_event *event,
		struct fault *fault);
void fault_tracker_free(struct fault_tracker *tracker);

#endif /* VMAVIEW_FAULT_TRACK_H */
