// SPDX-License-Identifier: GPL-2.0
/* cow.c - in: PIDs, and how they are to be shown; out: an exit code. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/cow/cow.h"
#include "verbs/cow/cow_json.h"
#include "verbs/cow/cow_print.h"
#include "verbs/cow/cow_read.h"
#include "verbs/cow/cow_watch.h"

/* Output that has no sums, for a program to read, has no place for it; JSON has. */
static void say_twins(const struct options *options, const struct cow *cow)
{
	if (options->json || (!options->raw && !options->quiet))
		return;
	for (size_t i = 0; i < cow->nr_twins; i++)
		say("PID %d has the address space of PID %d, where it is counted", cow->twins[i].pid,
		    cow->group.members[cow->twins[i].member].process->pid);
}

static int show(struct options *options)
{
	struct cow cow;
	int ret = cow_read(&cow, options);

	if (!ret)
		say_twins(options, &cow);
	if (!ret && options->json) {
		cow_json(&cow);
	} else if (!ret && cow_print(options, &cow)) {
		say("out of memory");
		ret = EXIT_FAILED;
	}
	if (!ret)
		ret = report_exit_code(&cow.report);
	cow_free(&cow);
	return ret;
}

/* An option that a line of the watch would ignore is a mistake. */
static int check_watch(const struct options *options)
{
	if (options->json)
		say("--watch prints lines, not JSON");
	else if (options->nr_columns || options->sort || options->areas)
		say("--watch prints one line for all; it has no columns to choose");
	else if (options->filter || options->head || options->show_path || options->quiet)
		say("--watch prints one line for all; it has no rows, paths or totals");
	else
		return EXIT_DONE;
	return EXIT_USAGE;
}

/* One document for all, whose parts have no rows in common. */
static int check_json(const struct options *options)
{
	if (!options->json || !(options->nr_columns || options->sort || options->head || options->filter ||
				options->areas))
		return EXIT_DONE;
	say("cow -J prints all that is known of the group; it takes no -o, -O, --sort, --head, -Q or --areas");
	return EXIT_USAGE;
}

/* What is saved does not change. */
static int check_from(const struct options *options)
{
	if (!options->from || !options->watch)
		return EXIT_DONE;
	say("--from has processes as they were: --watch needs those that run");
	return EXIT_USAGE;
}

int cow_main(struct options *options)
{
	int ret = check_from(options);

	if (!ret)
		ret = options->watch ? check_watch(options) : check_json(options);
	if (ret)
		return ret;
	return options->watch ? cow_watch(options) : show(options);
}
