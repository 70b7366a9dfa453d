// SPDX-License-Identifier: GPL-2.0
/* report.c - in: processes or a saved stream; out: their processes, and words for those that are missing. */
#include <stdlib.h>

#include "verbs/blame.h"
#include "verbs/report.h"

/* Of many that cannot be read one is said, and then how many more. */
static void note_failed(struct report *report, const struct collector *collector, enum collected collected,
			const struct target *target)
{
	if (!target->started || !report->unreadable++)
		blame_target(collector, collected, target->pid);
	report->failed++;
}

/* One that was found may have ended since; one that was named was never there. */
static bool has_ended(const struct target *target, enum collected collected)
{
	if (collected == COLLECT_NOBODY || collected == COLLECT_ZOMBIE)
		return target->started;
	return !target_is_there(target);
}

static void add(struct report *report, const struct collector *collector, enum collected collected,
		const struct target *target)
{
	bool ended = has_ended(target, collected);

	if (collected == COLLECTED && !ended) {
		report->nr++;
		return;
	}
	process_free(&report->processes[report->nr]);
	if (ended) {
		report->ended++;
	} else if (collected == COLLECT_NOBODY) {
		blame_target(collector, collected, target->pid);
		report->nobody++;
	} else {
		note_failed(report, collector, collected, target);
	}
}

static void say_missing(const struct report *report)
{
	if (report->unreadable > 1)
		say("%zu other process%s could not be read", report->unreadable - 1,
		    report->unreadable == 2 ? "" : "es");
	if (report->ended)
		say("%zu process%s ended meanwhile", report->ended, report->ended == 1 ? "" : "es");
}

static void say_fallback(const struct collector *collector)
{
	char why[512];

	blame_module(collector, why, sizeof(why));
	say("showing only what /proc reports: %s", why);
}

static int collect_pids(struct report *report, const struct options *options,
			struct collector *collector)
{
	bool said = false;

	for (size_t i = 0; i < options->targets.nr; i++) {
		struct process *process = &report->processes[report->nr];
		const struct target *target = &options->targets.list[i];
		enum collected collected = collect_process(collector, process, target->pid);

		if (collected == COLLECT_NO_MODULE) {
			blame_target(collector, collected, target->pid);
			process_free(process);
			return EXIT_NO_MODULE;
		}
		if (collected == COLLECTED && process->source == SOURCE_PROC && !said) {
			said = true;
			collector->proc_only = true;
			say_fallback(collector);
		}
		add(report, collector, collected, target);
	}
	say_missing(report);
	return EXIT_DONE;
}

static int collect_saved(struct report *report, const struct options *options,
			 struct collector *collector)
{
	if (collect_file(collector, &report->processes[0], options->from) != COLLECTED) {
		say("%s: %s", options->from, collector->why);
		process_free(&report->processes[0]);
		return EXIT_FAILED;
	}
	report->nr = 1;
	return EXIT_DONE;
}

int report_collect(struct report *report, const struct options *options,
		   struct collector *collector)
{
	size_t room = options->targets.nr ? options->targets.nr : 1;

	*report = (struct report){ .processes = calloc(room, sizeof(*report->processes)) };
	if (!report->processes) {
		say("out of memory");
		return EXIT_FAILED;
	}
	collector->low = options->low;
	collector->high = options->high;
	return options->from ? collect_saved(report, options, collector) :
	       collect_pids(report, options, collector);
}

void report_free(struct report *report)
{
	for (size_t i = 0; i < report->nr; i++)
		process_free(&report->processes[i]);
	free(report->processes);
}

int report_exit_code(const struct report *report)
{
	if (report->ended && !report->nr && !report->failed)
		return EXIT_NOBODY;
	return blame_exit_code(report->nobody, report->failed, report->nr);
}
