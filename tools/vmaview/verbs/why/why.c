// SPDX-License-Identifier: GPL-2.0
/*
 * why.c - in: a PID, and maybe an address; out: why its areas that touch are not one, and its memory is not huge, not
 * merged, kept, copied.
 */
#include <errno.h>
#include <stdlib.h>

#include "command/operands.h"
#include "proc/area_limit.h"
#include "read/collect.h"
#include "verbs/huge_facts.h"
#include "verbs/pin_holders.h"
#include "verbs/sheet_verb.h"
#include "verbs/why/fork_read.h"
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

/* All that may be found of a process. */
struct findings {
	struct huge_ranges huge;
	struct thp_machine thp;
	struct ksm_ranges ksm;
	struct ksm_machine ksm_machine;
	struct ksm_asked ksmd;
	struct kept_ranges kept;
	struct vm_settings settings;
	struct fork_ranges forks;
	bool knows_forks;
	struct holders *holders;
};

/* Of all areas of a process of which some were asked for. */
static bool count_all(const struct process *process, const struct ksm_machine *machine, uint64_t *pages)
{
	struct collector collector;
	struct process all;
	bool read;

	collector_init(&collector);
	collector.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_VMFLAGS | VMAVIEW_WANT_RUNS;
	collector.select = (struct vmaview_request){
		.flags = VMAVIEW_REQUEST_JOIN, .states = 1u << VMAVIEW_STATE_PRESENT,
		.origins = 1u << VMAVIEW_ORIGIN_ANON | 1u << VMAVIEW_ORIGIN_KSM,
	};
	collector.module_only = true;
	collector.nameless = true;
	read = collect_process(&collector, &all, process->pid) == COLLECTED;
	if (read)
		*pages = ksm_count_pages(&all, machine);
	process_free(&all);
	return read;
}

/* Of the process, for ksmd: what it looks at, and what it could. */
static bool count_pages(const struct process *process, const struct why_choice *choice, struct ksm_asked *asked)
{
	if (!ksm_of_process(process->thread, &asked->pages, &asked->inherited))
		return false;
	if (choice->low || choice->high != UINT64_MAX)
		return count_all(process, asked->machine, &asked->there);
	asked->there = ksm_count_pages(process, asked->machine);
	return true;
}

static int find_ksm(const struct process *process, const struct why_choice *choice, struct findings *findings)
{
	struct ksm_asked *asked = &findings->ksmd;

	ksm_read(&findings->ksm_machine);
	*asked = (struct ksm_asked){
		.process = process, .machine = &findings->ksm_machine,
		.low = choice->one ? choice->address : choice->low,
		.high = choice->one ? choice->address : choice->high,
		.untouched = choice->one,
	};
	asked->knows_pages = count_pages(process, choice, asked);
	return ksm_ranges_find(asked, &findings->ksm);
}

/* What a saved process's machine had is not known, but what its pages were is. */
static int find_kept(const struct process *process, const struct why_choice *choice, struct findings *findings)
{
	const struct kept_asked asked = {
		.process = process, .settings = &findings->settings,
		.low = choice->one ? choice->address : choice->low,
		.high = choice->one ? choice->address : choice->high,
	};

	if (process->source != SOURCE_FILE)
		vm_settings_read(&findings->settings);
	findings->holders = pin_holders_read(process, choice->options);
	return findings->holders ? kept_ranges_find(&asked, &findings->kept) : -ENOMEM;
}

/* Settings are those of this machine now: of a saved process they are not known. */
static int find_settings(const struct process *process, const struct why_choice *choice, struct findings *findings)
{
	int ret;

	if (process->source == SOURCE_FILE)
		return 0;
	thp_read(&findings->thp, process->leaf_size[1]);
	ret = find_huge(process, choice, &findings->thp, &findings->huge);
	return ret ? ret : find_ksm(process, choice, findings);
}

/* Who shared pages with a saved process was not saved. */
static int find_forks(const struct process *process, const struct why_choice *choice, struct findings *findings)
{
	int ret;

	if (process->source == SOURCE_FILE)
		return 0;
	ret = fork_read(&findings->forks, process, choice->one ? choice->address : choice->low,
			choice->one ? choice->address : choice->high);
	findings->knows_forks = !ret;
	return ret == -ESRCH ? 0 : ret;
}

static int find(const struct process *process, const struct why_choice *choice, struct findings *findings)
{
	int ret = find_settings(process, choice, findings);

	if (!ret && process->has_runs)
		ret = find_kept(process, choice, findings);
	return ret ? ret : find_forks(process, choice, findings);
}

static int fill(struct sheet *sheet)
{
	bool lives = sheet->process->source != SOURCE_FILE;
	struct findings findings = { .huge = { .range = NULL } };
	struct why_found found = {
		.huge = lives ? &findings.huge : NULL, .thp = &findings.thp,
		.ksm = lives ? &findings.ksm : NULL, .ksmd = &findings.ksmd,
		.kept = sheet->process->has_runs ? &findings.kept : NULL, .settings = &findings.settings,
	};
	int ret = find(sheet->process, sheet->context, &findings);

	sheet->column_of = why_column_of;
	found.holders = findings.holders;
	found.forks = findings.knows_forks ? &findings.forks : NULL;
	if (!ret)
		ret = why_rows(sheet, &found);
	free(findings.huge.range);
	free(findings.ksm.ranges.range);
	free(findings.kept.ranges.range);
	fork_ranges_free(&findings.forks);
	free(findings.holders);
	return ret;
}

int why_main(struct options *options)
{
	struct why_choice choice = {
		.options = options, .low = options->low, .high = options->high, .limit = area_limit_read(),
	};
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
