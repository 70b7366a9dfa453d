// SPDX-License-Identifier: GPL-2.0
/* why.c - in: a PID, and maybe an address; out: why its areas that touch are not one. */
#include "command/operands.h"
#include "proc/area_limit.h"
#include "verbs/sheet_verb.h"
#include "verbs/why/why.h"
#include "verbs/why/why_print.h"
#include "verbs/why/why_rows.h"

/* The word was read before. */
static int check(const struct options *options, const struct process *process)
{
	uint64_t address;

	if (!*options->words || operand_address(*options->words, &address) || process_area_at(process, address))
		return EXIT_DONE;
	say("PID %d: nothing is mapped at %s", process->pid, *options->words);
	return EXIT_FAILED;
}

static bool has(const struct process *process)
{
	return process->has_seams;
}

static int choose(const struct options *options, struct why_choice *choice)
{
	choice->one = *options->words;
	if (!choice->one)
		return EXIT_DONE;
	if (options->words[1]) {
		say("why takes one PID and one address; '%s' is more", options->words[1]);
		return EXIT_USAGE;
	}
	if (options->low || options->high != UINT64_MAX) {
		say("an address and -A are two ways to say where; give one");
		return EXIT_USAGE;
	}
	return operand_address(*options->words, &choice->address);
}

int why_main(struct options *options)
{
	struct why_choice choice = { .low = options->low, .high = options->high, .limit = area_limit_read() };
	struct sheet_verb verb = {
		.json = "merge",
		.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_MM | VMAVIEW_WANT_VMFLAGS | VMAVIEW_WANT_SEAMS,
		.check = check,
		.fill = why_fill,
		.has = has,
		.notes = &why_notes,
		.context = &choice,
	};
	int ret = choose(options, &choice);

	return ret ? ret : sheet_verb_main(options, &verb);
}
