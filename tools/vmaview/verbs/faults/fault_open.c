// SPDX-License-Identifier: GPL-2.0
/*
 * fault_open.c - in: a process; out: events on all of its threads, running.
 *
 * A thread that is made while threads are listed may be listed, or inherit the events of the one
 * that made it, or both.  So the list is read again until nobody is new, and what is then reported
 * twice is dropped by fault_events.c.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "verbs/faults/fault_ring.h"
#include "vmaview/grow.h"

/* Pages of a ring: with the right to lock memory, and what anybody may have (perf_event_mlock_kb). */
static const size_t ring_pages[] = { 256, 128, 16 };

#define WAKEUP (16 * 1024)	/* bytes that are worth reading */

static int open_event(const struct fault_source *source, int kind, pid_t tid, int cpu)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = kind >= FAULT_ON_SIGNAL ? PERF_TYPE_TRACEPOINT : PERF_TYPE_SOFTWARE,
		.config = source->config,
		.sample_period = 1,
		.sample_type = PERF_RING_SAMPLE,
		.sample_id_all = 1,
		.disabled = 1,
		.inherit = 1,
		.inherit_thread = 1,
		.task = kind == FAULT_ON_MINOR,
		.watermark = 1,
		.wakeup_watermark = WAKEUP,
		.use_clockid = 1,
		.clockid = CLOCK_MONOTONIC,
	};

	return syscall(SYS_perf_event_open, &attr, tid, cpu, -1, PERF_FLAG_FD_CLOEXEC);
}

static int map_ring(struct fault_ring *ring, int fd)
{
	size_t page = sysconf(_SC_PAGESIZE);

	for (size_t i = 0; i < sizeof(ring_pages) / sizeof(ring_pages[0]); i++) {
		size_t length = (ring_pages[i] + 1) * page;
		void *map = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

		if (map != MAP_FAILED) {
			ring->map = map;
			ring->length = length;
			ring->fd = fd;
			return 0;
		}
		if (errno != EPERM && errno != ENOMEM)
			break;
	}
	return -errno;
}

static int keep_id(struct fault_events *events, const struct fault_id *id)
{
	if (!grow(&events->ids, events->nr_ids, &events->room_ids, sizeof(*events->ids)))
		return -ENOMEM;
	events->ids[events->nr_ids++] = *id;
	return 0;
}

/* -ESRCH: the thread is gone. */
static int open_one(struct fault_events *events, struct fault_ring *ring, uint32_t tid, int kind)
{
	struct fault_id id = { .tid = tid, .kind = kind };
	int ret;

	id.fd = open_event(&events->source[kind], kind, tid, ring->cpu);
	if (id.fd < 0)
		return -errno;
	ret = keep_id(events, &id);
	if (ret) {
		close(id.fd);
		return ret;
	}
	if (ioctl(id.fd, PERF_EVENT_IOC_ID, &events->ids[events->nr_ids - 1].id))
		return -errno;
	if (kind == FAULT_ON_ALLOC)	/* only to spare records: samples are looked at, too */
		ioctl(id.fd, PERF_EVENT_IOC_SET_FILTER, "migratetype == 1");
	if (ring->fd < 0)
		return map_ring(ring, id.fd);
	return ioctl(id.fd, PERF_EVENT_IOC_SET_OUTPUT, ring->fd) ? -errno : 0;
}

/*
 * Tracepoints need more rights than counters.  The first that is refused is done without, and so
 * are the others, as half of the picture would be a wrong one.
 */
static bool can_do_without(struct fault_events *events, int kind, int error)
{
	if (kind < FAULT_ON_SIGNAL || events->nr_threads || (error != -EACCES && error != -EPERM))
		return false;
	for (int other = FAULT_ON_SIGNAL; other < FAULT_EVENTS; other++)
		events->source[other].usable = false;
	return true;
}

static int open_thread(struct fault_events *events, uint32_t tid)
{
	uint32_t *threads = reallocarray(events->threads, events->nr_threads + 1, sizeof(*threads));

	if (!threads)
		return -ENOMEM;
	events->threads = threads;
	for (size_t i = 0; i < events->nr_rings; i++)
		for (int kind = 0; kind < FAULT_EVENTS; kind++) {
			int ret = events->source[kind].usable ?
				  open_one(events, &events->rings[i], tid, kind) : 0;

			if (ret && !can_do_without(events, kind, ret))
				return ret;
		}
	threads[events->nr_threads++] = tid;
	return 0;
}

