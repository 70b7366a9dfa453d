// SPDX-License-Identifier: GPL-2.0
/* core.c - the bytes of a core file; and, as few have its first bytes, the same with those of one. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <elf.h>

#include <core/core.h>

#include "lib/draw.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_file(const uint8_t *bytes, size_t length)
{
	int fd = memfd_create("core", MFD_CLOEXEC), ret;
	struct process process;
	const char *why = NULL;

	if (fd < 0 || write(fd, bytes, length) != (ssize_t)length)
		abort();
	process_init(&process);
	ret = core_read(&process, fd, &why);
	if (ret && !(why && *why))
		abort();	/* refused without a word */
	for (size_t i = 1; !ret && i < process.nr_areas; i++)
		if (process.areas[i].start < process.areas[i - 1].end)
			abort();
	draw(&process);
	process_free(&process);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	uint8_t *other = malloc(length + 1);

	if (!other)
		abort();
	read_file(bytes, length);
	memcpy(other, bytes, length);
	if (length > EI_NIDENT + 2) {
		memcpy(other, ELFMAG, SELFMAG);
		other[EI_CLASS] = other[EI_CLASS] & 1 ? ELFCLASS64 : ELFCLASS32;
		other[EI_DATA] = other[EI_DATA] & 1 ? ELFDATA2LSB : ELFDATA2MSB;
		other[EI_VERSION] = EV_CURRENT;
		other[EI_NIDENT + (other[EI_DATA] == ELFDATA2MSB)] = ET_CORE;
		other[EI_NIDENT + (other[EI_DATA] == ELFDATA2LSB)] = 0;
		read_file(other, length);
	}
	free(other);
	return 0;
}
