// SPDX-License-Identifier: GPL-2.0
/* escape.c - in: any bytes; out: printable UTF-8. */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "text/escape.h"

static bool in_range(unsigned char byte, unsigned char low, unsigned char high)
{
	return byte >= low && byte <= high;
}

/* Table 3-7 of the Unicode standard, so neither overlong forms nor surrogates. */
static size_t utf8_length(const unsigned char *text, size_t left)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t length;

	if (text[0] < 0x80)
		return 1;
	if (in_range(text[0], 0xc2, 0xdf))
		length = 2;
	else if (in_range(text[0], 0xe0, 0xef))
		length = 3;
	else if (in_range(text[0], 0xf0, 0xf4))
		length = 4;
	else
		return 0;
	if (length > left)
		return 0;
	if (text[0] == 0xe0)
		low = 0xa0;
	if (text[0] == 0xed)
		high = 0x9f;
	if (text[0] == 0xf0)
		low = 0x90;
	if (text[0] == 0xf4)
		high = 0x8f;
	if (!in_range(text[1], low, high))
		return 0;
	for (size_t i = 2; i < length; i++)
		if (!in_range(text[i], 0x80, 0xbf))
			return 0;
	return length;
}

size_t escape_utf8(const char *text, size_t left)
{
	return utf8_length((const unsigned char *)text, left);
}

/* C0, DEL, and C1 as UTF-8 writes it. */
static bool is_control(const unsigned char *text, size_t length)
{
	return (length == 1 && (text[0] < 0x20 || text[0] == 0x7f)) ||
	       (length == 2 && text[0] == 0xc2 && text[1] < 0xa0);
}

static size_t put_octal(unsigned char byte, char *out)
{
	out[0] = '\\';
	out[1] = '0' + (byte >> 6);
	out[2] = '0' + (byte >> 3 & 7);
	out[3] = '0' + (byte & 7);
	return 4;
}

size_t escape_text(const char *text, char *out, size_t room)
{
	const unsigned char *in = (const unsigned char *)text;
	size_t used = 0;

	while (*in) {
		size_t length = utf8_length(in, SIZE_MAX);	/* its NUL ends what is cut */
		bool plain = length && !is_control(in, length);
		size_t bytes = length ? length : 1;

		if (used + (plain ? bytes : 4 * bytes) >= room)
			break;
		for (size_t i = 0; i < bytes; i++) {
			if (plain)
				out[used++] = in[i];
			else
				used += put_octal(in[i], out + used);
		}
		in += bytes;
	}
	out[used] = '\0';
	return used;
}

/* Those of eight letters at a time, as sums that carry into the highest bit of each byte. */
static uint64_t outside(uint64_t eight)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x80) * ones;
	uint64_t letters = eight & ~high;

	/* 0x7f + 1 carries; what is below 0x20 does not with 0x60. */
	return (eight | (letters + ones) | ~(letters + 0x60 * ones)) & high;
}

bool escape_changes(const char *text, size_t length)
{
	uint64_t eight, found = 0;

	for (size_t at = 0; at + sizeof(eight) <= length; at += sizeof(eight)) {
		memcpy(&eight, text + at, sizeof(eight));
		found |= outside(eight);
	}
	if (length >= sizeof(eight)) {
		/* The end of it, some of which was looked at before. */
		memcpy(&eight, text + length - sizeof(eight), sizeof(eight));
		return found | outside(eight);
	}
	for (size_t at = 0; at < length; at++)
		found |= (unsigned char)text[at] < 0x20 || (unsigned char)text[at] >= 0x7f;
	return found;
}

size_t escape_room(const char *text)
{
	return 4 * strlen(text) + 1;
}
