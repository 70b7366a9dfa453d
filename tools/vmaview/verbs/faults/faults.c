// SPDX-License-Identifier: GPL-2.0
/*
 * faults.c - in: a process; out: its page faults while they happen, with areas and kinds.
 *
 * Events are read when a ring fills, and ten times a second.  The areas are read again when a fault
 * is in none that is known, and at each interval.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "verbs/blame.h"
#include "verbs/faults/fault_area.h"
#include "verbs/faults/fault_events.h"
#include "verbs/faults/fault_print.h"
#include "verbs/faults/faults.h"

#define ROUND_MS 100

struct watch {
	struct options *options;
	struct fault_areas areas;
	bool areas_are_new;		/* read since the events that are looked at now */
	struct fault_events events;
	struct fault_tracker tracker;
	struct fault_sums interval;
	struct fault_sums total;
	uint64_t started;
	uint64_t interval_from;
	uint64_t left;			/* intervals, or faults of a stream, until --count is reached */
	struct pollfd *polled;		/* the process, signals, rings */
};

enum { POLL_PROCESS, POLL_SIGNALS, POLL_RINGS };

static uint64_t since_start(const struct watch *watch, uint64_t time)
{
	return time > watch->started ? time - watch->started : 0;
}

static const struct area *area_of(struct watch *watch, uint64_t addr)
{
	const struct area *area = fault_areas_find(&watch->areas, addr);

	if (area || watch->areas_are_new)
		return area;
	watch->areas_are_new = true;
	fault_areas_read(&watch->areas);
	return fault_areas_find(&watch->areas, addr);
}

static struct fault_row judge(struct watch *watch, const struct fault *fault)
{
	const struct area *area = fault_is_lock(fault->end) ? NULL : area_of(watch, fault->addr);
	struct fault_facts facts = {
		.end = fault->end,
		.entered = fault->entered,
		.present = fault->present,
		.write = fault->write,
		.allocated = fault->allocated,
	};

	fault_areas_tell(&watch->areas, area, &facts);
	return fault_row_of(fault, fault_kind(&facts), area);
}

static int add(struct watch *watch, struct fault_row *row)
{
	int ret;

	if (!watch->options->stream) {
		ret = fault_sums_add(&watch->interval, row);
		return ret ? ret : fault_sums_add(&watch->total, row);
	}
	if (watch->options->count && !watch->left)
		return 0;
	row->time = since_start(watch, row->time);
	fault_print_row(watch->options, row);
	if (watch->left)
		watch->left--;
	return 0;
}

static int add_lost(struct watch *watch, const struct fault_event *event)
{
	struct fault_row row = {
		.kind = FAULT_LOST, .faults = event->error, .name = "", .time = event->time,
	};

	return row.faults ? add(watch, &row) : 0;
}

static int take(void *argument, const struct fault_event *event)
{
	struct watch *watch = argument;
	struct fault fault;
	struct fault_row row;
	int ret = fault_track(&watch->tracker, event, &fault);

	if (!ret && event->kind == FAULT_ON_LOST)
		return add_lost(watch, event);
	if (ret <= 0)
		return ret;
	row = judge(watch, &fault);
	row.time = fault.time;
	return add(watch, &row);
}

/* Flushed only where there was something, as stdout may be a terminal. */
static int read_round(struct watch *watch)
{
	int ret;

	watch->areas_are_new = false;
	ret = fault_events_read(&watch->events, take, watch);
	if (watch->options->stream)
		flush_stdout();
	return ret;
}

/* All that has happened until now. */
static int catch_up(struct watch *watch)
{
	int ret = read_round(watch);

	return ret ? ret : read_round(watch);
}

static int end_interval(struct watch *watch, uint64_t now)
{
	int ret = catch_up(watch);

	if (ret || watch->options->stream)
		return ret;
	fault_sums_close(&watch->interval, since_start(watch, now), now - watch->interval_from);
	if (!watch->options->json)
		ret = fault_print_interval(watch->options, &watch->interval,
					   since_start(watch, now));
	fault_sums_free(&watch->interval);
	watch->interval_from = now;
	if (watch->left)
		watch->left--;
	return ret;
}

/* What came since the last whole interval, and then all of it. */
static int end(struct watch *watch)
{
	uint64_t now = fault_clock(), time = since_start(watch, now);
	int ret = catch_up(watch);

	if (!ret && watch->interval.nr)
		ret = end_interval(watch, now);
	if (ret || watch->options->stream)
		return ret;
	fault_sums_close(&watch->total, time, time);
	return fault_print_total(watch->options, &watch->areas.process, &watch->total, time);
}

static int wait_ms(const struct watch *watch, uint64_t next)
{
	uint64_t now = fault_clock();

	if (watch->options->stream || next > now + ROUND_MS * UINT64_C(1000000))
		return ROUND_MS;
	return next > now ? (next - now) / 1000000 + 1 : 0;
}

static bool is_over(const struct watch *watch)
{
	return watch->polled[POLL_PROCESS].revents || watch->polled[POLL_SIGNALS].revents ||
	       (watch->options->count && !watch->left) || ferror(stdout);
}

