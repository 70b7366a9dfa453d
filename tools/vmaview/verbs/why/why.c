// SPDX-License-Identifier: GPL-2.0
/* why.c - in: a PID, and maybe an address; out: why its areas that touch are not one, and its memory is not huge. */
#include <errno.h>
#include <stdlib.h>

#include "command/operands.h"
#include "proc/area_limit.h"
#include "verbs/huge_facts.h"
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

/* Those that @choice asks for. */
static int find_huge(const struct process *process, const struct why_choice *choice,
		     const struct thp_machine *machine, struct huge_ranges *ranges)
{
	struct huge_asked asked = {
		.process = process, .machine = machine, .allowed = thp_of_process(process->thread),
		.low = choice->one ? choice->address : choice->low,
		.high = choice->one ? choice->address : choice->high,
		.untouched = choice->one,
	};
	uint8_t *may = huge_may_read(&asked);
	int ret = may ? 0 : -ENOMEM;

	asked.may = may;
	if (!ret)
		ret = huge_ranges_find(&asked, ranges);
	free(may);
	return ret;
}

/* Settings are those of this machine now: of a saved process they are not known. */
static int fill(struct sheet *sheet)
{
	const struct process *process = sheet->process;
	struct huge_ranges ranges = { .range = NULL };
	struct thp_machine machine;
	int ret;

	sheet->column_of = why_column_of;
	if (process->source == SOURCE_FILE)
		return why_rows(sheet, NULL, NULL);
	thp_read(&machine, process->leaf_size[1]);
	ret = find_huge(process, sheet->context, &machine, &ranges);
	if (!ret)
		ret = why_rows(sheet, &ranges, &machine);
	free(ranges.range);
	return ret;
}

int why_main(struct options *options)
{
	struct why_choice choice = { .low = options->low, .high = options->high, .limit = area_limit_read() };
	struct sheet_verb verb = {
		.json = "merge",
		.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_MM | VMAVIEW_WANT_VMFLAGS | VMAVIEW_WANT_SEAMS |
			VMAVIEW_WANT_RUNS,
		.select = { .flags = VMAVIEW_REQUEST_JOIN },
		.whole = true,
		.check = check,
		.fill = fill,
		.has = has,
		.notes = &why_notes,
		.context = &choice,
	};
	int ret = choose(options, &choice);

	return ret ? ret : sheet_verb_main(options, &verb);
}
