/* SPDX-License-Identifier: GPL-2.0 */
/* refs.h - in: a run of pages; out: what its references are, as far as they can be told. */
#ifndef VMAVIEW_REFS_H
#define VMAVIEW_REFS_H

#include <stdbool.h>
#include <stdint.h>

#include <vmaview.h>

/*
 * The parts add up to folio_ref_count(), but for @pins; where the counts grew while they were read
 * they may be more.
 */
struct refs {
	uint32_t page_tables;
	uint32_t page_cache;
	uint32_t swap_cache;
	uint32_t private;	/* buffers, or what else a filesystem keeps at a page */
	uint32_t kernel;	/* 1: it is a page of the kernel's own, as of the vdso, or of a driver, who keeps it */
	uint32_t pins;		/* how often it is pinned, maybe: of a small folio that is a guess ... */
	uint32_t pin_refs;	/* ... and the references that these pins are */
	uint32_t lru_batch;	/* 1: in a CPU's batch for the LRU lists, maybe */
	uint32_t unexplained;
};

/* false: what such an entry names has no references, or none that are known. */
bool refs_of_run(const struct vmaview_run *run, struct refs *refs);

/* Is there a reference beyond those of page tables, caches and who made the page? */
static inline bool refs_are_more(const struct refs *refs)
{
	return refs->pins || refs->lru_batch || refs->unexplained;
}

/* Somebody holds it who is neither a page table nor a cache, nor on the way to a list. */
static inline bool refs_are_held(const struct refs *refs)
{
	return refs->pins || refs->unexplained;
}

#endif /* VMAVIEW_REFS_H */
