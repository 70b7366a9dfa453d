// SPDX-License-Identifier: GPL-2.0
/*
 * fault_track.c - in: events of threads; out: faults that have ended.
 *
 * A thread is in one fault at a time: the handler touches no memory of users.  What it allocates
 * between exception and counter is for this fault.  It waits for one mmap_lock at a time, in a fault or not.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/faults/fault_track.h"
#include "vmaview/grow.h"

struct fault_thread {
	uint32_t tid;
	bool pending;
	uint64_t entered_at;
	uint64_t locking_at;		/* 0: it waits for no mmap_lock that we know of */
	struct fault fault;
};

/* Where @tid is, or would be. */
static size_t place_of(const struct fault_tracker *tracker, uint32_t tid)
{
	size_t low = 0, high = tracker->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (tracker->threads[middle].tid < tid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct fault_thread *find(struct fault_tracker *tracker, uint32_t tid)
{
	size_t place = place_of(tracker, tid);

	return place < tracker->nr && tracker->threads[place].tid == tid ?
	       &tracker->threads[place] : NULL;
}

static struct fault_thread *add(struct fault_tracker *tracker, uint32_t tid)
{
	size_t place = place_of(tracker, tid);
	struct fault_thread *thread;

	if (!grow(&tracker->threads, tracker->nr, &tracker->room, sizeof(*tracker->threads)))
		return NULL;
	thread = &tracker->threads[place];
	memmove(thread + 1, thread, (tracker->nr - place) * sizeof(*thread));
	memset(thread, 0, sizeof(*thread));
	thread->tid = tid;
	tracker->nr++;
	return thread;
}

static void drop(struct fault_tracker *tracker, struct fault_thread *thread)
{
	size_t after = tracker->nr - (thread - tracker->threads) - 1;

	memmove(thread, thread + 1, after * sizeof(*thread));
	tracker->nr--;
}

/* The pending fault of the thread has ended. */
static int finish(struct fault_thread *thread, const struct fault_event *event, enum fault_end end,
		  struct fault *fault)
{
	thread->pending = false;
	*fault = thread->fault;
	fault->time = event->time;
	fault->end = end;
	if (end == FAULT_ENDED_MINOR || end == FAULT_ENDED_MAJOR)
		fault->latency = event->time - thread->entered_at;
	return 1;
}

/* One that is pending still was neither counted nor answered by a signal. */
static int enter(struct fault_tracker *tracker, struct fault_thread *thread,
		 const struct fault_event *event, struct fault *fault)
{
	int ret = 0;

	if (thread && thread->pending)
		ret = finish(thread, event, FAULT_ENDED_UNCOUNTED, fault);
	if (!thread)
		thread = add(tracker, event->tid);
	if (!thread)
		return -ENOMEM;
	thread->pending = true;
	thread->entered_at = event->time;
	thread->fault = (struct fault){
		.addr = event->addr,
		.ip = event->ip,
		.tid = event->tid,
		.entered = true,
		.by_kernel = event->kind == FAULT_ON_KERNEL,
		.present = event->error & FAULT_ERROR_PRESENT,
		.write = event->error & FAULT_ERROR_WRITE,
		.exec = event->error & FAULT_ERROR_EXEC,
	};
	return ret;
}

/* A pending one at another address: events are missing, and nothing can be said of it. */
static int count(struct fault_thread *thread, const struct fault_event *event, struct fault *fault)
{
	enum fault_end end = event->kind == FAULT_ON_MAJOR ? FAULT_ENDED_MAJOR : FAULT_ENDED_MINOR;

	if (thread && thread->pending && thread->fault.addr == event->addr)
		return finish(thread, event, end, fault);
	if (thread)
		thread->pending = false;
	*fault = (struct fault){
		.time = event->time,
		.addr = event->addr,
		.ip = event->ip,
		.tid = event->tid,
		.end = end,
	};
	return 1;
}

static int locking(struct fault_tracker *tracker, struct fault_thread *thread, const struct fault_event *event)
{
	if (!thread)
		thread = add(tracker, event->tid);
	if (!thread)
		return -ENOMEM;
	thread->locking_at = event->time;
	return 0;
}

/* mmap_read_trylock() and its like do not say that they begin: they never wait. */
static int locked(struct fault_thread *thread, const struct fault_event *event, struct fault *fault)
{
	uint64_t since = thread ? thread->locking_at : 0;

	if (thread)
		thread->locking_at = 0;
	if (!since || !event->success)
		return 0;
	*fault = (struct fault){
		.time = event->time,
		.latency = event->time > since ? event->time - since : 1,
		.tid = event->tid,
		.end = event->write ? FAULT_TOOK_WRITE_LOCK : FAULT_TOOK_READ_LOCK,
	};
	return 1;
}

/* Codes above 0 are the kernel's own: force_sig_fault().  Others were sent by somebody. */
static int signal_for(struct fault_thread *thread, const struct fault_event *event,
		      struct fault *fault)
{
	if (!thread || !thread->pending || event->code <= 0)
		return 0;
	if (event->signal == SIGSEGV)
		return finish(thread, event, FAULT_ENDED_SEGV, fault);
	if (event->signal == SIGBUS)
		return finish(thread, event, FAULT_ENDED_BUS, fault);
	return 0;
}

static int leave(struct fault_tracker *tracker, struct fault_thread *thread,
		 const struct fault_event *event, struct fault *fault)
{
	int ret = 0;

	if (!thread)
		return 0;
	if (thread->pending)
		ret = finish(thread, event, FAULT_ENDED_UNCOUNTED, fault);
	drop(tracker, thread);
	return ret;
}

int fault_track(struct fault_tracker *tracker, const struct fault_event *event,
		struct fault *fault)
{
	struct fault_thread *thread = find(tracker, event->tid);

	switch (event->kind) {
	case FAULT_ON_KERNEL:
	case FAULT_ON_USER:
		return enter(tracker, thread, event, fault);
	case FAULT_ON_ALLOC:
		if (thread && thread->pending)
			thread->fault.allocated = true;
		return 0;
	case FAULT_ON_SIGNAL:
		return signal_for(thread, event, fault);
	case FAULT_ON_MINOR:
	case FAULT_ON_MAJOR:
		return count(thread, event, fault);
	case FAULT_ON_LOCKING:
		return locking(tracker, thread, event);
	case FAULT_ON_LOCKED:
		return locked(thread, event, fault);
	case FAULT_ON_EXIT:
		return leave(tracker, thread, event, fault);
	default:
		/* An exception whose counter is among what was lost would count as failed. */
		for (size_t i = 0; i < tracker->nr; i++) {
			tracker->threads[i].pending = false;
			tracker->threads[i].locking_at = 0;
		}
		return 0;
	}
}

void fault_tracker_free(struct fault_tracker *tracker)
{
	free(tracker->threads);
	*tracker = (struct fault_tracker){ .nr = 0 };
}
