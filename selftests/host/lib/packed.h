/* SPDX-License-Identifier: GPL-2.0 */
/* packed.h - in: streams, one by one; out: a snapshot file in memory that has them. */
#ifndef HOST_PACKED_H
#define HOST_PACKED_H

#include <vmaview/packer.h>

#include "stream.h"

struct packed {
	unsigned char *bytes;
	size_t length;
	size_t room;
	struct snapshot_head head;
	struct packer packer;
};

/* As it stands in @head but for the numbers, which packed_end() puts in. */
void packed_begin(struct packed *packed);
void packed_stream(struct packed *packed, const struct stream *stream, __u32 moment);
void packed_end(struct packed *packed);
void packed_free(struct packed *packed);

/* Bytes as they are: for what no packer would write. */
void packed_bytes(struct packed *packed, const void *bytes, size_t length);

#endif /* HOST_PACKED_H */
