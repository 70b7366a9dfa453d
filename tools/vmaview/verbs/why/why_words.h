/* SPDX-License-Identifier: GPL-2.0 */
/* why_words.h - in: two areas that touch; out: in words, what one of them has of that in which they differ. */
#ifndef VMAVIEW_WHY_WORDS_H
#define VMAVIEW_WHY_WORDS_H

#include "verbs/why/why_rows.h"

/*
 * Of @side 0, the area below, or 1, the one above: the length of the text in @out, or -1 where it is not known.  Of
 * flags those that the other lacks, or where both have the same, those with which no area is merged.
 */
int why_text_side(const struct process *process, const struct why_row *row, unsigned int side, char *out,
		  size_t room);

#endif /* VMAVIEW_WHY_WORDS_H */
