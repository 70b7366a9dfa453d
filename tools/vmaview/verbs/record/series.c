// SPDX-License-Identifier: GPL-2.0
/* series.c - in: an interval and what a moment waits for; out: when the next one comes, or that there is none. */
#include <errno.h>
#include <signal.h>
#include <stddef.h>

#include "proc/who.h"
#include "read/collect.h"
#include "text/clock.h"
#include "verbs/record/series.h"

#define NS	UINT64_C(1000000000)

/* Whoever ignores SIGHUP, as nohup does, goes on to do so. */
static sigset_t ending(void)
{
	struct sigaction old;
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	if (sigaction(SIGHUP, NULL, &old) || old.sa_handler != SIG_IGN)
		sigaddset(&signals, SIGHUP);
	return signals;
}

/* They are taken where nothing is half written. */
void series_begin(struct series *series)
{
	sigset_t signals = ending();

	sigprocmask(SIG_BLOCK, &signals, NULL);
	*series = (struct series){ .next = clock_ns(CLOCK_MONOTONIC) };
}

/* What has come is forgotten. */
void series_end(void)
{
	sigset_t signals = ending();

	for (int number = 1; number < SIGRTMIN; number++)
		if (sigismember(&signals, number) == 1)
			signal(number, SIG_IGN);
}

bool series_stopped(void)
{
	sigset_t signals = ending(), pending;

	sigpending(&pending);
	for (int number = 1; number < SIGRTMIN; number++)
		if (sigismember(&signals, number) == 1 && sigismember(&pending, number) == 1)
			return true;
	return false;
}

/* Until then; false: the series was ended before. */
static bool wait_until(uint64_t then)
{
	sigset_t signals = ending();

	while (!series_stopped()) {
		uint64_t now = clock_ns(CLOCK_MONOTONIC), left = now < then ? then - now : 0;
		struct timespec timeout = { left / NS, left % NS };

		if (!left)
			return true;
		if (sigtimedwait(&signals, NULL, &timeout) > 0)
			return false;
	}
	return false;
}

/* Those who have memory: whoever was named, too. */
static int choose(struct options *options)
{
	struct targets *targets = &options->targets;
	size_t kept = 0;
	int ret;

	targets_free(targets);
	ret = targets_find(targets, &options->selection, NULL);
	for (size_t i = 0; !ret && i < targets->nr; i++) {
		struct who who;

		if (who_is(targets->list[i].pid, &who) && who.thread)
			targets->list[kept++] = targets->list[i];
	}
	if (ret)
		return ret;
	targets->nr = kept;
	return kept ? 0 : -ESRCH;
}

/* Rss + Swap of all that can be read. */
static uint64_t measure(const struct targets *targets)
{
	struct collector collector;
	uint64_t size = 0;

	collector_init(&collector);
	collector.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES;
	collector.module_only = true;
	for (size_t i = 0; i < targets->nr; i++) {
		struct process process;
		enum collected collected = collect_process(&collector, &process, targets->list[i].pid);

		for (size_t j = 0; collected == COLLECTED && j < process.nr_areas; j++)
			size += area_get(&process.areas[j], KEY_RSS) + area_get(&process.areas[j], KEY_SWAP);
		process_free(&process);
	}
	return size;
}

static bool has_grown(struct series *series, const struct options *options)
{
	uint64_t size;

	if (!options->when_grown)
		return true;
	size = measure(&options->targets);
	if (series->begun && (size < series->size || size - series->size < options->when_grown))
		return false;
	series->size = size;
	return true;
}

/* What came too late for one is in time for the one after it. */
static void advance(struct series *series, uint64_t interval)
{
	uint64_t now = clock_ns(CLOCK_MONOTONIC);

	if (now >= series->next)
		series->next += ((now - series->next) / interval + 1) * interval;
}

int series_wait(struct series *series, struct options *options)
{
	int ret;

	if (!series->begun) {
		has_grown(series, options);
		series->begun = true;
		return series_stopped() ? -ECANCELED : 0;
	}
	do {
		advance(series, options->interval);
		if (!wait_until(series->next))
			return -ECANCELED;
		ret = choose(options);
		if (ret)
			return ret;
	} while (!has_grown(series, options));
	return 0;
}
