/* SPDX-License-Identifier: GPL-2.0 */
/* pair.h - procps's pmap and `vmaview pmap`, side by side, to the byte. */
#ifndef PAIR_H
#define PAIR_H

#include <stdbool.h>
#include <sys/types.h>

#include "command.h"
#include "result.h"

/*
 * Makes all memory of this process its own.  Otherwise what it shares with its parent or child
 * since fork() would be counted differently as soon as one of the two writes to it.
 */
void pair_alone(void);

enum pair_how {
	PAIR_PLAIN	= 0,
	PAIR_MESSAGES	= 1,	/* stderr must be the same, too */
	PAIR_NOBODY	= 2,	/* both run as a user without rights */
	PAIR_NO_ADMIN	= 4,	/* both run without CAP_SYS_ADMIN: the module refuses ours */
	PAIR_AS_PMAP	= 8,	/* ours is called as pmap */
	/*
	 * Who looks at a process also maps libc, and so changes the Pss of everybody's libc: both
	 * run on libraries of their own, copies that no other process maps.
	 */
	PAIR_APART	= 16,
	PAIR_FULL_DISK	= 32,	/* their output goes to /dev/full */
	/* Ours runs a second time, with PAIR_NO_ADMIN: theirs says the same of who stands still. */
	PAIR_TWICE	= 64,
};

/*
 * Runs both with @args, words with a blank between two; fails the test where exit code or output
 * differ.  The result says whether they were the same.
 */
bool pair_compare(enum pair_how how, const char *args);
/* The same, with one argument of any kind. */
bool pair_compare_word(enum pair_how how, const char *word);

/* Both refuse @args with exit code 1 and the same on stdout; on stderr ours says @why, among others. */
void pair_refused(const char *args, const char *why);

/* pair_compare() of @pids in every mode, or in as few as have each kind of output; PAIR_APART. */
void pair_all_modes(enum pair_how how, const char *pids);
void pair_main_modes(enum pair_how how, const char *pids);

/*
 * pair_compare() of each of @nr lines, messages and all, with the PID of a process that stands
 * still in place of each "PID".
 */
void pair_lines(enum pair_how how, const char *const *lines, size_t nr);

#define PAIR_LINES(how, ...) do { \
	static const char *const lines_[] = { __VA_ARGS__ }; \
	pair_lines(how, lines_, ARRAY_SIZE(lines_)); \
} while (0)

/*
 * Compares a child that runs @scene, which begins with pair_alone() and ends with child_ready():
 * in the C locale and in the one that knows more characters, from the module and from /proc.
 */
void pair_scene(int (*scene)(void *unused));

enum pair_who { PAIR_THEIRS, PAIR_OURS, PAIR_OURS_AS_PMAP };

/* What one of them says.  Free with command_free(). */
void pair_run(enum pair_who who, enum pair_how how, const char *args,
	      struct command_result *result);

#endif
