/* SPDX-License-Identifier: GPL-2.0 */
/*
 * uffd.h - areas in, the userfaultfds that watch them out; file tables in, who holds these out.
 *
 * A userfaultfd is known by the address of its context, which is a key here and nothing else: it is
 * compared, never followed, and no record has it.
 */
#ifndef VMAVIEW_UFFD_H
#define VMAVIEW_UFFD_H

#include <linux/mm.h>
#include <linux/xarray.h>
#include <vmaview.h>

struct walk;

/* Areas of one hold of the target's mmap_lock, at most. */
#define UFFD_AREAS	32
/* Descriptors of one hold of a file table, at most: those looked at, and those found. */
#define UFFD_FILES	256U
#define UFFD_FOUND	16

/**
 * struct uffd_context - a userfaultfd that watches an area of the target
 * @ctx: its key
 * @area: vm_start of the first area that was seen of it
 * @number: vmaview_uffd.context
 */
struct uffd_context {
	const void *ctx;
	unsigned long area;
	u32 number;
};

/**
 * struct uffd_area - an area, as a hold has found it
 * @ctx: of the userfaultfd that watches it
 * @features: of that; 0 where this kernel hides them
 * @modes: enum vmaview_uffd_modes
 */
struct uffd_area {
	unsigned long start;
	unsigned long end;
	const void *ctx;
	u32 features;
	u32 modes;
};

/**
 * struct uffd_process - whose file table it is
 * @start: vmaview_uffd.task_start
 * @pid: @tid: as there
 */
struct uffd_process {
	u64 start;
	pid_t pid;
	pid_t tid;
	char comm[16];
};

/**
 * struct uffd_found - a descriptor of a userfaultfd that is known
 * @held: the area was still registered with it when that was looked at again
 */
struct uffd_found {
	const struct uffd_context *context;
	unsigned int fd;
	bool held;
};

/**
 * struct uffd_cursor - the next file table to look at
 * @nr: of its thread, or below it, in the initial PID namespace: the only one that has all
 * @fd: the first descriptor to look at
 */
struct uffd_cursor {
	int nr;
	unsigned int fd;
};

/**
 * struct uffd - what is known so far
 * @area: of the last hold, @nr_areas
 * @last_end: areas below it have been looked at
 * @contexts: by uffd_key(), @nr_contexts
 * @cursor: file tables before it are done
 * @process: the last looked at
 * @found: its descriptors, @nr_found
 */
struct uffd {
	struct uffd_area area[UFFD_AREAS];
	unsigned int nr_areas;
	unsigned long last_end;
	struct xarray contexts;
	u32 nr_contexts;
	struct uffd_cursor cursor;
	struct uffd_process process;
	struct uffd_found found[UFFD_FOUND];
	unsigned int nr_found;
};

/* uffd.c: NULL where there is no memory. */
struct uffd *uffd_new(void);
void uffd_free(struct uffd *uffd);

/**
 * uffd_find_areas() - the next areas that a userfaultfd watches
 * @uffd: its areas are overwritten
 * @walk: after walk_hold(): whose mm it is, and when the hold should end
 * @start: areas that end below are passed over
 * @end: and those that begin from here on
 *
 * Context: mmap_lock held for reading.  Return: true when these were the last.
 */
bool uffd_find_areas(struct uffd *uffd, struct walk *walk, unsigned long start, unsigned long end);

/**
 * uffd_context() - the userfaultfd of an area that was found
 * @uffd: gets to know it
 * @area: one of its own
 *
 * Context: no lock; allocates.  Return: NULL without memory.
 */
struct uffd_context *uffd_context(struct uffd *uffd, const struct uffd_area *area);

/* Is the area of @context still watched by that?  mmap_lock of its mm is held. */
bool uffd_still(const struct uffd_context *context, struct mm_struct *mm);

/* An address of the kernel's allocator as an index: its lowest bits are 0. */
static inline unsigned long uffd_key(const void *ctx)
{
	return (unsigned long)ctx / sizeof(void *);
}

/**
 * uffd_find_holders() - who holds one of the userfaultfds that are known
 * @uffd: the process and what was found of it are overwritten
 * @next: where to go on: to be the cursor once this piece is reported
 *
 * Looks at UFFD_FILES descriptors of one thread.  A thread that shares its table with the first of its
 * group that has one is passed over.
 *
 * Context: no lock; takes and drops RCU, under it task_lock() of the thread, under that file_lock.
 * Return: false when nobody is left.
 */
bool uffd_find_holders(struct uffd *uffd, struct uffd_cursor *next);

#endif
