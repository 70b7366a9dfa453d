// SPDX-License-Identifier: GPL-2.0
/*
 * fault_kind.c - in: what is known of one fault; out: its kind.
 *
 * The ways in which faults are served are those of handle_pte_fault() in mm/memory.c.  Where two of
 * them leave the same traces, a kind of its own says so.
 */
#include "verbs/faults/fault_kind.h"

const char *const fault_kind_name[FAULT_KINDS] = {
	[FAULT_ZERO_FILL] = "zero-fill",
	[FAULT_FILE] = "file",
	[FAULT_COPY] = "copy",
	[FAULT_SWAP] = "swap",
	[FAULT_MAKE_WRITABLE] = "make-writable",
	[FAULT_SEGV] = "segv",
	[FAULT_BUS_ERROR] = "bus-error",
	[FAULT_FAILED] = "failed",
	[FAULT_ZERO_OR_SWAP] = "zero-or-swap",
	[FAULT_FILE_OR_SWAP] = "file-or-swap",
	[FAULT_OTHER] = "other",
	[FAULT_MINOR] = "minor",
	[FAULT_MAJOR] = "major",
	[FAULT_READ_LOCK] = "mmap-read-lock",
	[FAULT_WRITE_LOCK] = "mmap-write-lock",
	[FAULT_LOST] = "lost",
};

/*
 * do_wp_page(): a private page that is not this process's alone is copied, into a page that is
 * allocated for it; else the entry is made writable.
 */
static enum fault_kind kind_of_present(const struct fault_facts *facts)
{
	if (!facts->write || facts->backing == BACKING_UNKNOWN)
		return FAULT_OTHER;
	if (facts->shared)
		return FAULT_MAKE_WRITABLE;
	if (facts->backing == BACKING_HUGETLB)
		return FAULT_OTHER;
	return facts->allocated ? FAULT_COPY : FAULT_MAKE_WRITABLE;
}

/*
 * do_anonymous_page(), do_swap_page().  Both can do without a new page: one maps the zero page, the
 * other what is still in the swap cache.
 */
static enum fault_kind kind_of_anon(const struct fault_facts *facts)
{
	if (facts->end == FAULT_ENDED_MAJOR)
		return facts->swap ? FAULT_SWAP : FAULT_OTHER;
	if (facts->allocated)
		return FAULT_ZERO_FILL;
	if (!facts->write)
		return facts->swap ? FAULT_ZERO_OR_SWAP : FAULT_ZERO_FILL;
	return facts->swap ? FAULT_SWAP : FAULT_OTHER;
}

/*
 * do_fault().  A private page that was written, and then swapped out, comes back from swap although
 * its area is a file's; only what can be written is suspected of that.
 */
static enum fault_kind kind_of_file(const struct fault_facts *facts)
{
	if (!facts->shared && facts->writable && facts->swap &&
	    (facts->end == FAULT_ENDED_MAJOR || !facts->allocated))
		return FAULT_FILE_OR_SWAP;
	if (!facts->shared && facts->write)
		return FAULT_COPY;
	return FAULT_FILE;
}

/* shmem_fault(): a hole becomes a page, what is in the page cache is mapped, the rest is in swap. */
static enum fault_kind kind_of_shmem(const struct fault_facts *facts)
{
	if (!facts->shared && facts->write)
		return kind_of_file(facts);
	if (facts->end == FAULT_ENDED_MAJOR)
		return FAULT_SWAP;
	if (!facts->shared && facts->writable && facts->swap && !facts->allocated)
		return FAULT_FILE_OR_SWAP;
	return facts->allocated ? FAULT_ZERO_FILL : FAULT_FILE;
}

static enum fault_kind kind_of_absent(const struct fault_facts *facts)
{
	switch (facts->backing) {
	case BACKING_ANON:
		return kind_of_anon(facts);
	case BACKING_FILE:
		return kind_of_file(facts);
	case BACKING_SHMEM:
		return kind_of_shmem(facts);
	default:
		return FAULT_OTHER;
	}
}

enum fault_kind fault_kind(const struct fault_facts *facts)
{
	switch (facts->end) {
	case FAULT_ENDED_SEGV:
		return FAULT_SEGV;
	case FAULT_ENDED_BUS:
		return FAULT_BUS_ERROR;
	case FAULT_ENDED_UNCOUNTED:
		return FAULT_FAILED;
	case FAULT_TOOK_READ_LOCK:
		return FAULT_READ_LOCK;
	case FAULT_TOOK_WRITE_LOCK:
		return FAULT_WRITE_LOCK;
	default:
		break;
	}
	if (!facts->entered)
		return facts->end == FAULT_ENDED_MAJOR ? FAULT_MAJOR : FAULT_MINOR;
	/* A handler's own process allocates what it serves. */
	if (facts->userfault && !facts->allocated)
		return FAULT_OTHER;
	return facts->present ? kind_of_present(facts) : kind_of_absent(facts);
}
