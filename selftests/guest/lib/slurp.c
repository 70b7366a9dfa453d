// SPDX-License-Identifier: GPL-2.0
/* slurp.c - whole files and descriptors into memory. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "result.h"
#include "slurp.h"

int slurp_fd(int fd, size_t chunk, struct bytes *out)
{
	size_t room = 0;

	memset(out, 0, sizeof(*out));
	for (;;) {
		ssize_t got;

		if (out->len + chunk + 1 > room) {
			room = 2 * (out->len + chunk + 1);
			out->data = realloc(out->data, room);
			if (!out->data)
				die("no memory for %zu bytes", room);
		}
		got = read(fd, out->data + out->len, chunk);
		out->data[out->len + (got > 0 ? got : 0)] = '\0';
		if (got <= 0)
			return got ? -errno : 0;
		out->len += got;
	}
}

int slurp(const char *path, struct bytes *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), ret;

	memset(out, 0, sizeof(*out));
	if (fd < 0)
		return -errno;
	ret = slurp_fd(fd, 65536, out);
	close(fd);
	return ret;
}

void bytes_free(struct bytes *bytes)
{
	free(bytes->data);
	memset(bytes, 0, sizeof(*bytes));
}
