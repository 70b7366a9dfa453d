// SPDX-License-Identifier: GPL-2.0
/*
 * snapshot.c - the bytes of a file of moments; and, as no fuzzer finds a checksum, the same bytes packed as a stream of
 * such a file.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include <vmaview/snapshot_file.h>

#include "lib/draw.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_file(const uint8_t *bytes, size_t length)
{
	struct snapshot_file file;
	int ret = snapshot_file_open_bytes(&file, bytes, length);
	size_t first = 0, nr = 0;

	if (!ret)
		ret = snapshot_file_moment(&file, SNAPSHOT_LAST, &first, &nr);
	for (size_t i = 0; !ret && i < nr; i++) {
		struct process process;

		process_init(&process);
		process.source = SOURCE_FILE;
		ret = snapshot_file_read(&file, first + i, &process);
		if (process.comm && process.release)
			draw(&process);
		process_free(&process);
	}
	if (ret && !(file.why && *file.why))
		abort();	/* refused without a word */
	snapshot_file_close(&file);
}

static void read_packed(const uint8_t *bytes, size_t length)
{
	struct snapshot_head head = { .host = "h", .kernel = "k", .time = "t", .moments = 1, .streams = 1 };
	size_t room = SNAPSHOT_HEAD_SIZE + ZSTD_compressBound(length), used;
	char *file = malloc(room);
	ZSTD_CCtx *zstd = ZSTD_createCCtx();

	if (!file || !zstd)
		abort();
	used = snapshot_head_write(&head, file);
	ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1);
	used += ZSTD_compress2(zstd, file + used, room - used, bytes, length);
	read_file((uint8_t *)file, used);
	ZSTD_freeCCtx(zstd);
	free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	read_file(bytes, length);
	read_packed(bytes, length);
	return 0;
}
