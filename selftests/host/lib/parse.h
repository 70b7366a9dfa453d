/* SPDX-License-Identifier: GPL-2.0 */
/* parse.h - in: a stream in memory; out: the process that it is of. */
#ifndef HOST_PARSE_H
#define HOST_PARSE_H

#include "stream.h"
#include "vmaview/model.h"

/* @process is initialised, and the caller's to free whatever comes.  As snapshot_read(). */
int parse_stream(struct process *process, const struct stream *stream);

#endif /* HOST_PARSE_H */
