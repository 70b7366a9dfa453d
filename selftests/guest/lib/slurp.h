/* SPDX-License-Identifier: GPL-2.0 */
/* slurp.h - whole files and descriptors into memory. */
#ifndef SLURP_H
#define SLURP_H

#include <stddef.h>

struct bytes {
	char *data;		/* ends in a NUL that is not counted */
	size_t len;
};

/* Reads to the end by calls of at most @chunk bytes.  0 or -errno; what came before stays in @out. */
int slurp_fd(int fd, size_t chunk, struct bytes *out);
int slurp(const char *path, struct bytes *out);
void bytes_free(struct bytes *bytes);

#endif
