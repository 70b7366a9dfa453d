// SPDX-License-Identifier: GPL-2.0
/* pmap_args.c - `vmaview pmap` and pmap agree on options, PIDs and errors. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/ktap.h"
#include "lib/pair.h"

static void options(void)
{
	PAIR_LINES(PAIR_PLAIN, "PID -x", "--extended PID", "--quiet --device PID", "-xq PID",
		   "--show-path PID", "--range=0,1 PID", "--range 7f0000000000 PID", "-r PID",
		   "--ext PID", "-- PID");
	PAIR_LINES(PAIR_APART, "-XXX PID", "-X -X PID");
}

static void pids(void)
{
	PAIR_LINES(PAIR_PLAIN, "/proc/PID", "2147483647", "-d 4194304 PID", "1 1", "0x1", "01",
		   "/proc/self", "/proc/self PID", "PID /proc/");
	PAIR_LINES(PAIR_APART, "-X PID 2147483647 PID", "-XX -q PID PID");
}

/* libproc2 looks for 255 at a time. */
static void many_pids(void)
{
	char args[3 * 256] = "-q";

	for (int i = 0; i < 255; i++)
		strcat(args, " 1");
	pair_compare(PAIR_MESSAGES, args);
	strcat(args, " 1");
	pair_compare(PAIR_MESSAGES, args);
}

static void contradictions(void)
{
	PAIR_LINES(PAIR_PLAIN, "-x", "--", "-x -d PID", "-X -x PID", "-d -X PID", "-c -C rc PID",
		   "-n -N rc", "-n -x PID", "-N rc -q", "-N rc -p", "-N rc PID", "-n PID");
}

static void ranges(void)
{
	PAIR_LINES(PAIR_PLAIN, "-A , PID", "-A 1,2,3 PID", "-A x PID", "-A 1,x PID", "-A 1- PID",
		   "-A 0x10,0xffffffffffffffff PID", "-A 10000000000000000 PID", "-A -1 PID",
		   "-x -A ffffffffff600000 PID", "-A ffffffffff600fff PID", "-d -A 5,4 PID",
		   "-A ffffffffff601000 PID", "-A 0,ffffffffff5fffff PID",
		   "-A 0,ffffffffff600000 PID");
}

/* What pmap answers with its help, ours answers with its own. */
static void refusals(void)
{
	static const char usage[] = "\nUsage:\n pmap [options] PID [PID ...]\n";
	static const char *const lines[] = {
		"", "0", "-5", "x", "1x", "1 x", "1 0", "99999999999999999999", "2147483648",
		"-x /proc/1/", "-z 1", "--no-such-option 1", "-A", "-C", "--quiet=1 1", "-a 1", "+1",
	};

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		pair_refused(lines[i], usage);
	pair_compare_word(PAIR_PLAIN, "");
	pair_compare_word(PAIR_PLAIN, " 1");
	pair_compare_word(PAIR_PLAIN, "1 ");
	pair_compare_word(PAIR_PLAIN, "-A 1, 2");
}

/* Which options there are depends on the release; what it says of one that it lacks may differ. */
static void kernel_names(void)
{
	pair_compare(PAIR_PLAIN, "-k 1");
	pair_compare(PAIR_PLAIN, "-xp --use-kernel-name 1");
}

static void about(void)
{
	static const char *const lines[] = { "-h", "--help", "-V", "--version", "-x -V 1" };

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		struct command_result result;

		pair_run(PAIR_OURS, PAIR_PLAIN, lines[i], &result);
		expect_eq(lines[i], result.status, 0);
		expect_str("nothing on stderr", result.err.data, "");
		if (!strstr(result.out.data, "vmaview"))
			fail("pmap %s: does not say that this is vmaview", lines[i]);
		command_free(&result);
	}
}

/* Output that cannot be written */

static void full_disk(void)
{
	static const char *const lines[] = { "1", "-x 1", "-X 1", "-h" };

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		struct command_result result;

		pair_run(PAIR_THEIRS, PAIR_FULL_DISK, lines[i], &result);
		expect_eq("pmap fails", result.status, 1);
		command_free(&result);
		pair_run(PAIR_OURS, PAIR_FULL_DISK, lines[i], &result);
		expect_eq("ours fails", result.status, 1);
		if (!strstr(result.err.data, strerror(ENOSPC)))
			fail("does not say why: \"%s\"", result.err.data);
		command_free(&result);
	}
}

static const struct ktap_test tests[] = {
	{ "options, short and long", options },
	{ "PIDs in all spellings, one or many, there or not", pids },
	{ "255 PIDs, and one too many", many_pids },
	{ "options that contradict each other", contradictions },
	{ "ranges, well and badly formed", ranges },
	{ "what is refused with the usage", refusals },
	{ "-k is known where the release of procps knows it", kernel_names },
	{ "help and version say who we are", about },
	{ "output to a full disk", full_disk },
};

PAIR_MAIN(tests)
