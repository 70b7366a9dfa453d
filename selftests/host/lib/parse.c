// SPDX-License-Identifier: GPL-2.0
/* parse.c - in: a stream in memory; out: the process that it is of. */
#include "parse.h"
#include "vmaview/reader.h"
#include "vmaview/snapshot.h"

int parse_stream(struct process *process, const struct stream *stream)
{
	struct reader_source source = { .bytes = stream->bytes, .length = stream->length };
	struct reader reader;
	int ret = reader_open(&reader, &source);

	process_init(process);
	if (!ret)
		ret = snapshot_read(process, &reader);
	reader_close(&reader);
	return ret;
}
