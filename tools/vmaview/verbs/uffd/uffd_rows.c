// SPDX-License-Identifier: GPL-2.0
/* uffd_rows.c - in: UFFD records; out: a row for each area and holder, and what is to be said of none. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "verbs/uffd/uffd.h"
#include "vmaview/grow.h"

/* The records of holders, by context, each context's in the order that they came in. */
struct holders_by_context {
	const struct vmaview_uffd **holder;
	size_t nr;
};

static int compare(const void *a, const void *b)
{
	const struct vmaview_uffd *x = *(void *const *)a, *y = *(void *const *)b;

	if (x->context != y->context)
		return x->context < y->context ? -1 : 1;
	return (x > y) - (x < y);
}

static int sort_holders(struct holders_by_context *holders, const struct process *process)
{
	holders->nr = 0;
	holders->holder = calloc(process->nr_uffd + 1, sizeof(*holders->holder));
	if (!holders->holder)
		return -ENOMEM;
	for (size_t i = 0; i < process->nr_uffd; i++)
		if (process->uffd[i].kind == VMAVIEW_UFFD_HOLDER)
			holders->holder[holders->nr++] = &process->uffd[i];
	qsort(holders->holder, holders->nr, sizeof(*holders->holder), compare);
	return 0;
}

/* Those of one context. */
struct span {
	const struct vmaview_uffd **holder;
	size_t nr;
	size_t known;	/* of them: the rest are VMAVIEW_UFFD_CHANGED */
};

static struct span span_of(const struct holders_by_context *holders, uint32_t context)
{
	size_t low = 0, high = holders->nr;
	struct span span;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (holders->holder[middle]->context < context)
			low = middle + 1;
		else
			high = middle;
	}
	span = (struct span){ .holder = holders->holder + low };
	for (; low < holders->nr && holders->holder[low]->context == context; low++) {
		span.nr++;
		span.known += !(holders->holder[low]->flags & VMAVIEW_UFFD_CHANGED);
	}
	return span;
}

/* Room for one more; NULL without memory. */
static struct uffd_row *add_row(struct sheet *sheet, size_t *room)
{
	if (!grow(&sheet->rows, sheet->nr, room, sizeof(struct uffd_row)))
		return NULL;
	return (struct uffd_row *)sheet->rows + sheet->nr++;
}

static int add_area(struct sheet *sheet, size_t *room, const struct vmaview_uffd *area,
		    const struct span *span)
{
	bool changed = span->known < span->nr;
	struct uffd_row *row;

	for (size_t i = 0; i < span->nr; i++) {
		if (span->holder[i]->flags & VMAVIEW_UFFD_CHANGED)
			continue;
		row = add_row(sheet, room);
		if (!row)
			return -ENOMEM;
		*row = (struct uffd_row){ area, span->holder[i], changed };
	}
	if (span->known)
		return 0;
	row = add_row(sheet, room);
	if (!row)
		return -ENOMEM;
	*row = (struct uffd_row){ area, NULL, changed };
	return 0;
}

int uffd_rows(struct sheet *sheet)
{
	const struct process *process = sheet->process;
	struct holders_by_context holders;
	int ret = sort_holders(&holders, process);
	size_t room = 0;

	sheet->size = sizeof(struct uffd_row);
	for (size_t i = 0; !ret && i < process->nr_uffd; i++) {
		const struct vmaview_uffd *area = &process->uffd[i];
		struct span span = span_of(&holders, area->context);

		if (area->kind == VMAVIEW_UFFD_AREA)
			ret = add_area(sheet, &room, area, &span);
	}
	free(holders.holder);
	return ret;
}

static void print_note(uint32_t context, const struct span *span)
{
	if (!span->nr)
		printf("context %u: nobody whom you can see holds it\n", context);
	else if (!span->known)
		printf("context %u: it changed while it was looked for: who holds it is not known\n", context);
	else if (span->known < span->nr)
		printf("context %u: it changed while it was looked for: others may hold it, too\n", context);
}

/* Contexts have their numbers in the order of their first areas: each is printed once. */
static void print_notes(const struct options *options, const struct sheet *sheet)
{
	const struct process *process = sheet->process;
	struct holders_by_context holders;
	uint32_t printed = 0;

	(void)options;
	if (sort_holders(&holders, process))
		return;
	for (size_t i = 0; i < process->nr_uffd; i++) {
		const struct vmaview_uffd *area = &process->uffd[i];
		struct span span = span_of(&holders, area->context);

		if (area->kind != VMAVIEW_UFFD_AREA || area->context <= printed)
			continue;
		printed = area->context;
		print_note(printed, &span);
	}
	if (!printed)
		puts("no area is registered with a userfaultfd");
	free(holders.holder);
}

const struct sheet_notes uffd_notes = { .print = print_notes };
