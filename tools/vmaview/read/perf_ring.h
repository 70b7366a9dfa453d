/* SPDX-License-Identifier: GPL-2.0 */
/*
 * perf_ring.h - in: the bytes of a ring that the kernel fills with perf events; out: its records,
 * checked, one by one.  Opens nothing, prints nothing.
 */
#ifndef VMAVIEW_PERF_RING_H
#define VMAVIEW_PERF_RING_H

#include <linux/perf_event.h>
#include <stddef.h>
#include <stdint.h>

/* What each sample carries: one layout for all events, so that they can share a ring. */
#define PERF_RING_SAMPLE \
	(PERF_SAMPLE_IDENTIFIER | PERF_SAMPLE_IP | PERF_SAMPLE_TID | PERF_SAMPLE_TIME | \
	 PERF_SAMPLE_ADDR | PERF_SAMPLE_RAW)

enum perf_note_kind {
	PERF_NOTE_SAMPLE,
	PERF_NOTE_EXIT,		/* a thread has ended */
	PERF_NOTE_LOST,		/* the ring was full */
};

/* The longest raw part that is wanted: that of signal_generate, comm[16] included. */
#define PERF_RAW_MAX 128

struct perf_note {
	enum perf_note_kind kind;
	uint64_t time;		/* ns of the clock that the event was opened with */
	uint32_t tid;
	uint64_t id;		/* of the event, as PERF_EVENT_IOC_ID says it */
	uint64_t ip;
	uint64_t addr;
	uint64_t lost;		/* how many records, of PERF_NOTE_LOST */
	uint32_t raw_size;	/* what there is, or as much of it as fits */
	unsigned char raw[PERF_RAW_MAX];
};

struct perf_ring {
	const unsigned char *data;
	uint64_t size;		/* a power of 2 */
	uint64_t tail;		/* read up to here */
	uint64_t head;		/* the kernel wrote up to here */
};

/*
 * 1 and a note; 0: all is read; -EBADMSG: what is there is no record, and all of it is given up.
 * Records of no interest are passed over.
 */
int perf_ring_next(struct perf_ring *ring, struct perf_note *note);

#endif /* VMAVIEW_PERF_RING_H */
