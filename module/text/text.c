// SPDX-License-Identifier: GPL-2.0
/* text.c - strings and numbers in, the elements of a line out.  snprintf() costs as much as a walk. */
#include <linux/kernel.h>
#include <linux/string.h>

#include "text/text.h"

void text_string(struct text *text, const char *string)
{
	text_bytes(text, string, strlen(string));
}

void text_comm(struct text *text, const char *comm)
{
	for (; *comm; comm++) {
		if (*comm == '\n')
			text_bytes(text, "\\012", 4);
		else
			text_bytes(text, comm, 1);
	}
}

/* The digits of @value end at @end. Return: the first of them. */
static char *digits(char *end, u64 value, unsigned int base)
{
	do {
		*--end = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	return end;
}

/*
 * The two calls are the point: with a base that it knows, the compiler divides by multiplying, or shifts, and a
 * division is what most of the time of a page of text would go into.
 */
static void padded(struct text *text, u64 value, unsigned int base, unsigned int width, char pad)
{
	char number[24], *end = number + sizeof(number);
	char *start = base == 10 ? digits(end, value, 10) : digits(end, value, 16);

	for (; width > end - start; width--)
		text->buffer[text->length++] = pad;
	text_bytes(text, start, end - start);
}

void text_number(struct text *text, u64 value)
{
	if (value < 10)	/* most are */
		text->buffer[text->length++] = '0' + value;
	else
		padded(text, value, 10, 1, ' ');
}

void text_id(struct text *text, const char *key, s32 id)
{
	text_string(text, key);
	if (id < 0)
		text_bytes(text, "-", 1);
	else
		text_number(text, id);
}

void text_hex(struct text *text, u64 value, unsigned int width)
{
	padded(text, value, 16, width, '0');
}

void text_key_number(struct text *text, const char *key, u64 value)
{
	text_string(text, key);
	text_bytes(text, ": ", 2);
	text_number(text, value);
	text_bytes(text, "\n", 1);
}

/* What follows a key of @length.  The number begins after 16 columns, the longest key takes one of its own. */
static void kb_of_key(struct text *text, size_t length, u64 bytes)
{
	static const char blanks[TEXT_SHORT] = "                ";
	size_t used = length + 1;

	text_bytes(text, ":", 1);
	if (used < 16) {
		text_short(text, blanks, 16 - used);
		used = 16;
	}
	if (!(bytes >> 10) && used == 16) {	/* most are */
		text_bytes(text, "       0 kB\n", 12);
		return;
	}
	if (used > 16)
		text->buffer[text->length++] = ' ';
	padded(text, bytes >> 10, 10, used > 16 ? 7 : 8, ' ');
	text_bytes(text, " kB\n", 4);
}

void text_key_kb(struct text *text, const char *key, u64 bytes)
{
	text_string(text, key);
	kb_of_key(text, strlen(key), bytes);
}

void text_short_kb(struct text *text, const char *key, size_t length, u64 bytes)
{
	text_short(text, key, length);
	kb_of_key(text, length, bytes);
}
