/* SPDX-License-Identifier: GPL-2.0 */
/* label.h - in: an area without a name, its neighbours and threads; out: what it is for, where that can be told. */
#ifndef VMAVIEW_LABEL_H
#define VMAVIEW_LABEL_H

#include "vmaview/model.h"

enum label {
	LABEL_NONE,
	LABEL_THREAD,	/* stack of a thread: area.thread says of which */
	LABEL_ARENA,	/* looks like what malloc() of glibc maps for a thread: a guess */
	LABEL_JIT,	/* code that is of no file: a guess */
	LABEL_UNKNOWN,	/* its source does not say what threads there are */
	LABEL_NR
};

/*
 * Where the fs register of a thread that is not the first points into the area: its index in process->segments, or
 * -1.  That is how glibc and musl lay a stack out: what the register points to lies at its top.
 */
ptrdiff_t label_thread(const struct process *process, const struct area *area);

/* Of process->areas[@index], whose kind was found. */
enum label label_of_area(const struct process *process, size_t index);

/* As the column Label has it: its length in @out; -1 where it is not known. */
int label_text(const struct process *process, const struct area *area, char *out, size_t room);

#endif /* VMAVIEW_LABEL_H */
