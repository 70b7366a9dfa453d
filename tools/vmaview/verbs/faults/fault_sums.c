// SPDX-License-Identifier: GPL-2.0
/* fault_sums.c - in: faults; out: sums by area and kind. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/faults/fault_sums.h"
#include "vmaview/grow.h"

struct fault_row fault_row_of(const struct fault *fault, enum fault_kind kind,
			      const struct area *area)
{
	struct fault_row row = {
		.kind = kind,
		.faults = 1,
		.fault = fault,
		.name = "",
	};

	if (fault->latency)
		fault_times_add(&row.times, fault->latency);
	if (area) {
		row.has_area = true;
		row.start = area->start;
		row.end = area->end;
		row.name = area->name;
		memcpy(row.perms, area->perms, sizeof(row.perms));
	}
	return row;
}

/* An area that grows, the heap upwards and the stack downwards, keeps its other end. */
static bool same(const struct fault_row *a, const struct fault_row *b)
{
	if (a->kind != b->kind || a->has_area != b->has_area)
		return false;
	return !a->has_area || ((a->start == b->start || a->end == b->end) &&
				!strcmp(a->perms, b->perms) && !strcmp(a->name, b->name));
}

/* The newest is where it is now. */
static void join(struct fault_row *into, const struct fault_row *row)
{
	into->start = row->start;
	into->end = row->end;
	into->faults += row->faults;
	fault_times_join(&into->times, &row->times);
}

static int append(struct fault_sums *sums, const struct fault_row *row)
{
	char *name = strdup(row->name);

	if (!name)
		return -ENOMEM;
	if (!grow(&sums->rows, sums->nr, &sums->room, sizeof(*sums->rows))) {
		free(name);
		return -ENOMEM;
	}
	sums->rows[sums->nr] = *row;
	sums->rows[sums->nr].fault = NULL;
	sums->rows[sums->nr++].name = name;
	return 0;
}

int fault_sums_add(struct fault_sums *sums, const struct fault_row *row)
{
	if (fault_kind_is_fault(row->kind))
		sums->faults += row->faults;
	for (size_t i = 0; i < sums->nr; i++) {
		/* Faults come in runs: what was found last is looked at first. */
		if (same(&sums->rows[i], row)) {
			struct fault_row found = sums->rows[i];

			join(&found, row);
			sums->rows[i] = sums->rows[0];
			sums->rows[0] = found;
			return 0;
		}
	}
	return append(sums, row);
}

void fault_sums_free(struct fault_sums *sums)
{
	for (size_t i = 0; i < sums->nr; i++)
		free((char *)sums->rows[i].name);
	free(sums->rows);
	*sums = (struct fault_sums){ .nr = 0 };
}

static int compare(const void *a, const void *b)
{
	const struct fault_row *row_a = a, *row_b = b;

	if (row_a->has_area != row_b->has_area)
		return row_b->has_area - row_a->has_area;
	if (row_a->start != row_b->start)
		return row_a->start > row_b->start ? 1 : -1;
	return (int)row_a->kind - (int)row_b->kind;
}

void fault_sums_close(struct fault_sums *sums, uint64_t time, uint64_t span)
{
	if (sums->nr)
		qsort(sums->rows, sums->nr, sizeof(*sums->rows), compare);
	for (size_t i = 0; i < sums->nr; i++) {
		sums->rows[i].time = time;
		sums->rows[i].span = span;
	}
}
