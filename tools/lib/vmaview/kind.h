/* SPDX-License-Identifier: GPL-2.0 */
/* kind.h - in: an area among its neighbours; out: what kind of memory it is. */
#ifndef VMAVIEW_KIND_H
#define VMAVIEW_KIND_H

#include "vmaview/model.h"

enum kind {
	KIND_OF_TEXT,		/* code of a file */
	KIND_OF_DATA,		/* a private, writable mapping of a file, or one with pages of its own */
	KIND_OF_BSS,		/* anonymous memory that follows on such data */
	KIND_OF_HEAP,
	KIND_OF_STACK,		/* of the first thread */
	KIND_OF_THREAD_STACK,	/* of any other: where its fs register points into */
	KIND_OF_ANON,
	KIND_OF_FILE,		/* any other mapping of a file */
	KIND_OF_SHMEM,		/* tmpfs, and shared anonymous memory */
	KIND_OF_MEMFD,
	KIND_OF_HUGETLB,
	KIND_OF_SYSV,
	KIND_OF_DEVICE,
	KIND_OF_SPECIAL,	/* the kernel's own: [vdso], rings, sockets */
	KIND_OF_GUARD,		/* no access, and nothing there */
	KIND_OF_UNKNOWN,	/* its source does not say enough, as a core does not */
	KIND_OF_NR
};

extern const char *const kind_names[KIND_OF_NR];

/* Of process->areas[@index].  Stacks of threads are known where the process has segments. */
enum kind kind_of_area(const struct process *process, size_t index);

/* Keep it in each area, and its label (label.h), before any is moved or left out. */
void kinds_find(struct process *process);

/* Are its pages the kernel's own, which nobody's memory is?  The vdso and its like. */
bool kind_is_vdso(const struct area *area);

#endif /* VMAVIEW_KIND_H */
