// SPDX-License-Identifier: GPL-2.0
/* moment.c - in: FILE, or FILE@N; out: the file and the number. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command/moment.h"
#include "text/say.h"

/* A name, the last part of @word, that "./" stands before. */
static bool is_literal(const char *word, const char *name)
{
	struct stat st;

	return name - word >= 2 && name[-1] == '/' && name[-2] == '.' && (name - word == 2 || name[-3] == '/') &&
	       !lstat(word, &st);
}

/* From 1 up to what 32 bits hold. */
static bool parse_number(const char *digits, unsigned int *number)
{
	unsigned long value;
	char *end;

	if (strspn(digits, "0123456789") != strlen(digits) || !*digits || strlen(digits) > 10)
		return false;
	value = strtoul(digits, &end, 10);
	*number = value;
	return value && value <= UINT32_MAX;
}

static int keep(char **path, const char *word, size_t length)
{
	free(*path);
	*path = strndup(word, length);
	if (*path)
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

int moment_parse(const char *word, char **path, unsigned int *number)
{
	const char *slash = strrchr(word, '/');
	const char *name = slash ? slash + 1 : word, *at = strrchr(name, '@');

	*number = MOMENT_LAST;
	if (!at || is_literal(word, name))
		return keep(path, word, strlen(word));
	if (strcmp(at + 1, "last") && !parse_number(at + 1, number)) {
		say("%s: FILE@N takes the number of a moment, from 1 on, or last; a file with @ in its name is "
		    "./FILE", word);
		return EXIT_USAGE;
	}
	return keep(path, word, at - word);
}
