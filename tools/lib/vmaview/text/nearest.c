// SPDX-License-Identifier: GPL-2.0
/* nearest.c - in: two names; out: how many letters make the difference. */
#include <ctype.h>
#include <string.h>

#include "text/nearest.h"

#define NAME_MAX_LENGTH 32	/* longer ones are no typing errors of ours */

struct nearest nearest_to(const char *name, size_t length)
{
	/* A third of the letters may be wrong, and one always. */
	struct nearest nearest = { name, length, NULL, length / 3 + 2 };

	return nearest;
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Levenshtein's distance, one row at a time, whatever the case. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t row[NAME_MAX_LENGTH + 1];

	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			int differ = tolower((unsigned char)a[i - 1]) !=
				     tolower((unsigned char)b[j - 1]);
			size_t here = least(row[j] + 1, row[j - 1] + 1, diagonal + differ);

			diagonal = row[j];
			row[j] = here;
		}
	}
	return row[b_length];
}

void nearest_offer(struct nearest *nearest, const char *candidate)
{
	size_t length = strlen(candidate);
	size_t away;

	if (length > NAME_MAX_LENGTH || nearest->length > NAME_MAX_LENGTH)
		return;
	away = distance(nearest->name, nearest->length, candidate, length);
	if (away < nearest->distance) {
		nearest->best = candidate;
		nearest->distance = away;
	}
}
