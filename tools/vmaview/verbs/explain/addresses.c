// SPDX-License-Identifier: GPL-2.0
/* addresses.c - in: "7f12", "stack+10"; out: addresses. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/operands.h"
#include "proc/segments.h"
#include "verbs/explain/addresses.h"
#include "vmaview/grow.h"

static int say_no_memory(void)
{
	say("out of memory");
	return EXIT_FAILED;
}

/* Two arrays of one length: the first has its room when the second has. */
static bool grow_both(struct addresses *addresses)
{
	size_t room = addresses->room;

	return grow(&addresses->list, addresses->nr, &room, sizeof(*addresses->list)) &&
	       grow(&addresses->segments, addresses->nr, &addresses->room, sizeof(*addresses->segments));
}

/* @length letters of @segment; 0 for none. */
static int keep(struct addresses *addresses, const char *segment, size_t length, uint64_t address)
{
	char *copy = NULL;

	if (addresses->nr == ADDRESSES_MAX) {
		say("more than %d addresses", ADDRESSES_MAX);
		return EXIT_USAGE;
	}
	if (!grow_both(addresses))
		return say_no_memory();
	if (length) {
		copy = strndup(segment, length);
		if (!copy)
			return say_no_memory();
	}
	addresses->segments[addresses->nr] = copy;
	addresses->list[addresses->nr++] = address;
	return EXIT_DONE;
}

int addresses_add(struct addresses *addresses, const char *word, const char *where)
{
	size_t length = segment_name(word);
	const char *rest = word + length;
	uint64_t offset = 0;
	bool good;

	if (!length)
		good = operand_hex(word, strlen(word), &offset);
	else
		good = !*rest || (*rest == '+' && operand_hex(rest + 1, strlen(rest + 1), &offset));
	if (good)
		return keep(addresses, word, length, offset);
	say("%s'%s' is no address: these are HEX or SEGMENT+HEX", where, word);
	return EXIT_USAGE;
}

/* Blanks around it, and lines of nothing else, mean nothing. */
static char *trim(char *line)
{
	char *end;

	line += strspn(line, " \t");
	end = line + strlen(line);
	while (end > line && strchr(" \t\r\n", end[-1]))
		end--;
	*end = '\0';
	return line;
}

static int read_lines(struct addresses *addresses, FILE *file, const char *path)
{
	unsigned long number = 0;
	char where[64], *line = NULL;
	int ret = EXIT_DONE;
	size_t room = 0;

	while (ret == EXIT_DONE && getline(&line, &room, file) >= 0) {
		const char *word = trim(line);

		snprintf(where, sizeof(where), "line %lu: ", ++number);
		if (*word)
			ret = addresses_add(addresses, word, where);
	}
	free(line);
	if (ret == EXIT_DONE && ferror(file)) {
		say("%s: %s", path, strerror(errno));
		ret = EXIT_FAILED;
	}
	return ret;
}

int addresses_read(struct addresses *addresses, const char *path)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "re") : stdin;
	int ret;

	if (!file) {
		say("%s: %s", path, strerror(errno));
		return EXIT_FAILED;
	}
	ret = read_lines(addresses, file, path);
	if (file != stdin)
		fclose(file);
	return ret;
}

int addresses_resolve(struct addresses *addresses, const struct process *process)
{
	for (size_t i = 0; i < addresses->nr; i++) {
		const char *segment = addresses->segments[i];
		uint64_t base;

		if (!segment)
			continue;
		if (!segment_base(process, segment, &base)) {
			say("PID %d has no %s", process->pid, segment);
			return EXIT_FAILED;
		}
		if (base + addresses->list[i] < base) {
			say("%s+0x%llx is beyond the last address", segment,
			    (unsigned long long)addresses->list[i]);
			return EXIT_USAGE;
		}
		addresses->list[i] += base;
	}
	return EXIT_DONE;
}

void addresses_free(struct addresses *addresses)
{
	for (size_t i = 0; i < addresses->nr; i++)
		free(addresses->segments[i]);
	free(addresses->segments);
	free(addresses->list);
}
