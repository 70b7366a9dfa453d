// SPDX-License-Identifier: GPL-2.0
/* segments.c - in: "heap", "[vdso]"; out: the first address of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc/segments.h"

/* A field of /proc/PID/stat, see proc(5); 0: it is an area of that name. */
static const struct segment {
	const char *name;
	unsigned int field;
} segments[] = {
	{ "text", 26 },
	{ "data", 45 },
	{ "heap", 47 },
	{ "args", 48 },
	{ "env", 50 },
	{ "stack", 0 },
};

#define NR (sizeof(segments) / sizeof(segments[0]))

static const struct segment *find(const char *word, size_t length)
{
	for (size_t i = 0; i < NR; i++)
		if (strlen(segments[i].name) == length && !strncmp(segments[i].name, word, length))
			return &segments[i];
	return NULL;
}

size_t segment_name(const char *word)
{
	size_t letters = strcspn(word, "+");
	const char *bracket = *word == '[' ? strchr(word, ']') : NULL;

	if (bracket)
		return bracket + 1 - word;
	return find(word, letters) ? letters : 0;
}

static bool area_base(const struct process *process, const char *name, uint64_t *base)
{
	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];

		if (strcmp(area->name, name))
			continue;
		*base = area->start;
		return true;
	}
	return false;
}

/* The name of the program, the second field, may hold anything but ends with the last ")". */
static bool stat_field(pid_t pid, unsigned int field, uint64_t *value)
{
	char path[32], text[4096], *at;
	size_t length;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	length = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[length] = '\0';
	at = strrchr(text, ')');
	for (unsigned int i = 2; at && i < field; i++)
		at = strchr(at + 1, ' ');
	*value = at ? strtoull(at, NULL, 10) : 0;
	return *value;
}

bool segment_base(const struct process *process, const char *name, uint64_t *base)
{
	const struct segment *segment = find(name, strlen(name));

	if (segment && segment->field)
		return stat_field(process->thread, segment->field, base);
	return area_base(process, segment ? "[stack]" : name, base);
}
