// SPDX-License-Identifier: GPL-2.0
/* report.c - what was measured in, lines on stdout out. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>

#include "die.h"
#include "report.h"

void report_table(const char *title, const char *columns)
{
	printf("table\t%s\nhead\t%s\n", title, columns);
	fflush(stdout);
}

void report_row(const char *format, ...)
{
	va_list args;

	printf("row\t");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

const char *verdict(bool met)
{
	return met ? "met" : "MISSED";
}

void report_times_table(const char *title)
{
	report_table(title, "vmaview against\tvmaview\tthe other\ttimes as fast\ttarget\tverdict");
}

void report_times(const char *what, const struct entrant *ours, const struct entrant *theirs,
		  const struct goal *goal)
{
	double ratio = (double)theirs->best_ns / ours->best_ns;

	report_row("%s\t%.1f ms\t%.1f ms\t%.2f\t%s\t%s", what, ours->best_ns / 1e6,
		   theirs->best_ns / 1e6, ratio, goal->words, verdict(ratio >= goal->at_least));
}

void report_bytes(const char *what, const struct entrant *ours, const struct entrant *theirs,
		  const struct goal *goal)
{
	double our_cost = (double)ours->best_ns / ours->bytes;
	double their_cost = (double)theirs->best_ns / theirs->bytes;
	double ratio = their_cost / our_cost;

	report_row("%s\t%.1f ns/B\t%.1f ns/B\t%.2f\t%s\t%s", what, our_cost, their_cost, ratio,
		   goal->words, verdict(ratio >= goal->at_least));
}

void report_hold(uint64_t ns)
{
	report_row("longest hold of mmap_lock\t%.1f us\t\t\t\t", ns / 1e3);
}

bool kernel_before(unsigned int major, unsigned int minor)
{
	unsigned int running_major, running_minor;
	struct utsname name;

	if (uname(&name) || sscanf(name.release, "%u.%u", &running_major, &running_minor) != 2)
		die("which kernel is this?");
	return running_major < major || (running_major == major && running_minor < minor);
}

unsigned int rounds_of(int argc, char **argv)
{
	char *end = NULL;
	unsigned long rounds = argc == 2 ? strtoul(argv[1], &end, 10) : 0;

	if (!rounds || rounds > 1000 || *end)
		die("usage: %s ROUNDS", argv[0]);
	return rounds;
}
