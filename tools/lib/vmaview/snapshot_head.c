// SPDX-License-Identifier: GPL-2.0
/* snapshot_head.c - in: where and when a snapshot was taken; out: its first frame.  And back. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "vmaview/snapshot_head.h"

/* Magic and length. */
#define FRAME_HEADER	8

/* More than this version writes: another may say more. */
#define TEXT_MAX	4096

static void put32(char *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = value >> 8 * i;
}

static uint32_t get32(const unsigned char *from)
{
	return from[0] | from[1] << 8 | from[2] << 16 | (uint32_t)from[3] << 24;
}

/* A host may be called anything. */
static void make_printable(char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((text[i] < ' ' && text[i] != '\n') || text[i] > '~')
			text[i] = '?';
}

size_t snapshot_head_write(const struct snapshot_head *head, char frame[SNAPSHOT_HEAD_SIZE])
{
	const size_t room = SNAPSHOT_HEAD_SIZE - FRAME_HEADER;
	char *text = frame + FRAME_HEADER;
	char host[sizeof(head->host)];
	size_t length;

	memcpy(host, head->host, sizeof(host));
	for (char *letter = host; *letter; letter++)
		if (*letter == '\n')
			*letter = '?';
	length = snprintf(text, room, "VMAV %d\nhost: %s\nkernel: %s\ntime: %s\nmoments: %llu\nstreams: %llu\n",
			  SNAPSHOT_FORMAT, host, head->kernel, head->time, (unsigned long long)head->moments,
			  (unsigned long long)head->streams);
	make_printable(text, length);
	memset(text + length, ' ', room - length);
	text[room - 1] = '\n';
	put32(frame, SNAPSHOT_MAGIC);
	put32(frame + 4, room);
	return SNAPSHOT_HEAD_SIZE;
}

/* The value of the line "@key: value", which does not end with NUL; NULL: there is none. */
static const char *find_line(const char *text, const char *end, const char *key, size_t *length)
{
	size_t width = strlen(key);

	while (text < end) {
		const char *stop = memchr(text, '\n', end - text);

		if (!stop)
			return NULL;
		if ((size_t)(stop - text) >= width && !memcmp(text, key, width)) {
			*length = stop - text - width;
			return text + width;
		}
		text = stop + 1;
	}
	return NULL;
}

static bool take_text(char *to, size_t room, const char *value, size_t length)
{
	if (!value || length >= room)
		return false;
	memcpy(to, value, length);
	to[length] = '\0';
	return true;
}

static bool take_number(uint64_t *number, const char *value, size_t length)
{
	*number = 0;
	if (!value || !length || length > 20)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (value[i] < '0' || value[i] > '9' || __builtin_mul_overflow(*number, 10, number) ||
		    __builtin_add_overflow(*number, value[i] - '0', number))
			return false;
	}
	return true;
}

static bool take_lines(struct snapshot_head *head, const char *text, const char *end)
{
	const char *host, *kernel, *time, *moments, *streams;
	size_t length[5] = { 0 };

	host = find_line(text, end, "host: ", &length[0]);
	kernel = find_line(text, end, "kernel: ", &length[1]);
	time = find_line(text, end, "time: ", &length[2]);
	moments = find_line(text, end, "moments: ", &length[3]);
	streams = find_line(text, end, "streams: ", &length[4]);
	return take_text(head->host, sizeof(head->host), host, length[0]) &&
	       take_text(head->kernel, sizeof(head->kernel), kernel, length[1]) &&
	       take_text(head->time, sizeof(head->time), time, length[2]) &&
	       take_number(&head->moments, moments, length[3]) && take_number(&head->streams, streams, length[4]);
}

static int fail(int error, const char *reason, const char **why)
{
	*why = reason;
	return -error;
}

int snapshot_head_read(struct snapshot_head *head, const unsigned char *bytes, size_t length, const char **why)
{
	const char *text = (const char *)bytes + FRAME_HEADER, *end;
	uint64_t format;
	uint32_t size;

	if (length < FRAME_HEADER + 5)
		return fail(ENODATA, "it stops in its head", why);
	size = get32(bytes + 4);
	if ((get32(bytes) & ZSTD_SKIPPABLE_MASK) != ZSTD_SKIPPABLE || memcmp(text, "VMAV ", 5) || size > TEXT_MAX)
		return fail(EBADMSG, "it is packed by zstd, but no snapshot of vmaview's", why);
	if (length - FRAME_HEADER < size)
		return fail(ENODATA, "it stops in its head", why);
	end = memchr(text, '\n', size);
	if (!end || !take_number(&format, text + 5, end - text - 5))
		return fail(EBADMSG, "its head is damaged", why);
	if (format != SNAPSHOT_FORMAT)
		return fail(EPROTO, "it has a format of another vmaview", why);
	if (!take_lines(head, text, text + size))
		return fail(EBADMSG, "its head is damaged", why);
	return FRAME_HEADER + size;
}
