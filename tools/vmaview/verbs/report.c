// SPDX-License-Identifier: GPL-2.0
/* report.c - in: processes or a saved stream; out: their processes, and words for those that are missing. */
#include <stdlib.h>

#include "verbs/blame.h"
#include "verbs/report.h"

static void add(struct report *report, const struct collector *collector, enum collected collected,
		const struct target *target)
{
	if (missing_none(&report->missing, collector, collected, target))
		report->nr++;
	else
		process_free(&report->processes[report->nr]);
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
	missing_say(&report->missing);
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
	return missing_exit_code(&report->missing, report->nr);
}
