// SPDX-License-Identifier: GPL-2.0
/*
 * fault_events.c - in: rings, one a processor; out: events, in the order of time.
 *
 * The events of a thread that changed processors lie in two rings, and are not read at one moment.
 * So events wait until a whole reading has begun and ended since they happened.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "text/clock.h"
#include "verbs/faults/fault_ring.h"
#include "vmaview/grow.h"

uint64_t fault_clock(void)
{
	return clock_ns(CLOCK_MONOTONIC);
}

bool fault_is_opened(const struct fault_events *events, uint32_t tid)
{
	for (size_t i = 0; i < events->nr_threads; i++)
		if (events->threads[i] == tid)
			return true;
	return false;
}

/* Its number may be another thread's next, which has inherited its events. */
void fault_forget_thread(struct fault_events *events, uint32_t tid)
{
	for (size_t i = 0; i < events->nr_threads; i++)
		if (events->threads[i] == tid)
			events->threads[i] = events->threads[--events->nr_threads];
}

static int compare_id(const void *key, const void *member)
{
	uint64_t id = *(const uint64_t *)key;
	const struct fault_id *other = member;

	return (id > other->id) - (id < other->id);
}

static const struct fault_id *find_id(const struct fault_events *events, uint64_t id)
{
	return bsearch(&id, events->ids, events->nr_ids, sizeof(*events->ids), compare_id);
}

static bool read_sample(const struct fault_events *events, const struct perf_note *note,
			struct fault_event *event)
{
	const struct fault_id *id = find_id(events, note->id);

	/* Inherited by one that has events of its own: it reports the same, or has done so. */
	if (!id || (id->tid != note->tid && fault_is_opened(events, note->tid)))
		return false;
	event->kind = id->kind;
	return fault_source_read(&events->source[id->kind], note, event);
}

/* False: it says nothing to us. */
static bool read_note(struct fault_events *events, const struct perf_note *note,
		      struct fault_event *event)
{
	*event = (struct fault_event){ .tid = note->tid, .time = note->time };
	switch (note->kind) {
	case PERF_NOTE_SAMPLE:
		return read_sample(events, note, event);
	case PERF_NOTE_EXIT:
		fault_forget_thread(events, note->tid);
		event->kind = FAULT_ON_EXIT;
		return true;
	default:
		event->kind = FAULT_ON_LOST;
		event->error = note->lost;
		return true;
	}
}

static int append(struct fault_queue *queue, const struct fault_event *event)
{
	if (!grow(&queue->events, queue->nr, &queue->room, sizeof(*queue->events)))
		return -ENOMEM;
	queue->events[queue->nr] = *event;
	queue->events[queue->nr++].number = queue->appended++;
	return 0;
}

static int read_ring(struct fault_events *events, const struct fault_ring *ring)
{
	struct perf_event_mmap_page *map = ring->map;
	struct perf_ring bytes = {
		.data = (unsigned char *)map + map->data_offset,
		.size = map->data_size,
		.tail = map->data_tail,
		.head = __atomic_load_n(&map->data_head, __ATOMIC_ACQUIRE),
	};
	struct fault_event event;
	struct perf_note note;
	int ret = 0, more;

	while (!ret && (more = perf_ring_next(&bytes, &note)) > 0)
		if (read_note(events, &note, &event))
			ret = append(&events->queue, &event);
	if (!ret && more < 0) {
		events->damaged++;
		event = (struct fault_event){ .kind = FAULT_ON_LOST, .time = fault_clock() };
		ret = append(&events->queue, &event);
	}
	__atomic_store_n(&map->data_tail, bytes.tail, __ATOMIC_RELEASE);
	return ret;
}

static int compare_events(const void *a, const void *b)
{
	const struct fault_event *event_a = a, *event_b = b;

	if (event_a->time != event_b->time)
		return event_a->time > event_b->time ? 1 : -1;
	return (event_a->number > event_b->number) - (event_a->number < event_b->number);
}

/* Hands over what happened before @horizon. */
static int give(struct fault_queue *queue, uint64_t horizon,
		int (*take)(void *argument, const struct fault_event *event), void *argument)
{
	size_t given = 0;
	int ret = 0;

	qsort(queue->events, queue->nr, sizeof(*queue->events), compare_events);
	while (ret >= 0 && given < queue->nr && queue->events[given].time < horizon)
		ret = take(argument, &queue->events[given++]);
	queue->nr -= given;
	memmove(queue->events, queue->events + given, queue->nr * sizeof(*queue->events));
	return ret < 0 ? ret : 0;
}

int fault_events_read(struct fault_events *events,
		      int (*take)(void *argument, const struct fault_event *event), void *argument)
{
	uint64_t horizon = events->round;
	int ret = 0;

	events->round = fault_clock();
	for (size_t i = 0; !ret && i < events->nr_rings; i++)
		ret = read_ring(events, &events->rings[i]);
	if (!ret && events->queue.nr)
		ret = give(&events->queue, horizon, take, argument);
	return ret;
}

int fault_events_fd(const struct fault_events *events, size_t ring)
{
	return events->rings[ring].fd;
}
