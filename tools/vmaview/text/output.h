/* SPDX-License-Identifier: GPL-2.0 */
/*
 * output.h - in: text, a few bytes at a time; out: a FILE, thousands at a time.
 *
 * A call of stdio for each cell takes longer than all else that is done for it.  What is kept here is not in the
 * file yet: nobody else may write there until output_flush().
 */
#ifndef VMAVIEW_OUTPUT_H
#define VMAVIEW_OUTPUT_H

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define OUTPUT_ROOM 32768

struct output {
	FILE *file;
	size_t used;
	char bytes[OUTPUT_ROOM];
};

static inline void output_begin(struct output *output, FILE *file)
{
	output->file = file;
	output->used = 0;
}

/* A failure is one of the file, as with any other function of stdio. */
void output_flush(struct output *output);

/* What does not fit into the room that is left. */
void output_long(struct output *output, const char *text, size_t length);

/* @length bytes, at most OUTPUT_ROOM, that the caller fills in. */
static inline char *output_room(struct output *output, size_t length)
{
	char *room;

	if (OUTPUT_ROOM - output->used < length)
		output_flush(output);
	room = output->bytes + output->used;
	output->used += length;
	return room;
}

static inline void output_text(struct output *output, const char *text, size_t length)
{
	if (OUTPUT_ROOM - output->used < length) {
		output_long(output, text, length);
		return;
	}
	memcpy(output->bytes + output->used, text, length);
	output->used += length;
}

static inline void output_byte(struct output *output, char byte)
{
	*output_room(output, 1) = byte;
}

/* More than there is room for. */
void output_many_blanks(struct output *output, size_t nr);

static inline void output_blanks(struct output *output, size_t nr)
{
	if (OUTPUT_ROOM - output->used < nr) {
		output_many_blanks(output, nr);
		return;
	}
	for (char *at = output->bytes + output->used, *end = at + nr; at < end; at++)
		*at = ' ';
	output->used += nr;
}

#endif /* VMAVIEW_OUTPUT_H */
