// SPDX-License-Identifier: GPL-2.0
/* sharers.c - in: a PID, and maybe an address; out: who else maps what is there. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "command/operands.h"
#include "verbs/sharers/sharers.h"
#include "verbs/sharers/sharers_cut.h"
#include "verbs/sharers/sharers_json.h"
#include "verbs/sheet_verb.h"

static int check(const struct options *options, const struct process *process)
{
	if (!(process->kernel_knows & VMAVIEW_KNOW_SHARERS)) {
		say("this kernel does not say whose memory is whose (it lacks CONFIG_MEMCG)");
		return EXIT_FAILED;
	}
	if (*options->words && !process->nr_areas) {
		say("PID %d: nothing is mapped at %s", process->pid, *options->words);
		return EXIT_FAILED;
	}
	if (options->raw && sharers_nr_cut(process))
		say("PID %d: not all were looked at who may share %zu of its areas", process->pid,
		    sharers_nr_cut(process));
	return EXIT_DONE;
}

static int fill(struct sheet *sheet)
{
	const struct process *process = sheet->process;
	struct vmaview_sharer *row = calloc(process->nr_sharers + 1, sizeof(*row));

	if (!row)
		return -ENOMEM;
	sheet->rows = row;
	sheet->size = sizeof(*row);
	sheet->nr = sharer_rows(process, row);
	return 0;
}

static void print_more(const struct options *options, const struct sheet *sheet)
{
	const struct process *process = sheet->process;

	(void)options;
	for (size_t i = 0; i < process->nr_sharers; i++)
		if (sharer_is_more(&process->sharers[i]))
			printf("more may share %016llx: not all who map its file or memory were looked at\n",
			       (unsigned long long)process->sharers[i].area);
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
	static const struct sheet_notes notes = { .print = print_more, .json = sharers_json };
	static const struct sheet_verb verb = {
		.json = "sharers",
		.notes = &notes,
		.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS,
		.check = check,
		.fill = fill,
		.has = has,
	};
	int ret = choose_address(options);

	return ret ? ret : sheet_verb_main(options, &verb);
}
