// SPDX-License-Identifier: GPL-2.0
/*
 * verify.c - in: PIDs; out: the module's account beside maps, smaps and pmap.
 *
 * The accounts are read one after the other while the target runs, so a difference counts only if
 * it is seen in each of several tries.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc/procfs.h"
#include "read/tested.h"
#include "text/progress.h"
#include "text/say.h"
#include "verbs/blame.h"
#include "verbs/missing.h"
#include "verbs/verify/compare.h"
#include "verbs/verify/pmap_witness.h"
#include "verbs/verify/verify.h"
#include "verbs/verify/verify_print.h"

static int read_witness(struct process *process, enum witness witness, const struct process *ours)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", ours->thread);
	if (witness != WITNESS_PMAP)
		return procfs_read_file(process, number, witness_name[witness]);
	/* Where the first thread has ended, pmap has nothing to show of the others. */
	return ours->thread == ours->pid ? pmap_witness_read(process, number, ours) : -ENOENT;
}

/* A witness that does not exist here (no pmap, a kernel without smaps) is no difference. */
static void ask_witness(struct verdict *verdict, struct differences *differences,
			const struct process *ours, enum witness witness)
{
	struct process theirs;
	int ret;

	process_init(&theirs);
	ret = read_witness(&theirs, witness, ours);
	if (!ret) {
		compare(differences, ours, &theirs, witness);
		verdict->asked |= 1u << witness;
	} else if (ret != -ENOENT) {
		verdict->unread |= 1u << witness;
	}
	process_free(&theirs);
}

static enum collected try_once(struct collector *collector, struct verdict *verdict,
			       struct differences *differences)
{
	struct process ours;
	enum collected collected = collect_process(collector, &ours, verdict->pid);

	verdict->unread = 0;
	verdict->areas = ours.nr_areas;
	if (collected == COLLECTED)
		for (int witness = WITNESS_MAPS; witness <= WITNESS_PMAP; witness++)
			ask_witness(verdict, differences, &ours, witness);
	process_free(&ours);
	return collected;
}

static enum collected verify_one(struct collector *collector, struct verdict *verdict,
				 unsigned int tries)
{
	enum collected collected = try_once(collector, verdict, &verdict->differences);

	while (collected == COLLECTED && ++verdict->tries < tries && verdict->differences.nr) {
		struct differences again = { .list = NULL };

		collected = try_once(collector, verdict, &again);
		differences_confirm(&verdict->differences, &again);
		verdict->differences.failed |= again.failed;
		differences_free(&again);
	}
	return collected;
}

/* It went away between two accounts, or memory ran out. */
static bool is_incomplete(const struct verdict *verdict)
{
	return verdict->unread || verdict->differences.failed;
}

struct verification {
	struct verdict *verdicts;
	size_t nr;
	struct missing missing;
	struct progress progress;
	bool differ;
};

/* One that ends between two accounts has not been read, nor is it known to differ. */
static bool is_judged(struct verification *verification, struct collector *collector, enum collected collected,
		      const struct target *target)
{
	const struct verdict *verdict = &verification->verdicts[verification->nr];

	if (collected != COLLECTED || is_incomplete(verdict))
		progress_hide(&verification->progress);
	if (!missing_none(&verification->missing, collector, collected, target))
		return false;
	if (!is_incomplete(verdict))
		return true;
	say("PID %d: not all of its accounts could be read", verdict->pid);
	missing_failed(&verification->missing);
	return false;
}

static void add(struct verification *verification, struct collector *collector, enum collected collected,
		const struct target *target)
{
	struct verdict *verdict = &verification->verdicts[verification->nr];

	if (is_judged(verification, collector, collected, target)) {
		verification->differ |= verdict->differences.nr > 0;
		verification->nr++;
		return;
	}
	differences_free(&verdict->differences);
	memset(verdict, 0, sizeof(*verdict));
}

static int verify_all(const struct options *options, struct verification *verification)
{
	struct collector collector;

	collector_init(&collector);
	collector.module_only = true;
	verification->progress = progress_begin(options->targets.nr);
	for (size_t i = 0; i < options->targets.nr; i++) {
		struct verdict *verdict = &verification->verdicts[verification->nr];
		const struct target *target = &options->targets.list[i];
		enum collected collected;

		progress_step(&verification->progress, i);
		verdict->pid = target->pid;
		collected = verify_one(&collector, verdict, options->tries);
		add(verification, &collector, collected, target);
		if (collected == COLLECT_NO_MODULE)
			return EXIT_NO_MODULE;
	}
	progress_hide(&verification->progress);
	missing_say(&verification->missing);
	return EXIT_DONE;
}

/* A kernel that nobody has tried is what this verb is for; it decides nothing about the exit code. */
static void speak_of_kernel(void)
{
	char newer[400];

	if (kernel_is_newer(newer, sizeof(newer)))
		say("this kernel is %s", newer);
}

int verify_main(struct options *options)
{
	struct verification verification = { .nr = 0 };
	int ret;

	speak_of_kernel();
	verification.verdicts = calloc(options->targets.nr, sizeof(*verification.verdicts));
	if (!verification.verdicts) {
		say("out of memory");
		return EXIT_FAILED;
	}
	ret = verify_all(options, &verification);
	if (!ret && verify_print(options, verification.verdicts, verification.nr))
		ret = EXIT_FAILED;
	if (!ret)
		ret = missing_exit_code(&verification.missing, verification.nr);
	if (verification.differ && ret != EXIT_NOBODY)
		ret = EXIT_FAILED;
	for (size_t i = 0; i < verification.nr; i++)
		differences_free(&verification.verdicts[i].differences);
	free(verification.verdicts);
	return ret;
}
