// SPDX-License-Identifier: GPL-2.0
/* smaps_rest.c - in: lines of smaps; out: the keys of this kernel, and what the model leaves out. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "proc/smaps_rest.h"
#include "vmaview/grow.h"

int smaps_rest_add_area(struct smaps_rest *rest)
{
	struct smaps_rest_area *area;

	if (!grow(&rest->areas, rest->nr_areas, &rest->room_areas, sizeof(*rest->areas)))
		return -ENOMEM;
	area = &rest->areas[rest->nr_areas++];
	area->vmflags = NULL;
	area->column = NULL;
	rest->next_key = 0;
	if (rest->nr_areas == 1)
		return 0;
	area->column = calloc(rest->nr_columns + 1, sizeof(*area->column));
	return area->column ? 0 : -ENOMEM;
}

static bool is_key(const struct smaps_key *key, const char *line, size_t length)
{
	return !strncmp(key->name, line, length) && !key->name[length];
}

/* A line of the first area makes its key known. */
static struct smaps_key *add_key(struct smaps_rest *rest, enum key key, const char *line,
				 size_t length)
{
	struct smaps_rest_area *area = rest->areas;
	struct smaps_key *added = &rest->keys[rest->nr_keys];
	uint64_t *column = area->column;

	if (rest->nr_keys == SMAPS_KEYS_MAX || length >= sizeof(added->name))
		return NULL;
	memcpy(added->name, line, length);
	added->name[length] = '\0';
	added->key = key;
	if (key == KEY_NR) {
		column = reallocarray(column, rest->nr_columns + 1, sizeof(*column));
		if (!column)
			return NULL;
		area->column = column;
		added->column = rest->nr_columns++;
	}
	rest->nr_keys++;
	return added;
}

int smaps_rest_add_value(struct smaps_rest *rest, enum key key, const char *line)
{
	struct smaps_rest_area *area = &rest->areas[rest->nr_areas - 1];
	struct smaps_key *found = &rest->keys[rest->next_key];
	size_t length = strcspn(line, ":");

	if (rest->nr_areas == 1)
		found = add_key(rest, key, line, length);
	else if (rest->next_key == rest->nr_keys || !is_key(found, line, length))
		return -EBADMSG;
	if (!found)
		return -ENOMEM;
	rest->next_key++;
	if (key == KEY_NR)
		area->column[found->column] = strtoull(line + length + 1, NULL, 10);
	return 0;
}

int smaps_rest_set_vmflags(struct smaps_rest *rest, size_t area, const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		return -ENOMEM;
	free(rest->areas[area].vmflags);
	rest->areas[area].vmflags = copy;
	return 0;
}

void smaps_rest_free(struct smaps_rest *rest)
{
	for (size_t i = 0; i < rest->nr_areas; i++) {
		free(rest->areas[i].vmflags);
		free(rest->areas[i].column);
	}
	free(rest->areas);
	memset(rest, 0, sizeof(*rest));
}
