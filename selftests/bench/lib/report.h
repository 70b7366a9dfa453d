/* SPDX-License-Identifier: GPL-2.0 */
/*
 * report.h - what was measured in; lines on stdout out, their columns separated by tabs: "table
 * TITLE", "head COLUMN...", "row CELL...".  scripts/bench makes tables of them.
 */
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>

#include "contest.h"

/**
 * struct goal - what is asked of a ratio of times
 * @at_least: theirs / ours must reach this
 * @words: the same, in words
 */
struct goal {
	double at_least;
	const char *words;
};

/* @columns and what row() prints have tabs between the cells. */
void report_table(const char *title, const char *columns);
__attribute__((format(printf, 1, 2))) void report_row(const char *format, ...);

/* A table for report_times(). */
void report_times_table(const char *title);
/* The best times of two entrants; a ratio above 1 says that vmaview is the faster. */
void report_times(const char *what, const struct entrant *ours, const struct entrant *theirs,
		  const struct goal *goal);
/* The same per byte read. */
void report_bytes(const char *what, const struct entrant *ours, const struct entrant *theirs,
		  const struct goal *goal);

/* A stream's longest hold of mmap_lock, in such a table; nothing is asked of it. */
void report_hold(uint64_t ns);

const char *verdict(bool met);
/* Is the running kernel older than @major.@minor? */
bool kernel_before(unsigned int major, unsigned int minor);
/* How many rounds the command line asks for, its only argument. */
unsigned int rounds_of(int argc, char **argv);

#endif
