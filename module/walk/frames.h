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
 * @stop: end of the room, but for a second word of VMAVIEW_FRAMES_MORE
 * @follows: the word of one frame that would go on where the last word ends; FRAMES_NONE where none may
 */
struct frame_words {
	u64 *first;
	u64 *next;
	u64 *stop;
	u64 follows;
};

/* No word of one frame: its number of mappings is in another word. */
#define FRAMES_NONE (~0ULL)

/* Room for the words of at most @room bytes at @record, its header included. */
void frames_open(struct frame_words *words, void *record, size_t room);

/* Make the header. Return: bytes of the record; 0 where no word is in it, and there is none. */
size_t frames_close(struct frame_words *words);

/* Is there room for whatever comes next? */
static inline bool frames_have_room(const struct frame_words *words)
{
	return words->next < words->stop;
}

#define FRAMES_NR_SHIFT VMAVIEW_FRAMES_PFN_BITS
#define FRAMES_NR_MAX (1ULL << VMAVIEW_FRAMES_NR_BITS)
#define FRAMES_MAPCOUNT_SHIFT (VMAVIEW_FRAMES_PFN_BITS + VMAVIEW_FRAMES_NR_BITS)

/* The word of one frame that is mapped so often, fewer times than VMAVIEW_FRAMES_MORE. */
static __always_inline u64 frames_word(u64 pfn, u64 mapcount)
{
	return pfn | mapcount << FRAMES_MAPCOUNT_SHIFT;
}

/* The last word has @nr frames more, and had room for them. */
static __always_inline void frames_go_on(struct frame_words *words, u64 nr)
{
	u64 word = words->next[-1] += nr << FRAMES_NR_SHIFT;

	words->follows += nr;
	if ((word >> FRAMES_NR_SHIFT & (FRAMES_NR_MAX - 1)) == FRAMES_NR_MAX - 1)
		words->follows = FRAMES_NONE;
}

/* One frame, whose frames_word() is @word. False without room. Inline, for most memory is of single frames. */
static __always_inline bool frames_put_one(struct frame_words *words, u64 word)
{
	if (word == words->follows) {
		frames_go_on(words, 1);
		return true;
	}
	if (unlikely(!frames_have_room(words)))
		return false;
	*words->next++ = word;
	words->follows = word + 1;
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
