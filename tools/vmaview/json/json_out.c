// SPDX-License-Identifier: GPL-2.0
/* json_out.c - in: values, one after the other; out: JSON, written as they come. */
#include "json/json_out.h"
#include "text/escape.h"
#include "text/number.h"

void json_open(struct json_out *out, FILE *file, unsigned int form)
{
	out->form = form;
	out->depth = 0;
	out->filled = out->arrays = 0;
	out->has_key = out->line = false;
	output_begin(&out->output, file);
}

void json_close(struct json_out *out)
{
	output_flush(&out->output);
}

void json_frame(struct json_out *out, const char *text)
{
	output_text(&out->output, text, strlen(text));
}

void json_reopen(struct json_out *out, const char *levels)
{
	for (; *levels; levels++) {
		out->filled = out->filled << 1 | 1;
		out->arrays = out->arrays << 1 | (*levels == 'a');
		out->depth++;
	}
}

static void break_line(struct json_out *out)
{
	output_byte(&out->output, '\n');
	if (out->form & JSON_PRETTY)
		output_blanks(&out->output, 2 * out->depth);
}

/* Where the next member or element is not just put after the one before. */
static bool breaks_line(const struct json_out *out)
{
	return out->line || out->form & JSON_PRETTY;
}

/* What comes before a member or an element. */
static void separate(struct json_out *out)
{
	if (!out->depth)
		return;
	if (out->filled & 1)
		output_byte(&out->output, ',');
	out->filled |= 1;
	if (breaks_line(out))
		break_line(out);
	out->line = false;
}

/* What comes before a value: of one that has a key, nothing. */
static inline void begin(struct json_out *out)
{
	if (!out->has_key)
		separate(out);
	out->has_key = false;
}

static void open_level(struct json_out *out, bool is_array)
{
	begin(out);
	output_byte(&out->output, is_array ? '[' : '{');
	out->filled <<= 1;
	out->arrays = out->arrays << 1 | is_array;
	out->depth++;
}

void json_open_object(struct json_out *out)
{
	open_level(out, false);
}

void json_open_array(struct json_out *out)
{
	open_level(out, true);
}

void json_end(struct json_out *out)
{
	bool filled = out->filled & 1, is_array = out->arrays & 1;

	out->filled >>= 1;
	out->arrays >>= 1;
	out->depth--;
	out->line = false;
	if (filled && out->form & JSON_PRETTY)
		break_line(out);
	output_byte(&out->output, is_array ? ']' : '}');
}

/* Most of what is written are keys, and each of these steps counts: a comma goes into the same room. */
void json_key_sized(struct json_out *out, const char *key, size_t length)
{
	size_t comma = 0;
	char *room;

	if (breaks_line(out))
		separate(out);
	else
		comma = out->filled & 1;
	out->filled |= 1;
	room = output_room(&out->output, comma + length + 3);
	*room = ',';
	room += comma;
	*room = '"';
	memcpy(room + 1, key, length);
	memcpy(room + 1 + length, "\":", 2);
	out->has_key = true;
}

static void word(struct json_out *out, const char *text, size_t length)
{
	begin(out);
	output_text(&out->output, text, length);
}

void json_null(struct json_out *out)
{
	word(out, "null", 4);
}

void json_boolean(struct json_out *out, bool value)
{
	word(out, value ? "true" : "false", value ? 4 : 5);
}

/* Room for what is not known to be shorter; what is left of it is given back. */
static char *room_for_number(struct json_out *out)
{
	return output_room(&out->output, NUMBER_ROOM);
}

static void ends_at(struct json_out *out, const char *end)
{
	out->output.used = end - out->output.bytes;
}

void json_uint(struct json_out *out, uint64_t number)
{
	char *at;

	begin(out);
	if (number < 10) {
		output_byte(&out->output, '0' + number);
		return;
	}
	at = room_for_number(out);
	ends_at(out, at + number_decimal(number, at));
}

void json_int(struct json_out *out, int64_t number)
{
	char *at;

	begin(out);
	at = room_for_number(out);
	if (number < 0)
		*at++ = '-';
	ends_at(out, at + number_decimal(number < 0 ? -(uint64_t)number : (uint64_t)number, at));
}

void json_hex(struct json_out *out, uint64_t number)
{
	char *at;

	begin(out);
	at = room_for_number(out);
	memcpy(at, "\"0x", 3);
	at += 3;
	at += number_hex(number, 1, at);
	*at++ = '"';
	ends_at(out, at);
}

/* What is written as it is: 2; but not into a page: 1. */
static const unsigned char plain_bytes[256] = {
	[' ' ... '!'] = 2, ['#' ... ';'] = 2, ['<'] = 1, ['=' ... '['] = 2, [']' ... '~'] = 2,
};

/* How many bytes at the beginning of @text are plain. */
static size_t plain_length(const struct json_out *out, const char *text, size_t length)
{
	unsigned char least = out->form & JSON_IN_PAGE ? 2 : 1;
	size_t plain = 0;

	while (plain < length && plain_bytes[(unsigned char)text[plain]] >= least)
		plain++;
	return plain;
}

/* One character of ASCII that JSON, a terminal or a page would take for something else. */
static void escape_ascii(struct output *output, unsigned char byte)
{
	static const char names[] = "\bb\ff\nn\rr\tt\"\"\\\\";

	for (const char *name = names; *name; name += 2) {
		if ((unsigned char)*name == byte) {
			output_text(output, (char []){ '\\', name[1] }, 2);
			return;
		}
	}
	output_text(output, "\\u00", 4);
	number_hex(byte, 2, output_room(output, 2));
}

/* A character beyond ASCII, or a byte that begins none; how many bytes of @text that is. */
static size_t put_other(struct output *output, const char *text, size_t length)
{
	unsigned char byte = *text;
	const char octal[] = { '\\', '\\', '0' + (byte >> 6), '0' + (byte >> 3 & 7), '0' + (byte & 7) };
	size_t bytes = escape_utf8(text, length);

	if (!bytes) {
		output_text(output, octal, sizeof(octal));
		return 1;
	}
	if (byte == 0xc2 && (unsigned char)text[1] < 0xa0)
		escape_ascii(output, text[1]);
	else
		output_text(output, text, bytes);
	return bytes;
}

/* In quotes. */
static void quote(struct json_out *out, const char *text, size_t length)
{
	struct output *output = &out->output;

	output_byte(output, '"');
	for (size_t at = 0; at < length; ) {
		size_t plain = plain_length(out, text + at, length - at);

		output_text(output, text + at, plain);
		at += plain;
		if (at < length && (unsigned char)text[at] >= 0x80)
			at += put_other(output, text + at, length - at);
		else if (at < length)
			escape_ascii(output, text[at++]);
	}
	output_byte(output, '"');
}

void json_key_text(struct json_out *out, const char *key, size_t length)
{
	separate(out);
	quote(out, key, length);
	output_byte(&out->output, ':');
	out->has_key = true;
}

void json_text(struct json_out *out, const char *text, size_t length)
{
	begin(out);
	quote(out, text, length);
}

void json_string(struct json_out *out, const char *text)
{
	if (text)
		json_text(out, text, strlen(text));
	else
		json_null(out);
}
