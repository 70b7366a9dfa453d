/* SPDX-License-Identifier: GPL-2.0 */
/* fault_kind.h - in: what the kernel's events reported of one fault; out: its kind.  Knows no kernel. */
#ifndef VMAVIEW_FAULT_KIND_H
#define VMAVIEW_FAULT_KIND_H

#include <stdbool.h>
#include <stddef.h>

enum fault_kind {
	FAULT_ZERO_FILL,	/* anonymous or shared memory came into being */
	FAULT_FILE,		/* a page of a file was mapped */
	FAULT_COPY,		/* a page was copied, before or as it was mapped */
	FAULT_SWAP,		/* a page came back from swap */
	FAULT_MAKE_WRITABLE,	/* what was there already may now be written */
	FAULT_SEGV,		/* SIGSEGV */
	FAULT_BUS_ERROR,	/* SIGBUS */
	FAULT_FAILED,		/* not served, and no signal for it: EFAULT, or interrupted */
	FAULT_ZERO_OR_SWAP,	/* which of the two, the events do not say */
	FAULT_FILE_OR_SWAP,
	FAULT_OTHER,		/* served in none of these ways, or in an area that is not known */
	FAULT_MINOR,		/* nothing but the kernel's counter is known of it */
	FAULT_MAJOR,
	FAULT_READ_LOCK,	/* no fault: mmap_lock was taken, to look at the address space */
	FAULT_WRITE_LOCK,	/* ... to change it */
	FAULT_LOST,		/* no fault: records for which there was no room */
	FAULT_KINDS
};

extern const char *const fault_kind_name[FAULT_KINDS];

/* What the area is of in which it happened. */
enum fault_backing {
	BACKING_UNKNOWN,	/* no area is known there, or a driver's */
	BACKING_ANON,
	BACKING_FILE,
	BACKING_SHMEM,
	BACKING_HUGETLB,	/* its pages do not come from the allocator that is watched */
};

/* How a fault ended. */
enum fault_end {
	FAULT_ENDED_MINOR,	/* counted by mm_account_fault() of mm/memory.c */
	FAULT_ENDED_MAJOR,
	FAULT_ENDED_SEGV,	/* a signal of the kernel's own in its place */
	FAULT_ENDED_BUS,
	FAULT_ENDED_UNCOUNTED,	/* the next one came, and nothing was heard of this one */
	FAULT_TOOK_READ_LOCK,	/* not of a fault, and not in it alone: the thread has mmap_lock */
	FAULT_TOOK_WRITE_LOCK,
};

static inline bool fault_is_lock(enum fault_end end)
{
	return end == FAULT_TOOK_READ_LOCK || end == FAULT_TOOK_WRITE_LOCK;
}

struct fault_facts {
	enum fault_end end;
	bool entered;		/* the exception was seen: the next three are known */
	bool present;		/* the page-table entry was there: X86_PF_PROT */
	bool write;		/* X86_PF_WRITE */
	bool allocated;		/* a movable page was allocated for it meanwhile */
	enum fault_backing backing;
	bool shared;		/* of the area: MAP_SHARED */
	bool writable;		/* of the area, now */
	bool userfault;		/* a userfaultfd handler may have served it */
	bool swap;		/* this machine has some */
};

/* Rows of this kind count faults. */
static inline bool fault_kind_is_fault(enum fault_kind kind)
{
	return kind != FAULT_LOST && kind != FAULT_READ_LOCK && kind != FAULT_WRITE_LOCK;
}

enum fault_kind fault_kind(const struct fault_facts *facts);

#endif /* VMAVIEW_FAULT_KIND_H */
