/* SPDX-License-Identifier: GPL-2.0 */
/* missing.h - in: how reading each process went; out: who is missing, counted, and words for it. */
#ifndef VMAVIEW_MISSING_H
#define VMAVIEW_MISSING_H

#include "read/collect.h"
#include "select/targets.h"

struct missing {
	size_t nobody;		/* PIDs that do not exist */
	size_t failed;
	size_t unreadable;	/* of those: found, not named */
	size_t ended;		/* found, and gone when they were to be read */
	size_t late;		/* of those that failed: not reached in time */
};

/*
 * Was @target read, and is it who was found?  Else it is counted: whoever was named is said at once, and so is
 * the first of others that cannot be read.
 */
bool missing_none(struct missing *missing, const struct collector *collector, enum collected collected,
		  const struct target *target);

/* The same, of one for which words have been found. */
void missing_failed(struct missing *missing);

/* The same, of one that was not reached in time. */
void missing_late(struct missing *missing);

/* When all have been read: how many others are missing. */
void missing_say(const struct missing *missing);

/* The exit code once those that could be read, @shown, are shown. */
int missing_exit_code(const struct missing *missing, size_t shown);

#endif /* VMAVIEW_MISSING_H */
