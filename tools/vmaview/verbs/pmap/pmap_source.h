/* SPDX-License-Identifier: GPL-2.0 */
/* pmap_source.h - in: a PID; out: its areas as pmap needs them. */
#ifndef VMAVIEW_PMAP_SOURCE_H
#define VMAVIEW_PMAP_SOURCE_H

#include <stdint.h>
#include <sys/types.h>

#include "proc/smaps_rest.h"
#include "verbs/pmap/pmap_options.h"
#include "vmaview/model.h"

/* One process; all text belongs to it. */
struct pmap_target {
	pid_t pid;			/* of the thread group */
	const char *title;
	uint64_t stack;			/* where the main thread's stack began */
	struct process process;
	struct process module;		/* PMAP_FIELDS: keeps the text that @process took from it */
	struct smaps_rest rest;		/* PMAP_FIELDS: one of each area of @process */
};

/* Areas of target->pid as @mode needs them.  0, or -errno where /proc does not let us at them. */
int pmap_read(struct pmap_target *target, enum pmap_mode mode);
void pmap_free(struct pmap_target *target);

#endif /* VMAVIEW_PMAP_SOURCE_H */
