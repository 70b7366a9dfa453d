// SPDX-License-Identifier: GPL-2.0
/* pmap_args.c - `vmaview pmap` and pmap agree on options, PIDs and errors. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/pair.h"
#include "lib/scene_test.h"

SCENE(pmap_args)

/* Options, short and long. */
TEST_F(pmap_args, options)
{
	PAIR_LINES(PAIR_PLAIN, "PID -x", "--extended PID", "--quiet --device PID", "-xq PID",
		   "--show-path PID", "--range=0,1 PID", "--range 7f0000000000 PID", "-r PID",
		   "--ext PID", "-- PID");
	PAIR_LINES(PAIR_APART, "-XXX PID", "-X -X PID");
}

/* PIDs in all spellings, one or many, there or not. */
TEST_F(pmap_args, pids)
{
	PAIR_LINES(PAIR_PLAIN, "/proc/PID", "2147483647", "-d 4194304 PID", "1 1", "0x1", "01",
		   "/proc/self", "/proc/self PID", "PID /proc/");
	PAIR_LINES(PAIR_APART, "-X PID 2147483647 PID", "-XX -q PID PID");
}

/* 255 PIDs, and one too many.  libproc2 looks for 255 at a time. */
TEST_F(pmap_args, many_pids)
{
	char args[3 * 256] = "-q";

	for (int i = 0; i < 255; i++)
		strcat(args, " 1");
	pair_compare(PAIR_MESSAGES, args);
	strcat(args, " 1");
	pair_compare(PAIR_MESSAGES, args);
}

/* Options that contradict each other. */
TEST_F(pmap_args, contradictions)
{
	PAIR_LINES(PAIR_PLAIN, "-x", "--", "-x -d PID", "-X -x PID", "-d -X PID", "-c -C rc PID",
		   "-n -N rc", "-n -x PID", "-N rc -q", "-N rc -p", "-N rc PID", "-n PID");
}

/* Ranges, well and badly formed. */
TEST_F(pmap_args, ranges)
{
	PAIR_LINES(PAIR_PLAIN, "-A , PID", "-A 1,2,3 PID", "-A x PID", "-A 1,x PID", "-A 1- PID",
		   "-A 0x10,0xffffffffffffffff PID", "-A 10000000000000000 PID", "-A -1 PID",
		   "-x -A ffffffffff600000 PID", "-A ffffffffff600fff PID", "-d -A 5,4 PID",
		   "-A ffffffffff601000 PID", "-A 0,ffffffffff5fffff PID",
		   "-A 0,ffffffffff600000 PID");
}

/* What is refused with the usage.  What pmap answers with its help, ours answers with its own. */
TEST_F(pmap_args, refusals)
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

/*
 * -k is known where the release of procps knows it.  Which options there are depends on the release;
 * what it says of one that it lacks may differ.
 */
TEST_F(pmap_args, kernel_names)
{
	pair_compare(PAIR_PLAIN, "-k 1");
	pair_compare(PAIR_PLAIN, "-xp --use-kernel-name 1");
}

/* Help and version say who we are. */
TEST_F(pmap_args, about)
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

/* Output to a full disk. */
TEST_F(pmap_args, full_disk)
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

SCENE_MAIN
