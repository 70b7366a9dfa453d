// SPDX-License-Identifier: GPL-2.0
/* perf_ring.c - in: bytes of a ring; out: records.  Layouts: include/uapi/linux/perf_event.h. */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "read/perf_ring.h"

/* A sample up to its raw part; the order is that of perf_output_sample(). */
struct sample {
	struct perf_event_header header;
	uint64_t id;
	uint64_t ip;
	uint32_t pid;
	uint32_t tid;
	uint64_t time;
	uint64_t addr;
	uint32_t raw_size;
};

#define SAMPLE_SIZE (offsetof(struct sample, raw_size) + sizeof(uint32_t))

/* What ends every other record: perf_event__output_id_sample(). */
struct trailer {
	uint32_t pid;
	uint32_t tid;
	uint64_t time;
	uint64_t id;
};

struct lost {
	struct perf_event_header header;
	uint64_t id;
	uint64_t lost;
	struct trailer trailer;
};

struct task {
	struct perf_event_header header;
	uint32_t pid;
	uint32_t ppid;
	uint32_t tid;
	uint32_t ptid;
	uint64_t time;
	struct trailer trailer;
};

/* Of the ring's bytes from @at on, which may go on at its beginning. */
static void copy(const struct perf_ring *ring, uint64_t at, void *out, size_t length)
{
	uint64_t offset = at & (ring->size - 1);
	size_t first = length < ring->size - offset ? length : ring->size - offset;

	memcpy(out, ring->data + offset, first);
	memcpy((char *)out + first, ring->data, length - first);
}

static bool take_sample(const struct perf_ring *ring, uint16_t size, struct perf_note *note)
{
	struct sample sample = { .id = 0 };

	if (size < SAMPLE_SIZE)
		return false;
	copy(ring, ring->tail, &sample, SAMPLE_SIZE);
	if (sample.raw_size > size - SAMPLE_SIZE)
		return false;
	note->kind = PERF_NOTE_SAMPLE;
	note->id = sample.id;
	note->ip = sample.ip;
	note->tid = sample.tid;
	note->time = sample.time;
	note->addr = sample.addr;
	note->raw_size = sample.raw_size < PERF_RAW_MAX ? sample.raw_size : PERF_RAW_MAX;
	copy(ring, ring->tail + SAMPLE_SIZE, note->raw, note->raw_size);
	return true;
}

static bool take_lost(const struct perf_ring *ring, uint16_t size, struct perf_note *note)
{
	struct lost lost;

	if (size < sizeof(lost))
		return false;
	copy(ring, ring->tail, &lost, sizeof(lost));
	note->kind = PERF_NOTE_LOST;
	note->time = lost.trailer.time;
	note->lost = lost.lost;
	return true;
}

static bool take_exit(const struct perf_ring *ring, uint16_t size, struct perf_note *note)
{
	struct task task;

	if (size < sizeof(task))
		return false;
	copy(ring, ring->tail, &task, sizeof(task));
	note->kind = PERF_NOTE_EXIT;
	note->time = task.trailer.time;
	note->tid = task.tid;
	return true;
}

/* 1: a note; 0: of no interest; -EBADMSG. */
static int take(const struct perf_ring *ring, const struct perf_event_header *header,
		struct perf_note *note)
{
	bool good;

	memset(note, 0, offsetof(struct perf_note, raw));
	switch (header->type) {
	case PERF_RECORD_SAMPLE:
		good = take_sample(ring, header->size, note);
		break;
	case PERF_RECORD_LOST:
		good = take_lost(ring, header->size, note);
		break;
	case PERF_RECORD_EXIT:
		good = take_exit(ring, header->size, note);
		break;
	default:
		return 0;
	}
	return good ? 1 : -EBADMSG;
}

int perf_ring_next(struct perf_ring *ring, struct perf_note *note)
{
	struct perf_event_header header;
	int ret = 0;

	if (ring->head - ring->tail > ring->size)
		ret = -EBADMSG;
	while (!ret && ring->tail != ring->head) {
		uint64_t left = ring->head - ring->tail;

		ret = -EBADMSG;
		if (left < sizeof(header))
			break;
		copy(ring, ring->tail, &header, sizeof(header));
		if (header.size < sizeof(header) || header.size % 8 || header.size > left)
			break;
		ret = take(ring, &header, note);
		if (ret >= 0)
			ring->tail += header.size;
	}
	/* Where the next record would begin cannot be known any more. */
	if (ret < 0)
		ring->tail = ring->head;
	return ret;
}
