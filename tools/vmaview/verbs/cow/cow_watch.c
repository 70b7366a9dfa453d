// SPDX-License-Identifier: GPL-2.0
/* cow_watch.c - in: a group of processes; out: a line an interval that says how far it has diverged. */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc/who.h"
#include "text/clock.h"
#include "verbs/cow/cow_read.h"
#include "verbs/cow/cow_watch.h"

static void print_heading(const struct options *options)
{
	const char *unit = options->bytes ? "" : " kB";

	if (options->noheadings)
		return;
	if (options->raw)
		puts("Seconds Processes Total Unique Debt Same Copied New Cost_us Hold_us");
	else
		printf("%8s %9s %9s%s %9s%s %9s%s %9s%s %9s%s %9s%s %8s %8s\n", "Seconds", "Processes",
		       "Total", unit, "Unique", unit, "Debt", unit, "Same", unit, "Copied", unit, "New", unit,
		       "Cost us", "Hold us");
}

static void print_line(const struct options *options, const struct cow *cow, uint64_t ms)
{
	const struct group *group = &cow->group;
	int width = options->raw ? 0 : options->bytes ? 9 : 12, shift = options->bytes ? 0 : 10;
	struct usage sum = { .mapped = 0 };
	uint64_t elapsed, hold;

	for (size_t i = 0; i < group->nr; i++) {
		sum.debt += group->members[i].sum.debt;
		sum.same += group->members[i].sum.same;
		sum.copied += group->members[i].sum.copied;
		sum.fresh += group->members[i].sum.fresh;
	}
	cow_cost(cow, &elapsed, &hold);
	printf("%*" PRIu64 ".%03" PRIu64 " %*zu %*" PRIu64 " %*" PRIu64 " %*" PRIu64 " %*" PRIu64 " %*" PRIu64
	       " %*" PRIu64 " %*" PRIu64 " %*" PRIu64 "\n", options->raw ? 0 : 4, ms / 1000, ms % 1000,
	       options->raw ? 0 : 9, group->nr + cow->nr_twins, width, group->total >> shift, width,
	       group->by[1] >> shift,
	       width, sum.debt >> shift, width, sum.same >> shift, width, sum.copied >> shift, width,
	       sum.fresh >> shift, options->raw ? 0 : 8, elapsed / 1000, options->raw ? 0 : 8, hold / 1000);
	flush_stdout();
}

static bool has_memory(pid_t pid)
{
	struct who who;

	return who_is(pid, &who) && who.thread;
}

/* Whom to look at: at first all that were chosen, later those that are meant then and are there.  -ESRCH: nobody. */
static int choose(struct targets *targets, const struct selection *selection, bool first)
{
	int ret = targets_find(targets, selection, NULL);
	size_t kept = 0;

	for (size_t i = 0; !first && i < targets->nr; i++)
		if (has_memory(targets->list[i].pid))
			targets->list[kept++] = targets->list[i];
	if (!first)
		targets->nr = kept;
	return ret || targets->nr ? ret : -ESRCH;
}

/* One line, the first with its heading.  That nobody is there is an error at first, later the end. */
static int look(struct options *now, uint64_t start, bool first, bool *left)
{
	uint64_t ms = clock_ns(CLOCK_MONOTONIC) / 1000000 - start;
	struct cow cow;
	int ret = cow_read(&cow, now);

	*left = !ret && cow.group.nr;
	if (*left && first)
		print_heading(now);
	if (*left)
		print_line(now, &cow, ms);
	else if (!ret && first)
		ret = report_exit_code(&cow.report);
	cow_free(&cow);
	return ret;
}

/* Signals come only while nothing is read, so that no line is half of one. */
static void block_signals(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGTERM);
	sigprocmask(SIG_BLOCK, signals, NULL);
}

int cow_watch(const struct options *options)
{
	const struct timespec interval = { options->watch_ms / 1000, options->watch_ms % 1000 * 1000000 };
	struct options now = *options;
	uint64_t start = clock_ns(CLOCK_MONOTONIC) / 1000000;
	sigset_t signals;
	bool first = true, left = true;
	int ret = EXIT_DONE;

	block_signals(&signals);
	while (!ret && left) {
		ret = choose(&now.targets, &options->selection, first);
		left = ret != -ESRCH || first;
		if (left)
			ret = ret ? targets_say(ret, &options->selection) : look(&now, start, first, &left);
		else
			ret = EXIT_DONE;
		targets_free(&now.targets);
		first = false;
		if (!ret && left && (ferror(stdout) || sigtimedwait(&signals, NULL, &interval) > 0))
			break;
	}
	return ret;
}
