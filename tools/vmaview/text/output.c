// SPDX-License-Identifier: GPL-2.0
/* output.c - in: text, a few bytes at a time; out: a FILE, thousands at a time. */
#include "text/output.h"

void output_flush(struct output *output)
{
	fwrite(output->bytes, 1, output->used, output->file);
	output->used = 0;
}

void output_long(struct output *output, const char *text, size_t length)
{
	output_flush(output);
	fwrite(text, 1, length, output->file);
}

void output_many_blanks(struct output *output, size_t nr)
{
	while (nr) {
		size_t now = nr < OUTPUT_ROOM ? nr : OUTPUT_ROOM;

		memset(output_room(output, now), ' ', now);
		nr -= now;
	}
}
