/* SPDX-License-Identifier: GPL-2.0 */
/* recording.h - in: one process after another; out: a snapshot file that has each moment whole, or not at all. */
#ifndef VMAVIEW_RECORDING_H
#define VMAVIEW_RECORDING_H

#include <sys/types.h>

#include "command/options.h"
#include "read/collect.h"
#include "text/progress.h"
#include "verbs/missing.h"
#include "verbs/whole_file.h"
#include "vmaview/packer.h"

struct recording {
	struct collector collector;
	struct whole_file whole;
	struct packer packer;
	struct snapshot_head head;	/* what is whole: so many moments, and streams */
	struct progress progress;
	struct missing missing;		/* of the first moment: later ones are of those who are there */
	off_t written;			/* bytes, of which ... */
	off_t kept;			/* ... so many are whole moments */
	int error;			/* of a write that failed; errno */
};

/* Each returns an exit code, all having been said. */
int recording_open(struct recording *recording, const struct options *options);

/*
 * All of @targets, as far as they can be read; *nr streams have been written.  EXIT_PARTIAL: @stop became true
 * meanwhile.  What is not kept by recording_keep() is taken back when the next moment begins, or the file ends.
 */
int recording_moment(struct recording *recording, const struct targets *targets, bool (*stop)(void), size_t *nr);
void recording_keep(struct recording *recording, size_t nr);

/* The file gets its name if it has any moment; @ret, what became of the rest, is passed on. */
int recording_close(struct recording *recording, int ret);

#endif /* VMAVIEW_RECORDING_H */
