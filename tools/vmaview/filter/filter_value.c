// SPDX-License-Identifier: GPL-2.0
/* filter_value.c - in: a word of an expression; out: the number, address or truth that it stands for.  Pure. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "filter/filter_value.h"

/* Longer ones are no number of a person's, and would not be finite. */
#define NUMBER_MAX 64

/* The decimal point is a point in every locale, which strtold() would not know. */
static const char *read_decimal(const char *text, long double *real)
{
	long double scale = 1;

	*real = 0;
	while (isdigit((unsigned char)*text))
		*real = *real * 10 + (*text++ - '0');
	if (text[0] != '.' || !isdigit((unsigned char)text[1]))
		return text;
	for (text++; isdigit((unsigned char)*text); scale *= 10)
		*real = *real * 10 + (*text++ - '0');
	*real /= scale;
	return text;
}

/* The power of 2 that "K" or "KiB" stands for; -1: it is no unit. */
static int shift_of_unit(const char *text)
{
	static const char units[] = "KMGTPEZY";
	const char *unit = *text ? strchr(units, toupper((unsigned char)*text)) : NULL;

	if (!*text)
		return 0;
	return unit && (!text[1] || !strcmp(text + 1, "iB")) ? 10 * (int)(unit - units + 1) : -1;
}

/* @real @shift powers of 2 up, or @whole where that is exact and fits. */
static void set_number(struct operand *operand, bool exact, uint64_t whole, long double real, int shift)
{
	operand->kind = OPERAND_REAL;
	operand->number = 0;
	operand->real = real;
	for (int i = 0; i < shift; i++)
		operand->real *= 2;
	if (!exact || (whole && (shift > 63 || whole << shift >> shift != whole)))
		return;
	operand->kind = OPERAND_NUMBER;
	operand->number = shift > 63 ? 0 : whole << shift;
}

bool filter_number(struct operand *operand)
{
	const char *text = operand->text, *after;
	bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	long double real;
	uint64_t whole;
	char *end;
	int shift;

	if (!isdigit((unsigned char)*text) || strlen(text) > NUMBER_MAX)
		return false;
	errno = 0;
	whole = strtoull(text, &end, hex ? 16 : 10);
	if (hex && (errno || end == text + 1))
		return false;
	after = hex ? end : read_decimal(text, &real);
	if (hex)
		real = whole;
	shift = shift_of_unit(after);
	if (shift < 0)
		return false;
	set_number(operand, !errno && after == end, whole, real, shift);
	return true;
}

/* As many digits as an address is shown with. */
#define ADDRESS_DIGITS 16

bool filter_shown_hex(struct operand *operand)
{
	size_t digits = strspn(operand->text, "0123456789abcdefABCDEF");

	if (!digits || operand->text[digits] || digits > ADDRESS_DIGITS)
		return false;
	operand->kind = OPERAND_NUMBER;
	operand->number = strtoull(operand->text, NULL, 16);
	return true;
}

bool filter_is_either(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 1 && digits != ADDRESS_DIGITS && !text[digits];
}

bool filter_bool(struct operand *operand, bool words)
{
	static const struct {
		const char *text;
		bool value;
		bool word;
	} list[] = {
		{ "true", true, false }, { "TRUE", true, false }, { "false", false, false },
		{ "FALSE", false, false }, { "yes", true, true }, { "no", false, true },
	};

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		if (strcmp(operand->text, list[i].text) || (list[i].word && !words))
			continue;
		operand->kind = OPERAND_BOOL;
		operand->number = list[i].value;
		return true;
	}
	return false;
}
