/* SPDX-License-Identifier: GPL-2.0 */
/*
 * core.h - in: a core file; out: the process that it is of, as far as a core knows it.
 *
 * That is: where its areas are, what may be done there, which files are mapped where, the vdso, the first stack, the
 * stacks of threads, and its name.  Whether an area is shared, all of its pages and what the kernel knows is not there.
 */
#ifndef VMAVIEW_CORE_H
#define VMAVIEW_CORE_H

#include "vmaview/model.h"

/* Of an open file: is it a regular one that begins as ELF files do?  Nothing is read from where it stands. */
bool core_is_elf(int fd);

/*
 * @process is initialised; @fd stays the caller's.  0, or with *why in words: -EBADMSG: no core, or damaged; -ENODATA:
 * it is cut; -ENOMEM.
 */
int core_read(struct process *process, int fd, const char **why);

#endif /* VMAVIEW_CORE_H */
