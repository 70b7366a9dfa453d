/* SPDX-License-Identifier: GPL-2.0 */
/* pmap_command.h - in: pmap's command line; out: what it asks for. */
#ifndef VMAVIEW_PMAP_COMMAND_H
#define VMAVIEW_PMAP_COMMAND_H

#include "verbs/pmap/pmap_options.h"

/* Options of which pmap takes only one, as bits of struct pmap_command.exclusive. */
enum pmap_exclusive {
	PMAP_ONE_READ_DEFAULT	= 1,	/* -c */
	PMAP_ONE_READ		= 2,	/* -C */
	PMAP_ONE_CREATE_DEFAULT	= 4,	/* -n */
	PMAP_ONE_CREATE		= 8,	/* -N */
	PMAP_ONE_DEVICE		= 16,	/* -d */
	PMAP_ONE_EXTENDED	= 32,	/* -x */
	PMAP_ONE_DETAILS	= 64,	/* -X, -XX */
};

#define PMAP_ONE_OF_READS	(PMAP_ONE_READ_DEFAULT | PMAP_ONE_READ)
#define PMAP_ONE_OF_CREATES	(PMAP_ONE_CREATE_DEFAULT | PMAP_ONE_CREATE)

struct pmap_command {
	struct pmap_options options;
	unsigned int exclusive;
	unsigned int details;		/* how many X */
	const char *rc;			/* the file of -C and -N; NULL: ~/.pmaprc */
	unsigned int *pids;
	int nr_pids;
};

/*
 * Takes a zeroed @command.  What cannot be meant ends the program, with a message or with the
 * usage; so do -h and -V.  A command that creates a file has no PIDs.
 */
void pmap_command_read(struct pmap_command *command, int argc, char **argv);
void pmap_command_free(struct pmap_command *command);

#endif /* VMAVIEW_PMAP_COMMAND_H */
