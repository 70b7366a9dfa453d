// SPDX-License-Identifier: GPL-2.0
/* place.c - in: "7f00+20", "stack+16"; out: an address and a length, checked to the last letter. */
#include <ctype.h>
#include <string.h>

#include "command/operands.h"
#include "text/say.h"
#include "verbs/layout/translate.h"

/* Hex digits only are an address; no part of a program is called so. */
static bool is_name(const char *word, size_t length)
{
	if (!isalpha((unsigned char)*word))
		return false;
	for (size_t i = 0; i < length; i++)
		if (!islower((unsigned char)word[i]))
			return false;
	return strspn(word, "abcdef") < length;
}

int place_parse(struct place *place, const char *word)
{
	size_t first = strcspn(word, "+");
	const char *rest = word + first;
	bool good = true;

	*place = (struct place){ .word = word, .length = 1 };
	if (is_name(word, first)) {
		place->name = first;
		if (*rest) {
			size_t length = strcspn(rest + 1, "+");

			good = operand_hex(rest + 1, length, &place->start);
			rest += 1 + length;
		}
	} else {
		good = operand_hex(word, first, &place->start);
	}
	if (good && *rest)
		good = operand_hex(rest + 1, strlen(rest + 1), &place->length);
	if (good && place->length && place->start + (place->length - 1) >= place->start)
		return EXIT_DONE;
	say("'%s' is no ADDR[+LEN] and no PART[+OFFSET[+LEN]]: all of these in hex", word);
	return EXIT_USAGE;
}

int place_find(struct place *place, const struct sheet *parts)
{
	const struct part *part = place->name ? layout_find(parts, place->word, place->name) : NULL;

	if (!place->name)
		return EXIT_DONE;
	if (!part) {
		say("PID %d has no part called '%.*s'", parts->process->pid, (int)place->name, place->word);
		return EXIT_FAILED;
	}
	place->name = 0;
	place->start += part->start;
	if (place->start >= part->start && place->start + (place->length - 1) >= place->start)
		return EXIT_DONE;
	say("'%s' is beyond the last address", place->word);
	return EXIT_FAILED;
}
