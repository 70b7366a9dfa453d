/* SPDX-License-Identifier: GPL-2.0 */
/*
 * call.h - calls of ioctl() of which all may be wrong: the command, who is meant, where the argument
 * is and how much of it can be read; and whether the answer is among those that a model allows.
 *
 * Dice as call_begin() was given them.
 */
#ifndef CALL_H
#define CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "random.h"

enum { NR_TARGETS = 8, NAMED_BY_PID = 4 };

/* One way to name a target, and how the module must answer to it. */
struct named {
	int nr;
	bool pidfd;
	int err;
};

/* One call: @at is its argument, of which @there bytes can be read and written. */
struct call {
	unsigned int command;
	unsigned long at;
	size_t there;
	bool compat;
};

void call_begin(struct dice *dice);
/* NR_TARGETS of them; the first NAMED_BY_PID are named by PIDs. */
void call_name_targets(struct named *targets);
/* What the contract says of a PID that may be anybody's, whose error is @known_err, or nobody's. */
int call_pid_error(int nr, int known_err);

/* Where an argument of @size bytes is laid: within a page, or with its end out of it. */
void call_place(struct call *call, size_t size);
/* As much of @bytes as there is room for. */
void call_lay(const struct call *call, const void *bytes, size_t size);
/* Addresses at which nobody may read or write. */
unsigned long call_nowhere(void);
/* What an argument of @size bytes says of its size: mostly that, or anything. */
size_t call_size(size_t size);

long call_run(int fd, const struct call *call);
/* @allowed has the bit of each errno that may be, bit 0 for success. */
void call_expect(const char *what, const struct call *call, long ret, uint64_t allowed);

#endif
