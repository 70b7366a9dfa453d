/* SPDX-License-Identifier: GPL-2.0 */
/* blame.h - in: how collecting went wrong; out: words for it, and what to do. */
#ifndef VMAVIEW_BLAME_H
#define VMAVIEW_BLAME_H

#include "read/collect.h"

/* Why the module cannot be asked, and how it could be; into @out. */
void blame_module(const struct collector *collector, char *out, size_t room);

/* Why no PID can be asked about, and what helps; NULL where /proc and the module mean the same by one. */
const char *blame_proc(void);

/* Say why @pid is not shown. */
void blame_target(const struct collector *collector, enum collected collected, pid_t pid);

/*
 * The exit code of a run over several targets: @nobody of them do not exist, @failed could not be
 * read, @shown were.
 */
int blame_exit_code(size_t nobody, size_t failed, size_t shown);

#endif /* VMAVIEW_BLAME_H */
