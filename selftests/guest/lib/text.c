// SPDX-License-Identifier: GPL-2.0
/* text.c - the text of `areas` or of smaps in, areas out. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "possible.h"
#include "result.h"
#include "text.h"

static char problem[512];

static const char *complain(const char *what, const char *line)
{
	snprintf(problem, sizeof(problem), "%s: \"%s\"", what, line);
	return problem;
}

/* "55d0-55d1 r--p ..." */
static bool parse_head(const char *line, struct area_list *out)
{
	unsigned long start, end;
	struct area *area;
	int used = 0;

	if (sscanf(line, "%lx-%lx %n", &start, &end, &used) < 2 || !used || isupper(line[0]))
		return false;
	area = area_list_add(out);
	area->start = start;
	area->end = end;
	area->head = strdup(line);
	return true;
}

static const char *set_once(struct area *area, int key, uint64_t value)
{
	if (area_has(area, key))
		return complain("key given twice", keys[key].text);
	area_set(area, key, value);
	return NULL;
}

/* "  12 kB" where the key is one of kB, else "  12" */
static const char *parse_value(struct area *area, int key, const char *text)
{
	char *rest;
	uint64_t value = strtoull(text, &rest, 10);

	if (rest == text || strcmp(rest, keys[key].shift ? " kB" : ""))
		return complain("not a value", text);
	return set_once(area, key, value);
}

/* "none=3 swap=0": each word is the key NAME/word */
static const char *parse_words(struct area *area, const char *name, char *text)
{
	char *word, *save;

	for (word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		char full[64], *equals = strchr(word, '=');
		const char *wrong;
		int key;

		if (!equals)
			return complain("word without =", word);
		*equals = '\0';
		snprintf(full, sizeof(full), "%s/%s", name, word);
		key = key_find(full);
		if (key < 0)
			return complain("unknown word", full);
		wrong = parse_value(area, key, equals + 1);
		if (wrong)
			return wrong;
	}
	return NULL;
}

/* "12 (3 lru-batch)" */
static const char *parse_extra_refs(struct area *area, const char *text)
{
	unsigned long long total, lru;
	int used = 0;

	if (sscanf(text, "%llu (%llu lru-batch)%n", &total, &lru, &used) != 2 || !used ||
	    text[used])
		return complain("not extra references", text);
	area_set(area, EXTRA_REFS_LRU, lru);
	return set_once(area, EXTRA_REFS, total);
}

static char **string_of(struct area *area, const char *name)
{
	if (!strcmp(name, "Flags"))
		return &area->flags;
	if (!strcmp(name, "Ops"))
		return &area->ops;
	if (!strcmp(name, "Callbacks"))
		return &area->callbacks;
	return strcmp(name, "VmFlags") ? NULL : &area->vmflags;
}

static const char *parse_string(char **where, const char *name, const char *text)
{
	if (*where)
		return complain("key given twice", name);
	*where = strdup(text);
	return NULL;
}

static const char *parse_line(struct area *area, enum text_kind kind, char *line)
{
	char *colon = strchr(line, ':'), *text, **string;
	int key;

	if (!colon)
		return complain("no key", line);
	*colon = '\0';
	text = colon + 1 + strspn(colon + 1, " ");
	key = key_find(line);
	string = string_of(area, line);
	if (!strcmp(line, "Extra_Refs"))
		return parse_extra_refs(area, text);
	if (!strcmp(line, "Absent") || !strcmp(line, "Leaves"))
		return parse_words(area, line, text);
	if (string)
		return parse_string(string, line, text);
	if (key >= 0)
		return parse_value(area, key, text);
	return kind == TEXT_SMAPS ? NULL : complain("unknown key", line);
}

/* What every block of `areas` must have, whatever the kernel. */
static const char *check_block(const struct area *area)
{
	uint64_t missing = ~area->has & ((1ULL << NR_KEYS) - 1) & ~(1ULL << KSM);

	if (missing)
		return complain(keys[__builtin_ctzll(missing)].text, "missing");
	if (!area->flags || !area->ops || !area->callbacks || !area->vmflags)
		return complain("Flags, Ops, Callbacks or VmFlags missing", area->head);
	return area_impossible(area);
}

static const char *check_order(const struct area_list *list)
{
	for (size_t i = 0; i < list->nr; i++) {
		const struct area *area = &list->area[i];

		if (area->start >= area->end)
			return complain("empty area", area->head);
		if (i && area[-1].end > area->start)
			return complain("overlaps or out of order", area->head);
	}
	return NULL;
}

static const char *check_blocks(const struct area_list *list)
{
	const char *wrong = NULL;

	for (size_t i = 0; i < list->nr && !wrong; i++)
		wrong = check_block(&list->area[i]);
	return wrong;
}

const char *text_parse(char *text, enum text_kind kind, struct area_list *out)
{
	const char *wrong;
	char *line, *end;

	memset(out, 0, sizeof(*out));
	for (line = text; *line; line = end + 1) {
		end = strchr(line, '\n');
		if (!end)
			return complain("cut off", line);
		*end = '\0';
		if (parse_head(line, out))
			continue;
		if (!out->nr)
			return complain("does not start with an area", line);
		wrong = parse_line(&out->area[out->nr - 1], kind, line);
		if (wrong)
			return wrong;
	}
	wrong = check_order(out);
	if (!wrong && kind == TEXT_AREAS)
		wrong = check_blocks(out);
	return wrong;
}

char *text_word(const char *text, const char *key)
{
	size_t len = strlen(key);
	const char *line = text;

	while (line) {
		if (!strncmp(line, key, len) && line[len] == ':') {
			line += len + 1;
			line += strspn(line, " \t");
			return strndup(line, strcspn(line, "\n"));
		}
		line = strchr(line, '\n');
		line += !!line;
	}
	return NULL;
}

bool text_number(const char *text, const char *key, uint64_t *value)
{
	char *word = text_word(text, key), *rest;

	if (!word)
		return false;
	*value = strtoull(word, &rest, 10);
	free(word);
	return rest != word;
}
