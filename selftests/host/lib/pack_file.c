// SPDX-License-Identifier: GPL-2.0
/*
 * pack_file.c - in: streams in files, and which PID and moment each is of; out: a snapshot file that has them.
 * "--" begins the next moment.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "packed.h"

static int read_stream(struct stream *stream, const char *path)
{
	unsigned char buffer[65536];
	FILE *file = fopen(path, "r");
	size_t got;

	if (!file) {
		perror(path);
		return 1;
	}
	while ((got = fread(buffer, 1, sizeof(buffer), file))) {
		stream->bytes = realloc(stream->bytes, stream->length + got);
		if (!stream->bytes)
			abort();
		memcpy(stream->bytes + stream->length, buffer, got);
		stream->length += got;
	}
	fclose(file);
	return 0;
}

/* PATH:PID, or PATH for the PID that is in it. */
static int add(struct packed *packed, char *word, __u32 moment)
{
	char *colon = strrchr(word, ':');
	struct stream stream = { .length = 0 };
	struct vmaview_begin *begin;

	if (colon)
		*colon = '\0';
	if (read_stream(&stream, word))
		return 1;
	begin = (void *)stream.bytes;
	if (colon)
		begin->pid = begin->tgid = atoi(colon + 1);
	packed_stream(packed, &stream, moment);
	stream_free(&stream);
	return 0;
}

int main(int argc, char **argv)
{
	struct packed packed;
	__u32 moment = 1;
	int ret = 0;
	FILE *file;

	if (argc < 3) {
		fputs("usage: pack_file OUT STREAM[:PID]... [-- STREAM[:PID]...]...\n", stderr);
		return 2;
	}
	packed_begin(&packed);
	for (int i = 2; !ret && i < argc; i++) {
		if (!strcmp(argv[i], "--"))
			moment++;
		else
			ret = add(&packed, argv[i], moment);
	}
	packed_end(&packed);
	file = ret ? NULL : fopen(argv[1], "w");
	if (!file || fwrite(packed.bytes, 1, packed.length, file) != packed.length || fclose(file)) {
		perror(argv[1]);
		ret = 1;
	}
	packed_free(&packed);
	return ret;
}
