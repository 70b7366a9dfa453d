// SPDX-License-Identifier: GPL-2.0
/* missing.c - who of those named or found is missing when they are read, and what the exit code is then. */
#include <string.h>
#include <unistd.h>

#include "ktap.h"
#include "text/say.h"
#include "verbs/missing.h"

#define NOBODY 0x7fffffff

/* This process as a selection finds it. */
static struct target found_self(void)
{
	struct selection selection = { .nr = 0 };
	struct targets targets = { .nr = 0 };
	struct target self = { .pid = getpid() };

	if (!selection_add(&selection, BY_TREE, "", getpid()) && !targets_find(&targets, &selection, NULL))
		self = targets.list[0];
	targets_free(&targets);
	selection_free(&selection);
	return self;
}

struct outcome {
	enum collected collected;
	struct target target;
	struct missing wanted;
	int code;		/* where one other was shown, */
	int alone;		/* and where none was */
};

/* @began: the module's word for it; 0: it has none. */
static bool comes_out_of(const struct outcome *outcome, uint64_t began)
{
	struct missing missing = { .nobody = 0 };
	struct collector collector;
	int code, alone;
	bool there;

	collector_init(&collector);
	collector.began = began;
	there = missing_none(&missing, &collector, outcome->collected, &outcome->target);
	code = missing_exit_code(&missing, 1);
	alone = missing_exit_code(&missing, 0);
	if (there != !memcmp(&missing, &(struct missing){ .nobody = 0 }, sizeof(missing)))
		return ktap_note("there: %d, and something is missing, or the other way round", there);
	return (!memcmp(&missing, &outcome->wanted, sizeof(missing)) && code == outcome->code &&
		alone == outcome->alone) ||
	       ktap_note("%zu nobody, %zu failed, %zu unreadable, %zu ended, exit %d or %d", missing.nobody,
			 missing.failed, missing.unreadable, missing.ended, code, alone);
}

static bool comes_out(const struct outcome *outcome)
{
	return comes_out_of(outcome, 0);
}

static bool named(void)
{
	static const struct outcome outcomes[] = {
		{ COLLECT_NOBODY, { .pid = NOBODY }, { .nobody = 1 }, EXIT_NOBODY, EXIT_NOBODY },
		{ COLLECT_ZOMBIE, { .pid = NOBODY }, { .failed = 1 }, EXIT_PARTIAL, EXIT_FAILED },
		{ COLLECT_KERNEL_THREAD, { .pid = NOBODY }, { .failed = 1 }, EXIT_PARTIAL, EXIT_FAILED },
		{ COLLECTED, { .pid = NOBODY }, { .failed = 0 }, EXIT_DONE, EXIT_DONE },
	};

	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (!comes_out(&outcomes[i]))
			return false;
	return true;
}

static bool ended(void)
{
	static const struct outcome outcomes[] = {
		{ COLLECT_NOBODY, { NOBODY, 5 }, { .ended = 1 }, EXIT_DONE, EXIT_NOBODY },
		{ COLLECT_ZOMBIE, { NOBODY, 5 }, { .ended = 1 }, EXIT_DONE, EXIT_NOBODY },
		{ COLLECT_FAILED, { NOBODY, 5 }, { .ended = 1 }, EXIT_DONE, EXIT_NOBODY },
	};

	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (!comes_out(&outcomes[i]))
			return false;
	return true;
}

/* What was read is of another process than was found. */
static bool reused(void)
{
	struct outcome outcome = {
		COLLECTED, found_self(), { .ended = 1 }, EXIT_DONE, EXIT_NOBODY,
	};

	if (!outcome.target.started++)
		return ktap_note("when this process began is not known");
	return comes_out(&outcome);
}

/* Whose stream it was is in the stream, and nobody is asked again. */
static bool said(void)
{
	const uint64_t tick = 1000000000 / sysconf(_SC_CLK_TCK);
	static const struct outcome it = { COLLECTED, { NOBODY, 5 }, { .ended = 0 }, EXIT_DONE, EXIT_DONE };
	static const struct outcome other = { COLLECTED, { NOBODY, 5 }, { .ended = 1 }, EXIT_DONE, EXIT_NOBODY };
	static const struct outcome unread = {
		COLLECT_FAILED, { NOBODY, 5 }, { .ended = 1 }, EXIT_DONE, EXIT_NOBODY,
	};

	return comes_out_of(&it, 5 * tick) && comes_out_of(&it, 6 * tick - 1) && comes_out_of(&other, 6 * tick) &&
	       comes_out_of(&other, 5 * tick - 1) && comes_out_of(&unread, 5 * tick);
}

static bool there(void)
{
	struct outcome read = { COLLECTED, found_self(), { .ended = 0 }, EXIT_DONE, EXIT_DONE };
	struct outcome refused = {
		COLLECT_FAILED, found_self(), { .failed = 1, .unreadable = 1 }, EXIT_PARTIAL, EXIT_FAILED,
	};

	return comes_out(&read) && comes_out(&refused);
}

static const struct ktap_test tests[] = {
	{ "a PID that was named and is nobody's is an error", named },
	{ "a process that was found and ended is none, unless nobody is left", ended },
	{ "nor is one whose PID another process has by now, though that was read", reused },
	{ "a process that the module names by its beginning is the one that was found, or another", said },
	{ "one that is there has been read, or could not be", there },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
