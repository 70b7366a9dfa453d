// SPDX-License-Identifier: GPL-2.0
/* column_set.c - in: a name that somebody typed; out: the column, or the one that is most like it. */
#include <string.h>
#include <strings.h>

#include "columns/columns.h"
#include "text/nearest.h"

static bool is_called(const char *name, const char *typed, size_t length)
{
	return name && !strncasecmp(name, typed, length) && !name[length];
}

const struct column *column_find(const struct column_set *set, const char *name, size_t length)
{
	for (size_t i = 0; i < set->nr; i++) {
		const struct column *column = &set->columns[i];

		if (is_called(column->name, name, length) || is_called(column->alias, name, length))
			return column;
	}
	return NULL;
}

const char *column_suggest(const struct column_set *set, const char *name, size_t length)
{
	struct nearest nearest = nearest_to(name, length);

	for (size_t i = 0; i < set->nr; i++) {
		nearest_offer(&nearest, set->columns[i].name);
		if (set->columns[i].alias)
			nearest_offer(&nearest, set->columns[i].alias);
	}
	return nearest.best;
}
