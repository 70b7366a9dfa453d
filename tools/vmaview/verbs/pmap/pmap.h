/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pmap.h - the pmap mode: what was asked for, and what its parts give each other.
 *
 * pmap_command.c reads the command line, pmap_choice.c and pmap_rc.c which fields are to be shown,
 * pmap_source.c a process; pmap_rows.c makes the rows of the modes with a short row an area, which
 * pmap_layout.c prints; pmap_fields.c prints the modes with a column for each key of smaps.  Quirks
 * of procps's pmap that the output depends on are named where they live.
 */
#ifndef VMAVIEW_PMAP_H
#define VMAVIEW_PMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "proc/smaps_rest.h"
#include "vmaview/model.h"

enum pmap_mode {
	PMAP_PLAIN,	/* no option */
	PMAP_EXTENDED,	/* -x */
	PMAP_DEVICE,	/* -d */
	PMAP_FIELDS,	/* -X, -XX, -c, -C */
};

/* The fields that PMAP_FIELDS shows: none but the named ones, or all but them. */
struct pmap_choice {
	bool only_named;
	char **name;
	size_t nr;
};

struct pmap_options {
	enum pmap_mode mode;
	bool quiet;
	bool show_path;
	bool kernel_names;		/* -k */
	unsigned long low, high;	/* -A, both inclusive */
	struct pmap_choice choice;
};

/* One process; all text belongs to it. */
struct pmap_target {
	pid_t pid;			/* of the thread group */
	const char *title;
	uint64_t stack;			/* where the main thread's stack began */
	struct process process;
	struct process module;		/* PMAP_FIELDS: keeps the text that @process took from it */
	struct smaps_rest rest;		/* PMAP_FIELDS: one of each area of @process */
};

/* PMAP_FIELDS: what pmap keeps from one process to the next.  Zeroed before the first. */
struct pmap_sums {
	struct pmap_sum {
		char key[sizeof(((struct smaps_key *)NULL)->name)];
		int width;
		uint64_t total;
	} *sum;
	size_t nr;
};

/* Called as pmap, or with pmap as the first argument?  Then the rest is pmap_main()'s. */
bool pmap_is_meant(int argc, char **argv);
int pmap_main(int argc, char **argv);

/* "pmap: ..." on stderr; pmap_die() also exits with 1. */
void pmap_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void pmap_die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* Writes what is still to be written: @ret, or 1 and a message where that fails. */
int pmap_end_output(int ret);

/* Areas of target->pid as @mode needs them.  0, or -errno where /proc does not let us at them. */
int pmap_read(struct pmap_target *target, enum pmap_mode mode);
void pmap_free(struct pmap_target *target);

/* What pmap prints below the line with PID and title. */
void pmap_rows(const struct pmap_target *target, const struct pmap_options *options);
void pmap_fields(const struct pmap_target *target, const struct pmap_options *options,
		 struct pmap_sums *sums);

/* 0 or -errno; what is wrong with a line of the file is said on stderr. */
int pmap_rc_read(const char *path, struct pmap_options *options);
int pmap_rc_create(const char *path);

void pmap_choice_add(struct pmap_choice *choice, const char *name);
bool pmap_choice_shows(const struct pmap_choice *choice, const char *name);
void pmap_choice_free(struct pmap_choice *choice);

#endif /* VMAVIEW_PMAP_H */
