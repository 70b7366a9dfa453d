// SPDX-License-Identifier: GPL-2.0
/* frames.c - runs of page frames in, the words of a FRAMES record out.  Any context; takes no lock. */
#include <linux/build_bug.h>
#include <linux/minmax.h>
#include <linux/mm.h>

#include "walk/frames.h"

/* No processor has more than 52 bits of physical address; MAX_PHYSMEM_BITS is only known at boot where levels fold. */
static_assert(52 - PAGE_SHIFT <= VMAVIEW_FRAMES_PFN_BITS);

void frames_open(struct frame_words *words, void *record, size_t room)
{
	room = min_t(size_t, room, VMAVIEW_RECORD_MAX);
	words->first = words->next = words->stop = record + sizeof(struct vmaview_frames);
	words->follows = FRAMES_NONE;
	if (room >= sizeof(struct vmaview_frames) + 2 * sizeof(u64))
		words->stop += (room - sizeof(struct vmaview_frames)) / sizeof(u64) - 1;
}

size_t frames_close(struct frame_words *words)
{
	u64 nr = words->next - words->first;
	struct vmaview_frames *record = (struct vmaview_frames *)words->first - 1;

	if (!nr)
		return 0;
	*record = (struct vmaview_frames){
		.header = { VMAVIEW_REC_FRAMES, sizeof(*record) + nr * sizeof(u64) },
		.words_offset = sizeof(*record),
		.nr_words = nr,
	};
	return record->header.size;
}

/* How many frames of @run go on where the last word ends: runs may differ in what is not said here. */
static u64 add_to_last(struct frame_words *words, const struct vmaview_run *run, u64 mapcount, u64 nr)
{
	u64 there;

	if (words->follows != frames_word(run->pfn, mapcount))
		return 0;
	there = (words->next[-1] >> FRAMES_NR_SHIFT & (FRAMES_NR_MAX - 1)) + 1;
	nr = min(nr, FRAMES_NR_MAX - there);
	frames_go_on(words, nr);
	return nr;
}

static void put_word(struct frame_words *words, const struct vmaview_run *run, u64 mapcount, u64 nr)
{
	*words->next++ = frames_word(run->pfn, mapcount);
	words->follows = frames_word(run->pfn, mapcount) + 1;
	if (nr > 1)
		frames_go_on(words, nr - 1);
	if (mapcount != VMAVIEW_FRAMES_MORE)
		return;
	*words->next++ = run->page_mapcount |
			 (run->page & VMAVIEW_PAGE_PMD_SHARED ? VMAVIEW_FRAMES_PMD_SHARED : 0);
	words->follows = FRAMES_NONE;
}

bool frames_put(struct frame_words *words, struct vmaview_run *run)
{
	bool more = run->page_mapcount >= VMAVIEW_FRAMES_MORE || run->page & VMAVIEW_PAGE_PMD_SHARED;
	u64 mapcount = more ? VMAVIEW_FRAMES_MORE : run->page_mapcount;
	u64 left = (run->end - run->start) >> PAGE_SHIFT, nr;

	while (left) {
		nr = more ? 0 : add_to_last(words, run, mapcount, left);
		if (!nr) {
			if (!frames_have_room(words))
				return false;
			nr = min(left, FRAMES_NR_MAX);
			put_word(words, run, mapcount, nr);
		}
		run->start += nr << PAGE_SHIFT;
		run->pfn += nr;
		left -= nr;
	}
	return true;
}
