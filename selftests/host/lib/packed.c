// SPDX-License-Identifier: GPL-2.0
/* packed.c - in: streams, one by one; out: a snapshot file in memory that has them. */
#include <stdlib.h>
#include <string.h>

#include "packed.h"

void packed_bytes(struct packed *packed, const void *bytes, size_t length)
{
	while (packed->length + length > packed->room) {
		packed->room = 2 * packed->room + 4096;
		packed->bytes = realloc(packed->bytes, packed->room);
		if (!packed->bytes)
			abort();
	}
	memcpy(packed->bytes + packed->length, bytes, length);
	packed->length += length;
}

static int write_packed(void *to, const void *bytes, size_t length)
{
	packed_bytes(to, bytes, length);
	return 0;
}

void packed_begin(struct packed *packed)
{
	memset(packed, 0, sizeof(*packed));
	strcpy(packed->head.host, "scene");
	strcpy(packed->head.kernel, "6.1.0-test-amd64");
	strcpy(packed->head.time, "2023-11-14T22:13:20Z");
	if (packer_open(&packed->packer, write_packed, packed) || packer_head(&packed->packer, &packed->head))
		abort();
}

void packed_stream(struct packed *packed, const struct stream *stream, __u32 moment)
{
	for (size_t at = 0; at < stream->length;) {
		const struct vmaview_header *record = (const void *)(stream->bytes + at);

		if (at ? packer_record(&packed->packer, record) : packer_begin(&packed->packer, record, moment))
			abort();
		at += record->size;
	}
	if (packer_end(&packed->packer))
		abort();
	packed->head.streams++;
	packed->head.moments = moment;
}

void packed_end(struct packed *packed)
{
	char head[SNAPSHOT_HEAD_SIZE];

	memcpy(packed->bytes, head, snapshot_head_write(&packed->head, head));
	packer_close(&packed->packer);
}

void packed_free(struct packed *packed)
{
	packer_close(&packed->packer);
	free(packed->bytes);
}
