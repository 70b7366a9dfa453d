// SPDX-License-Identifier: GPL-2.0
/* stream.c - the bytes of a stream, or of a snapshot: reader, model and every drawing. */
#include <stdint.h>
#include <stdlib.h>

#include <vmaview/snapshot.h>

#include "lib/draw.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct reader_source source = { .bytes = bytes, .length = length };
	struct process process;
	struct reader reader;

	process_init(&process);
	process.source = SOURCE_FILE;
	if (!reader_open(&reader, &source) && snapshot_read(&process, &reader) && !reader.why)
		abort();	/* refused without a word */
	reader_close(&reader);
	if (process.comm && process.release)
		draw(&process);
	process_free(&process);
	return 0;
}
