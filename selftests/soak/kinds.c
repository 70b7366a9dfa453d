// SPDX-License-Identifier: GPL-2.0
/* kinds.c - what the kinds of churn share. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kinds.h"

char *hot(size_t offset, size_t len, int flags, int fd)
{
	char *memory = mmap((void *)(HOT_START + offset), len, PROT_READ | PROT_WRITE, flags | MAP_FIXED, fd, 0);

	if (memory == MAP_FAILED)
		_exit(1);
	return memory;
}

char *hot_private(size_t len)
{
	return hot(0, len, MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

void touch(char *memory, size_t pages, int value)
{
	for (size_t i = 0; i < pages; i++)
		memory[i * PAGE] = value;
}

void tell(const char *path, const char *word)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, word, strlen(word)) < 0 && errno == ENOSPC)
		perror(path);
	close(fd);
}
