/* SPDX-License-Identifier: GPL-2.0 */
/* snapshot.h - in: an open reader; out: the process that its records describe. */
#ifndef VMAVIEW_SNAPSHOT_H
#define VMAVIEW_SNAPSHOT_H

#include "vmaview/model.h"
#include "vmaview/reader.h"

/*
 * Read to END.  @process is initialised; on an error it has what came before.  0 or -errno as
 * reader_next(), -ENOMEM; reader->why says what it was.
 */
int snapshot_read(struct process *process, struct reader *reader);

#endif /* VMAVIEW_SNAPSHOT_H */
