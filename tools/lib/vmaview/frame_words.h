/* SPDX-License-Identifier: GPL-2.0 */
/* frame_words.h - in: the words of FRAMES records, or runs; out: which page frames they are, or such words. */
#ifndef VMAVIEW_FRAME_WORDS_H
#define VMAVIEW_FRAME_WORDS_H

#include "vmaview/model.h"

/* Page frames that follow each other. */
struct frame_run {
	uint64_t pfn;
	uint64_t nr;
	uint32_t mapcount;	/* of each of them; VMAVIEW_UNKNOWN */
	bool pmd_shared;	/* others use the very table that maps them, which is one mapping */
};

/* What a word says; the mapcount may be VMAVIEW_FRAMES_MORE. */
static inline uint64_t frame_word_pfn(uint64_t word)
{
	return word & ((UINT64_C(1) << VMAVIEW_FRAMES_PFN_BITS) - 1);
}

static inline uint64_t frame_word_nr(uint64_t word)
{
	return (word >> VMAVIEW_FRAMES_PFN_BITS & ((UINT64_C(1) << VMAVIEW_FRAMES_NR_BITS) - 1)) + 1;
}

static inline uint32_t frame_word_mapcount(uint64_t word)
{
	return word >> (VMAVIEW_FRAMES_PFN_BITS + VMAVIEW_FRAMES_NR_BITS);
}

/* The first of @nr words, at least one.  How many words it takes, 0 where some of them are missing. */
size_t frame_words_next(const uint64_t *words, size_t nr, struct frame_run *run);

/*
 * What a dense request selects: memory that is somebody's.  Without zero pages and memory without a page; pages
 * of the kernel's own are among them.
 */
extern const struct vmaview_request frame_words_select;

/* Of a process with runs, in place of its frames: the words that the module would have given.  0 or -ENOMEM. */
int frame_words_of_runs(struct process *process);

#endif /* VMAVIEW_FRAME_WORDS_H */