/* How many threads are new; -errno. */
static int open_new_threads(struct fault_events *events)
{
	struct dirent *entry;
	char path[32];
	int ret = 0, new = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", events->pid);
	dir = opendir(path);
	if (!dir)
		return errno == ENOENT ? -ESRCH : -errno;
	while (!ret && (entry = readdir(dir))) {
		uint32_t tid = strtoul(entry->d_name, NULL, 10);

		if (!tid || fault_is_opened(events, tid))
			continue;
		ret = open_thread(events, tid);
		new += !ret;
		if (ret == -ESRCH)
			ret = 0;
	}
	closedir(dir);
	return ret ? ret : new;
}

/*
 * The counters first and the exceptions last: an exception whose end is not counted yet would be
 * taken for one that failed.
 */
static int enable(const struct fault_events *events, size_t from)
{
	for (int kind = 0; kind < FAULT_EVENTS; kind++)
		for (size_t i = from; i < events->nr_ids; i++)
			if (events->ids[i].kind == (enum fault_event_kind)kind &&
			    ioctl(events->ids[i].fd, PERF_EVENT_IOC_ENABLE, 0))
				return -errno;
	return 0;
}

/* "0-3,8\n": the processors that are there now. */
static int make_rings(struct fault_events *events)
{
	FILE *file = fopen("/sys/devices/system/cpu/online", "re");
	int first, last, ret = 0;
	char after;

	if (!file)
		return -errno;
	while (!ret && fscanf(file, "%d", &first) == 1) {
		last = first;
		after = fgetc(file);
		if (after == '-' && fscanf(file, "%d%c", &last, &after) != 2)
			break;
		for (int cpu = first; !ret && cpu <= last; cpu++) {
			struct fault_ring *rings = reallocarray(events->rings, events->nr_rings + 1,
								sizeof(*rings));

			ret = rings ? 0 : -ENOMEM;
			if (!rings)
				break;
			events->rings = rings;
			rings[events->nr_rings++] = (struct fault_ring){ .cpu = cpu, .fd = -1 };
		}
	}
	fclose(file);
	return !ret && !events->nr_rings ? -EIO : ret;
}

/* The most files that the kernel lets anybody have; 0 where it does not say. */
static rlim_t most_files(void)
{
	FILE *file = fopen("/proc/sys/fs/nr_open", "re");
	unsigned long long most = 0;

	if (file && fscanf(file, "%llu", &most) != 1)
		most = 0;
	if (file)
		fclose(file);
	return most;
}

/* Six events a thread and a processor: root may raise the hard limit, others have what there is of it. */
static void allow_many_files(void)
{
	struct rlimit limit, more;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return;
	more.rlim_cur = more.rlim_max = most_files();
	if (more.rlim_max > limit.rlim_max && !setrlimit(RLIMIT_NOFILE, &more))
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static int compare_ids(const void *a, const void *b)
{
	const struct fault_id *id_a = a, *id_b = b;

	return (id_a->id > id_b->id) - (id_a->id < id_b->id);
}

int fault_events_open(struct fault_events *events, pid_t pid, bool locks)
{
	size_t enabled = 0;
	int ret;

	*events = (struct fault_events){ .pid = pid };
	fault_sources_find(events->source, locks);
	allow_many_files();
	ret = make_rings(events);
	while (!ret && (ret = open_new_threads(events)) > 0) {
		ret = enable(events, enabled);
		enabled = events->nr_ids;
	}
	if (!ret && !events->nr_threads)
		ret = -ESRCH;
	qsort(events->ids, events->nr_ids, sizeof(*events->ids), compare_ids);
	return ret;
}

void fault_events_close(struct fault_events *events)
{
	for (size_t i = 0; i < events->nr_rings; i++)
		if (events->rings[i].map)
			munmap(events->rings[i].map, events->rings[i].length);
	for (size_t i = 0; i < events->nr_ids; i++)
		close(events->ids[i].fd);
	free(events->ids);
	free(events->rings);
	free(events->threads);
	free(events->queue.events);
	*events = (struct fault_events){ .pid = 0 };
}