/* A ring whose first thread is gone would wake us all the time: it is then read each round. */
static void forget_hung_up(struct watch *watch)
{
	for (size_t i = POLL_RINGS; i < POLL_RINGS + watch->events.nr_rings; i++)
		if (watch->polled[i].revents & (POLLHUP | POLLERR | POLLNVAL))
			watch->polled[i].fd = -1;
}

static int follow(struct watch *watch)
{
	uint64_t next = watch->started + watch->options->interval;
	int ret = 0;

	while (!ret && !is_over(watch)) {
		if (poll(watch->polled, POLL_RINGS + watch->events.nr_rings,
			 wait_ms(watch, next)) < 0 && errno != EINTR)
			return -errno;
		forget_hung_up(watch);
		if (watch->options->stream || fault_clock() < next) {
			ret = read_round(watch);
			continue;
		}
		ret = end_interval(watch, next);
		next += watch->options->interval;
		fault_areas_read(&watch->areas);
	}
	return ret ? ret : end(watch);
}

static int open_polled(struct watch *watch)
{
	size_t nr = POLL_RINGS + watch->events.nr_rings;
	sigset_t signals;

	watch->polled = calloc(nr, sizeof(*watch->polled));
	if (!watch->polled)
		return -ENOMEM;
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	for (size_t i = 0; i < nr; i++)
		watch->polled[i].events = POLLIN;
	watch->polled[POLL_PROCESS].fd = syscall(SYS_pidfd_open, watch->areas.process.pid, 0);
	watch->polled[POLL_SIGNALS].fd = signalfd(-1, &signals, SFD_CLOEXEC);
	for (size_t i = POLL_RINGS; i < nr; i++)
		watch->polled[i].fd = fault_events_fd(&watch->events, i - POLL_RINGS);
	return watch->polled[POLL_PROCESS].fd < 0 || watch->polled[POLL_SIGNALS].fd < 0 ?
	       -errno : 0;
}

static void say_limits(const struct watch *watch)
{
	char why[512];

	if (watch->areas.collector.proc_only) {
		blame_module(&watch->areas.collector, why, sizeof(why));
		say("areas are those of /proc: %s", why);
	}
	if (!watch->events.source[FAULT_ON_USER].usable)
		say("no tracepoints of exceptions, allocations and signals here, or no right to "
		    "them: faults are but minor or major, without latency, and those that fail "
		    "are not seen");
}

static int say_error(const struct watch *watch, int error)
{
	pid_t pid = watch->areas.process.pid;

	switch (error) {
	case -EACCES:
	case -EPERM:
		say("no right to perf events of PID %d: needs CAP_PERFMON, or a lower "
		    "kernel.perf_event_paranoid", pid);
		return EXIT_FAILED;
	case -EMFILE:
	case -ENFILE:
		say("PID %d has too many threads: each needs open files, %d a processor", pid,
		    watch->options->lock_waits ? FAULT_EVENTS : FAULT_ON_LOCKING);
		return EXIT_FAILED;
	case -ENOSYS:
	case -ENOENT:
		say("this kernel has no perf events of page faults");
		return EXIT_FAILED;
	case -ESRCH:
		say("no process has PID %d", pid);
		return EXIT_NOBODY;
	default:
		say("PID %d: its faults cannot be followed: %s", pid, strerror(-error));
		return EXIT_FAILED;
	}
}

/* None would be taken for no waits. */
static bool lacks_locks(const struct watch *watch)
{
	return watch->options->lock_waits && !watch->events.source[FAULT_ON_LOCKED].usable;
}

static int run(struct watch *watch)
{
	int ret = fault_events_open(&watch->events, watch->areas.process.pid, watch->options->lock_waits);

	if (!ret && lacks_locks(watch)) {
		say("no tracepoints of mmap_lock here, or no right to them: its waits cannot be seen");
		return EXIT_FAILED;
	}
	if (!ret)
		ret = open_polled(watch);
	if (ret)
		return say_error(watch, ret);
	watch->started = watch->interval_from = fault_clock();
	watch->left = watch->options->count;
	say_limits(watch);
	ret = fault_print_begin(watch->options, &watch->areas.process);
	if (!ret)
		ret = follow(watch);
	if (!ret)
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

static int refuse(const struct fault_areas *areas, enum collected collected, pid_t pid)
{
	blame_target(&areas->collector, collected, pid);
	return collected == COLLECT_NOBODY ? EXIT_NOBODY : EXIT_FAILED;
}

int faults_main(struct options *options)
{
	struct watch watch = { .options = options };
	enum collected collected;
	int ret;

	if (options->histogram && (options->stream || options->json || options->raw)) {
		say("--histogram draws for the eye; the column Latency_Log2 has the same for --stream, -J and -r");
		return EXIT_USAGE;
	}
	if (options->stream && (options->sort || options->head)) {
		say("--stream prints faults as they come; it takes no --sort or --head");
		return EXIT_USAGE;
	}
	collected = fault_areas_open(&watch.areas, options->targets.list[0].pid);
	if (collected == COLLECTED || collected == COLLECT_NO_MODULE)
		ret = run(&watch);
	else
		ret = refuse(&watch.areas, collected, options->targets.list[0].pid);
	free(watch.polled);
	fault_sums_free(&watch.interval);
	fault_sums_free(&watch.total);
	fault_tracker_free(&watch.tracker);
	fault_events_close(&watch.events);
	fault_areas_close(&watch.areas);
	return ret;
}
