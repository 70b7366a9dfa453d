// SPDX-License-Identifier: GPL-2.0
/* sharers.c - in: a PID, and maybe an address; out: who else maps what is there. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command/operands.h"
#include "verbs/sharers/sharers.h"
#include "verbs/sheet_verb.h"

static int check(const struct options *options, const struct process *process)
{
	if (!(process->kernel_knows & VMAVIEW_KNOW_SHARERS)) {
		say("this kernel does not tell whose memory is whose (it lacks CONFIG_MEMCG)");
		return EXIT_FAILED;
	}
	if (*options->words && !process->nr_areas) {
		say("PID %d: nothing is mapped at %s", process->pid, *options->words);
		return EXIT_FAILED;
	}
	return EXIT_DONE;
}

static int fill(struct sheet *sheet)
{
	const struct process *process = sheet->process;

	sheet->size = sizeof(*process->sharers);
	sheet->nr = process->nr_sharers;
	sheet->rows = calloc(sheet->nr + 1, sheet->size);
	if (!sheet->rows)
		return -ENOMEM;
	if (sheet->nr)
		memcpy(sheet->rows, process->sharers, sheet->nr * sheet->size);
	return 0;
}

/* ADDR is a range of its own. */
static int choose_address(struct options *options)
{
	if (!*options->words)
		return EXIT_DONE;
	if (options->words[1]) {
		say("sharers takes one PID and one address; '%s' is more", options->words[1]);
		return EXIT_USAGE;
	}
	if (options->low || options->high != UINT64_MAX) {
		say("an address and -A are two ways to say where; give one");
		return EXIT_USAGE;
	}
	if (operand_address(*options->words, &options->low))
		return EXIT_USAGE;
	options->high = options->low;
	if (options->low != UINT64_MAX)
		return EXIT_DONE;
	say("'%s' is no address that could be mapped", *options->words);
	return EXIT_USAGE;
}

static bool has(const struct process *process)
{
	return process->has_sharers;
}

int sharers_main(struct options *options)
{
	static const struct sheet_verb verb = {
		.json = "sharers",
		.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS,
		.check = check,
		.fill = fill,
		.has = has,
	};
	int ret = choose_address(options);

	return ret ? ret : sheet_verb_main(options, &verb);
}
