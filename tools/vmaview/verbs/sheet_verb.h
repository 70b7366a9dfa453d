/* SPDX-License-Identifier: GPL-2.0 */
/* sheet_verb.h - in: options of a verb that shows rows of processes; out: all of it, shown. */
#ifndef VMAVIEW_SHEET_VERB_H
#define VMAVIEW_SHEET_VERB_H

#include "draw/sheet.h"

struct sheet_verb {
	const char *json;	/* in JSON: the key of the rows, beside pid, comm and cmdline */
	uint32_t want;		/* enum vmaview_want */
	struct vmaview_request select;	/* of runs: its flags and selection; nothing set: all */
	bool whole;		/* a row is an area, and sums up all of its runs */
	const struct sheet_notes *notes;	/* NULL: its rows say it all */
	/* May what was read be shown?  EXIT_DONE, or a code, all having been said.  NULL: always. */
	int (*check)(const struct options *options, const struct process *process);
	/* Takes away what is not to be shown; NULL: of a saved process, what the module would have left out. */
	void (*reduce)(const struct options *options, struct process *process);
	/* The rows of @sheet->process, and what goes beside them, malloc()ed; 0 or -ENOMEM.  NULL: its runs. */
	int (*fill)(struct sheet *sheet);
	/* Is what the verb shows in this, maybe saved, stream?  NULL: the verb shows nothing that is saved. */
	bool (*has)(const struct process *process);
	const void *context;	/* for its sheets */
};

/* Only the module, or what was saved of it, can answer such a verb.  Returns an exit code. */
int sheet_verb_main(struct options *options, const struct sheet_verb *verb);

#endif /* VMAVIEW_SHEET_VERB_H */
