// SPDX-License-Identifier: GPL-2.0
/* readers.c - whole files and whole streams. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "die.h"
#include "readers.h"

static char buffer[1 << 20];

int open_proc(pid_t pid, const char *path)
{
	char text[64];
	int fd;

	snprintf(text, sizeof(text), path, pid);
	fd = open(text, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die("%s: %s", text, strerror(errno));
	return fd;
}

static int bind_device(pid_t pid, uint32_t want)
{
	struct vmaview_request request = {
		.size = sizeof(request),
		.target = pid,
		.want = want,
		.end = ~0ULL,
	};
	int fd = open(VMAVIEW_DEVICE, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || ioctl(fd, VMAVIEW_IOC_BIND, &request))
		die(VMAVIEW_DEVICE ": %s", strerror(errno));
	return fd;
}

int open_device(pid_t pid)
{
	return bind_device(pid, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_MM |
				VMAVIEW_WANT_VMFLAGS);
}

/* Reads and closes @fd; *@last is where the last piece ends in the buffer. */
static uint64_t drain(int fd, size_t *last)
{
	uint64_t sum = 0;
	ssize_t got;

	while ((got = read(fd, buffer, sizeof(buffer))) > 0) {
		sum += got;
		*last = got;
	}
	if (got < 0)
		die("read: %s", strerror(errno));
	close(fd);
	return sum;
}

uint64_t read_proc(pid_t pid, const char *path)
{
	size_t last;

	return drain(open_proc(pid, path), &last);
}

uint64_t read_runs(pid_t pid)
{
	size_t last;

	return drain(bind_device(pid, VMAVIEW_WANT_RUNS), &last);
}

uint64_t read_seams(pid_t pid)
{
	size_t last;

	return drain(bind_device(pid, VMAVIEW_WANT_SEAMS), &last);
}

uint64_t read_sharers(pid_t pid)
{
	size_t last;

	return drain(bind_device(pid, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS), &last);
}

/* The last record is not cut: a read gives whole records unless its buffer is full. */
uint64_t read_device(pid_t pid, struct vmaview_end *end)
{
	struct vmaview_end record;
	size_t last = 0;
	uint64_t sum = drain(open_device(pid), &last);

	if (last < sizeof(record))
		die("a stream's receipt is not in its last piece");
	memcpy(&record, buffer + last - sizeof(record), sizeof(record));
	if (record.header.type != VMAVIEW_REC_END)
		die("a stream without an end");
	if (end)
		*end = record;
	return sum;
}

uint64_t device_hold(pid_t pid)
{
	uint64_t lowest = UINT64_MAX;
	struct vmaview_end end;

	for (int i = 0; i < 5; i++) {
		read_device(pid, &end);
		if (end.longest_hold < lowest)
			lowest = end.longest_hold;
	}
	return lowest;
}

static void tell_debugfs(const char *path, pid_t pid)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || dprintf(fd, "%d\n", pid) < 0)
		die("%s: %s", path, strerror(errno));
	close(fd);
}

void attach(pid_t pid)
{
	tell_debugfs(VMAVIEW_DEBUGFS "/attach", pid);
}

void detach(pid_t pid)
{
	tell_debugfs(VMAVIEW_DEBUGFS "/detach", pid);
}
