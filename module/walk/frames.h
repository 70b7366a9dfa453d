/* SPDX-License-Identifier: GPL-2.0 */
/*
 * frames.h - runs of page frames in, the words of a FRAMES record out, into memory of the caller's.
 *
 * The sink of runs is the only user.  Any context; takes no lock.
 */
#ifndef VMAVIEW_FRAMES_H
#define VMAVIEW_FRAMES_H

#include <linux/types.h>
#include <vmaview.h>

/**
 * struct frame_words - where words go
 * @first: of the record
 * @next: room for the next one
 * @stop: end of the room
 * @last: the word that further frames may be added to; NULL for none
 */
struct frame_words {
	u64 *first;
	u64 *next;
	u64 *stop;
	u64 *last;
};

/* Room for the words of at most @room bytes at @record, its header included. */
void frames_open(struct frame_words *words, void *record, size_t room);

/* Make the header. Return: bytes of the record; 0 where no word is in it, and there is none. */
size_t frames_close(struct frame_words *words);

/* Is there room for whatever comes next? */
static inline bool frames_have_room(const struct frame_words *words)
{
	return words->stop - words->next >= 2;
}

#define FRAMES_NR_SHIFT VMAVIEW_FRAMES_PFN_BITS
#define FRAMES_NR_MAX (1ULL << VMAVIEW_FRAMES_NR_BITS)
#define FRAMES_MAPCOUNT_SHIFT (VMAVIEW_FRAMES_PFN_BITS + VMAVIEW_FRAMES_NR_BITS)

/*
 * One frame that @mapcount entries name, fewer than VMAVIEW_FRAMES_MORE. Return: false where there is no room.
 * Inline, for most memory is of single frames.
 */
static __always_inline bool frames_put_one(struct frame_words *words, u64 pfn, u32 mapcount)
{
	u64 word = pfn | (u64)mapcount << FRAMES_MAPCOUNT_SHIFT, there;

	if (words->last) {
		there = *words->last >> FRAMES_NR_SHIFT & (FRAMES_NR_MAX - 1);
		if (*words->last - (there << FRAMES_NR_SHIFT) + there + 1 == word && there + 1 < FRAMES_NR_MAX) {
			*words->last += 1ULL << FRAMES_NR_SHIFT;
			return true;
		}
	}
	if (!frames_have_room(words))
		return false;
	words->last = words->next;
	*words->next++ = word;
	return true;
}

/**
 * frames_put() - the frames of a run
 * @words: prepared by frames_open()
 * @run: names frames; becomes what of it found no room
 *
 * Return: false where some did not.
 */
bool frames_put(struct frame_words *words, struct vmaview_run *run);

#endif
