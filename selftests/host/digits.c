// SPDX-License-Identifier: GPL-2.0
/* digits.c - numbers, plain text and output as printf(), a look at each byte and fwrite() have them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "text/escape.h"
#include "text/number.h"
#include "text/output.h"

static bool is_printed(const char *format, uint64_t number, const char *seen, size_t length)
{
	char expect[64];

	snprintf(expect, sizeof(expect), format, number);
	return strlen(expect) == length && !memcmp(expect, seen, length) ? true :
		ktap_note("%s, not %.*s", expect, (int)length, seen);
}

static bool number_is_printed(uint64_t number)
{
	char seen[NUMBER_ROOM];

	return is_printed("%" PRIu64, number, seen, number_decimal(number, seen)) &&
	       is_printed("%" PRIx64, number, seen, number_hex(number, 1, seen)) &&
	       is_printed("%016" PRIx64, number, seen, number_hex(number, 16, seen));
}

/* Each length in either base, from both sides, and what carries through all digits. */
static bool numbers(void)
{
	bool holds = number_is_printed(UINT64_MAX) && number_is_printed(UINT64_MAX / 10);

	for (uint64_t number = 0; holds && number < 100000; number++)
		holds = number_is_printed(number);
	for (uint64_t power = 1; holds && power <= UINT64_MAX / 10; power *= 10)
		holds = number_is_printed(power - 1) && number_is_printed(power) && number_is_printed(power + 1);
	for (unsigned int bit = 0; holds && bit < 64; bit++)
		holds = number_is_printed((UINT64_C(1) << bit) - 1) && number_is_printed(UINT64_C(1) << bit);
	return holds;
}

/* One byte among letters, at each place of texts of each length around a word of the machine. */
static bool byte_is_found(unsigned char byte)
{
	bool expect = byte < 0x20 || byte >= 0x7f;
	char text[24];

	for (size_t length = 1; length <= sizeof(text); length++) {
		for (size_t at = 0; at < length; at++) {
			memset(text, at % 2 ? ' ' : '~', sizeof(text));
			text[at] = byte;
			if (escape_changes(text, length) != expect)
				return ktap_note("byte %#x at %zu of %zu", byte, at, length);
		}
	}
	return true;
}

static bool plain_text(void)
{
	bool holds = !escape_changes("", 0);

	for (unsigned int byte = 0; holds && byte < 256; byte++)
		holds = byte_is_found(byte);
	return holds;
}

/* Texts, blanks and bytes of lengths that cross the room at every place, beside the same through stdio. */
static void print_both(struct output *output, FILE *witness, const char *text)
{
	for (size_t i = 0; i < 4000; i++) {
		size_t length = i % 61 + (i % 997 ? 0 : OUTPUT_ROOM - 30 + i % 60);

		output_text(output, text + i % 7, length);
		fwrite(text + i % 7, 1, length, witness);
		output_blanks(output, i % 131);
		fprintf(witness, "%*s", (int)(i % 131), "");
		output_byte(output, 'a' + i % 26);
		fputc('a' + i % 26, witness);
	}
	output_blanks(output, 3 * OUTPUT_ROOM);
	fprintf(witness, "%*s", 3 * OUTPUT_ROOM, "");
	output_flush(output);
}

static bool output(void)
{
	char *seen = NULL, *expect = NULL, *text = malloc(3 * OUTPUT_ROOM);
	size_t seen_length = 0, expect_length = 0;
	FILE *file = open_memstream(&seen, &seen_length), *witness = open_memstream(&expect, &expect_length);
	struct output output;
	bool holds;

	for (size_t i = 0; i < 3 * OUTPUT_ROOM; i++)
		text[i] = '!' + i % 90;
	output_begin(&output, file);
	print_both(&output, witness, text);
	fclose(file);
	fclose(witness);
	holds = seen_length == expect_length && !memcmp(seen, expect, seen_length);
	free(seen);
	free(expect);
	free(text);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "numbers have the digits that printf() gives them", numbers },
	{ "text with a byte that is to be escaped is told from text without", plain_text },
	{ "what is written a piece at a time comes whole and in order", output },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
