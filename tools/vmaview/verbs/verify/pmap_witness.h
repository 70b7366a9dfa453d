/* SPDX-License-Identifier: GPL-2.0 */
/* pmap_witness.h - in: a PID; out: what the system's own pmap prints of it, as a model. */
#ifndef VMAVIEW_PMAP_WITNESS_H
#define VMAVIEW_PMAP_WITNESS_H

#include "vmaview/model.h"

/*
 * @process is initialised.  Left out is what pmap makes of areas of @ours that it reads in pieces.
 * 0, -ENOENT without a pmap, -errno.
 */
int pmap_witness_read(struct process *process, const char *pid, const struct process *ours);

#endif /* VMAVIEW_PMAP_WITNESS_H */
