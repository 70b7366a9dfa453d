/* SPDX-License-Identifier: GPL-2.0 */
/* group_by.h - in: what --by names; out: keys of processes and of areas, and what they are of each of these. */
#ifndef VMAVIEW_GROUP_BY_H
#define VMAVIEW_GROUP_BY_H

#include <stdbool.h>
#include <stddef.h>

#include "proc/identity.h"
#include "proc/objects.h"
#include "verbs/labels.h"
#include "vmaview/model.h"

enum group_key {
	GROUP_BY_PID,
	GROUP_BY_NAME,
	GROUP_BY_EXE,
	GROUP_BY_USER,
	GROUP_BY_CGROUP,
	GROUP_BY_SESSION,
	GROUP_BY_TREE,
	GROUP_BY_KIND,		/* the first of an area's */
	GROUP_BY_MAPPING,
	GROUP_BY_FAULT,
	GROUP_BY_OPS,
	GROUP_BY_PERMS,
	GROUP_BY_LABEL,
	GROUP_BY_OBJECT,
	GROUP_BY_NR
};

#define GROUP_BY_MAX 2

struct group_by {
	enum group_key key[GROUP_BY_MAX];
	size_t nr;
	const struct labels *labels;	/* where one of them is label */
	struct objects *objects;	/* where one of them is object: those that were seen */
};

extern const char *const group_key_names[GROUP_BY_NR];

/* "cgroup", "user,kind".  EXIT_DONE, or EXIT_USAGE and a line. */
int group_by_parse(struct group_by *by, const char *text);

static inline bool group_key_is_of_area(enum group_key key)
{
	return key >= GROUP_BY_KIND;
}

/* Is it one of its keys? */
bool group_by_has(const struct group_by *by, enum group_key key);

/* Is any of its keys one of areas? */
bool group_by_areas(const struct group_by *by);

/* Which texts of an identity are needed: enum identity_text. */
unsigned int group_by_texts(const struct group_by *by);

/* What is wanted of the module for it: enum vmaview_want, beside areas, pages and counters. */
unsigned int group_by_wants(const struct group_by *by);

/* Long enough for any number; a text may be longer, and is not copied. */
#define GROUP_NUMBER_MAX 16

/* What the key of a process is, maybe in @number; NULL: not known.  @tree is the eldest of its family. */
const char *group_of_process(enum group_key key, const struct identity *identity, pid_t tree, char *number);

/* Room for what the key of an area may be: the longest is a name of 4 * PATH_MAX bytes. */
#define GROUP_TEXT_MAX 16400

/* What the key of process->areas[@index] is, maybe in @text of GROUP_TEXT_MAX bytes; NULL: not known. */
const char *group_of_area(const struct group_by *by, enum group_key key, const struct process *process, size_t index,
			  char *text);

#endif /* VMAVIEW_GROUP_BY_H */
