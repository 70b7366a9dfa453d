/* SPDX-License-Identifier: GPL-2.0 */
/* thp.h - in: the kernel's settings of transparent huge pages; out: who may have one that a PMD entry maps. */
#ifndef VMAVIEW_THP_H
#define VMAVIEW_THP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum thp_mode {
	THP_UNKNOWN,
	THP_NEVER,
	THP_MADVISE,		/* only areas with MADV_HUGEPAGE */
	THP_ALWAYS,
};

extern const char *const thp_mode_words[];

/* Of the machine, each for a page of PMD size.  A kernel without such pages: all THP_NEVER, the limits 0. */
struct thp_machine {
	enum thp_mode anon;	/* private anonymous memory */
	enum thp_mode shared;	/* shared anonymous memory */
	enum thp_mode shmem;	/* memfd and SysV */
	enum thp_mode mounts;	/* any tmpfs, whatever its mount says; THP_UNKNOWN: each as its mount says */
	enum thp_mode file;	/* page cache of other files */
	bool knows_limits;
	uint64_t max_none;	/* of the entries of a range, when khugepaged takes it: not there, or the zero page, */
	uint64_t max_shared;	/* mapped by others, too, */
	uint64_t max_swap;	/* swapped out */
};

enum thp_kernel {
	THP_KERNEL_UNKNOWN,	/* without sysfs nothing says it */
	THP_KERNEL_LACKS,
	THP_KERNEL_HAS,
};

/* Does this kernel have such pages? */
enum thp_kernel thp_of_kernel(void);

/* @size: of a page that a PMD entry maps, in bytes. */
void thp_read(struct thp_machine *machine, uint64_t size);

enum thp_process {
	THP_PROCESS_UNKNOWN,
	THP_PROCESS_OFF,	/* PR_SET_THP_DISABLE of prctl(2), without flags */
	THP_PROCESS_ON,		/* no such thing */
};

/* @thread: whose files in /proc are those of the memory. */
enum thp_process thp_of_process(pid_t thread);

/* What the mount of a tmpfs says, of the mounts that @thread sees; THP_UNKNOWN where this device is no tmpfs there. */
enum thp_mode thp_of_mount(pid_t thread, uint32_t dev_major, uint32_t dev_minor);

/*
 * Tells @take of each area of @thread where it starts, and whether the kernel would have a huge page there
 * (THPeligible of smaps, which holds the process up).  False where that cannot be read.
 */
bool thp_eligible(pid_t thread, void (*take)(void *context, uint64_t start, bool eligible), void *context);

#endif /* VMAVIEW_THP_H */
