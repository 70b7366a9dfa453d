/* SPDX-License-Identifier: GPL-2.0 */
/* procfs.h - in: a PID; out: the model as far as /proc/PID/smaps or maps can fill it. */
#ifndef VMAVIEW_PROCFS_H
#define VMAVIEW_PROCFS_H

#include <stdio.h>

#include "proc/smaps_rest.h"
#include "vmaview/model.h"

/*
 * Areas from text in the format of smaps (or maps); what the model has no place for goes to @rest,
 * where there is one.  0, -EBADMSG, -ENOMEM, -errno of reading.
 */
int procfs_parse(struct process *process, FILE *text, struct smaps_rest *rest);

/* From /proc/@pid/@name: 0 or -errno. */
int procfs_read_file(struct process *process, const char *pid, const char *name);

/* All areas of process->thread: from smaps, from maps on a kernel without smaps. */
int procfs_read(struct process *process);

/* The same from maps alone: where they are, and nothing of what is in them. */
int procfs_read_maps(struct process *process);

/*
 * Add the gate area ([vsyscall]) where @pid has one: the kernel shows it to nobody but the readers
 * of /proc/PID/maps and smaps, as it is no part of the address space.
 */
int procfs_add_gate(struct process *process, pid_t pid);

#endif /* VMAVIEW_PROCFS_H */
