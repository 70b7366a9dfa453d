// SPDX-License-Identifier: GPL-2.0
/* frame_words.c - in: the words of FRAMES records, or runs; out: which page frames they are, or such words. */
#include "vmaview/frame_words.h"

#define NR_SHIFT VMAVIEW_FRAMES_PFN_BITS
#define MAPCOUNT_SHIFT (VMAVIEW_FRAMES_PFN_BITS + VMAVIEW_FRAMES_NR_BITS)
#define NR_MAX (UINT64_C(1) << VMAVIEW_FRAMES_NR_BITS)
#define PFN_MASK ((UINT64_C(1) << VMAVIEW_FRAMES_PFN_BITS) - 1)

const struct vmaview_request frame_words_select = {
	.flags = VMAVIEW_REQUEST_DENSE,
	.states = 1u << VMAVIEW_STATE_PRESENT,
	.origins = VMAVIEW_ORIGINS & ~(1u << VMAVIEW_ORIGIN_ZERO | 1u << VMAVIEW_ORIGIN_HUGE_ZERO),
	.page_mask = VMAVIEW_PAGE_ZONE_DEVICE,
};

size_t frame_words_next(const uint64_t *words, size_t nr, struct frame_run *run)
{
	run->pfn = frame_word_pfn(words[0]);
	run->nr = frame_word_nr(words[0]);
	run->mapcount = frame_word_mapcount(words[0]);
	run->pmd_shared = false;
	if (run->mapcount != VMAVIEW_FRAMES_MORE)
		return 1;
	if (nr < 2)
		return 0;
	run->mapcount = words[1];
	run->pmd_shared = words[1] & VMAVIEW_FRAMES_PMD_SHARED;
	return 2;
}

static bool is_selected(const struct vmaview_run *run)
{
	return frame_words_select.states >> run->state & 1 && frame_words_select.origins >> run->origin & 1 &&
	       (run->page & frame_words_select.page_mask) == frame_words_select.page_value &&
	       run->pfn != VMAVIEW_UNKNOWN64;
}

static int add_run(struct process *process, const struct vmaview_run *run, uint64_t nr)
{
	uint64_t left = nr, pfn = run->pfn & PFN_MASK, words[2];
	int ret = 0;

	words[1] = run->page_mapcount | (run->page & VMAVIEW_PAGE_PMD_SHARED ? VMAVIEW_FRAMES_PMD_SHARED : 0);
	while (!ret && left) {
		nr = left < NR_MAX ? left : NR_MAX;
		words[0] = pfn | (nr - 1) << NR_SHIFT | (uint64_t)VMAVIEW_FRAMES_MORE << MAPCOUNT_SHIFT;
		ret = process_add_frames(process, words, 2);
		pfn += nr;
		left -= nr;
	}
	return ret;
}

int frame_words_of_runs(struct process *process)
{
	uint64_t page_size = process->page_size ? process->page_size : 4096;
	size_t next = 0;
	int ret = 0;

	process->nr_frames = 0;
	for (size_t i = 0; !ret && i < process->nr_areas; i++) {
		struct area *area = &process->areas[i];

		for (; !ret && next < process->nr_runs && process->runs[next].start < area->end; next++) {
			const struct vmaview_run *run = &process->runs[next];

			if (run->start >= area->start && is_selected(run))
				ret = add_run(process, run, (run->end - run->start) / page_size);
		}
		area->frames_end = process->nr_frames;
	}
	return ret;
}
