// SPDX-License-Identifier: GPL-2.0
/* operands.c - in: words; out: numbers that were checked to the last letter. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "command/operands.h"

/* strtoull() takes blanks and signs, which are no part of an address. */
bool operand_hex(const char *text, size_t length, uint64_t *value)
{
	char digits[24];
	char *end;

	if (length > 2 && text[0] == '0' && tolower((unsigned char)text[1]) == 'x') {
		text += 2;
		length -= 2;
	}
	while (length > 1 && *text == '0') {
		text++;
		length--;
	}
	if (!length || length > 16)
		return false;
	memcpy(digits, text, length);
	digits[length] = '\0';
	if (strspn(digits, "0123456789abcdefABCDEF") != length)
		return false;
	*value = strtoull(digits, &end, 16);
	return true;
}

int operand_range(const char *range, uint64_t *low, uint64_t *high)
{
	size_t first = strcspn(range, ",");
	const char *second = range[first] ? range + first + 1 : NULL;

	*low = 0;
	*high = UINT64_MAX;
	if ((first && !operand_hex(range, first, low)) || (!first && !second) ||
	    (second && *second && !operand_hex(second, strlen(second), high))) {
		say("-A takes LOW[,HIGH] in hex, not '%s'", range);
		return EXIT_USAGE;
	}
	if (!second)
		*high = *low;
	if (*low > *high) {
		say("-A %s: the range ends before it starts", range);
		return EXIT_USAGE;
	}
	return EXIT_DONE;
}

int operand_address(const char *word, uint64_t *address)
{
	if (operand_hex(word, strlen(word), address))
		return EXIT_DONE;
	say("'%s' is no address in hex", word);
	return EXIT_USAGE;
}

bool operand_is_pid(const char *word)
{
	return !strncmp(word, "/proc/", 6) || (*word && strspn(word, "0123456789") == strlen(word));
}

int operand_pid(const char *word, pid_t *pid)
{
	const char *digits = strncmp(word, "/proc/", 6) ? word : word + 6;
	unsigned long number;
	char *end;

	number = strtoul(digits, &end, 10);
	if (!isdigit((unsigned char)*digits) || (*end && strcmp(end, "/"))) {
		say("'%s' is no PID", word);
		return EXIT_USAGE;
	}
	if (*end && digits == word) {
		say("'%s' is no PID", word);
		return EXIT_USAGE;
	}
	if (!number) {
		say("'%s' is no PID: these are above 0", word);
		return EXIT_USAGE;
	}
	if (number > INT_MAX) {
		say("'%s' is too large for a PID", word);
		return EXIT_USAGE;
	}
	*pid = number;
	return EXIT_DONE;
}

int operands_verb(struct options *options, const char *word)
{
	const struct verb_row *row = verb_find(options->verbs, word);
	const char *near;

	if (row) {
		options->row = row;
		return EXIT_DONE;
	}
	near = verb_suggest(options->verbs, word);
	if (near)
		say("'%s' is neither a PID nor a verb; did you mean %s?", word, near);
	else
		say("'%s' is neither a PID nor a verb; --help lists these", word);
	return EXIT_USAGE;
}

/* How many processes a verb, or --from, takes. */
static int check_count(const struct options *options, enum operands operands)
{
	bool none = operands == OPERANDS_NONE || operands == OPERANDS_TWO || options->from || options->structs;
	const struct selection *selection = &options->selection;

	if (none && selection->nr) {
		say("%s takes no PID and chooses no process", options->from ? "--from" :
		    options->structs ? "--structs" : verb_name(options->row));
		return EXIT_USAGE;
	}
	if (!none && !selection->nr) {
		say("a PID is needed, or what chooses processes, as --name; --help says more");
		return EXIT_USAGE;
	}
	if (operands == OPERANDS_PID && selection->nr > 1 && selection_is_named(selection)) {
		say("%s takes one PID", verb_name(options->row));
		return EXIT_USAGE;
	}
	if (options->row->verb == VERB_RECORD && !options->file) {
		say("record needs to know where to: --file FILE");
		return EXIT_USAGE;
	}
	return EXIT_DONE;
}

static int add_pid(struct options *options, const char *word)
{
	pid_t pid;
	int ret = operand_pid(word, &pid);

	return ret ? ret : selection_add(&options->selection, BY_PID, word, pid);
}

/* The first word is a PID where others may follow it, unless the process is chosen in another way. */
int operands_parse(struct options *options, char **words)
{
	enum operands operands = options->row->operands;
	bool one = operands == OPERANDS_PID_WORDS && !options->from;
	bool chosen = options->selection.nr;
	int ret = EXIT_DONE;

	options->words = words;
	if (operands == OPERANDS_TWO && !(words[0] && words[1] && !words[2])) {
		say("%s takes two: %s", verb_name(options->row), options->row->usage);
		return EXIT_USAGE;
	}
	if (operands == OPERANDS_TWO)
		return check_count(options, operands);
	while (!ret && *words && !(one && chosen)) {
		ret = add_pid(options, *words++);
		chosen = true;
	}
	options->words = words;
	if (!ret && operands == OPERANDS_PIDS_OR_ALL && !options->from && !options->selection.nr)
		ret = selection_add(&options->selection, BY_ALL, NULL, 0);
	return ret ? ret : check_count(options, operands);
}
