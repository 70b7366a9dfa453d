// SPDX-License-Identifier: GPL-2.0
/* pins_print.c - in: the sums and holders of a process; out: two lines of text. */
#include <stdio.h>

#include "command/options.h"
#include "proc/holders.h"
#include "verbs/pins/pins_json.h"
#include "verbs/pins/pins_print.h"
#include "verbs/pins/pins_sums.h"

static void print_size(const struct options *options, const char *name, uint64_t bytes)
{
	printf("%s %llu%s", name, (unsigned long long)(options->bytes ? bytes : bytes >> 10),
	       options->bytes ? "" : " kB");
}

static void print_fact(const struct options *options, const struct process *process,
		       const char *name, enum mm_fact fact)
{
	if (process->mm_known >> fact & 1)
		print_size(options, name, process->mm[fact]);
	else
		printf("%s -", name);
}

static void print_sums(const struct options *options, const struct process *process)
{
	struct pin_sums sums = pin_sums_of(process);

	print_size(options, "locked", sums.locked);
	print_fact(options, process, " (VmLck", MM_LOCKED_VM);
	print_size(options, "), mlocked", sums.mlocked);
	print_size(options, ", unevictable", sums.unevictable);
	print_size(options, ", maybe pinned", sums.maybe_pinned);
	print_fact(options, process, " (VmPin", MM_PINNED_VM);
	puts(")");
}

/* The buffers of one ring stand together. */
static size_t print_ring(const struct holder *ring, size_t nr)
{
	size_t buffers = 0;

	while (buffers < nr && ring[buffers].fd == ring->fd && ring[buffers].kind == ring->kind &&
	       ring[buffers].range == HOLDER_THIS)
		buffers++;
	if (buffers)
		printf(" (%zu buffer%s)", buffers, buffers == 1 ? "" : "s");
	else
		printf(ring->range == HOLDER_ANY ? " (buffers not known)" : " (no buffers)");
	return buffers ? buffers : 1;
}

static void print_holders(const struct holders *holders, bool saved)
{
	enum holder_kind last = HOLDER_NR;
	size_t step;

	printf("may hold pages:");
	for (size_t i = 0; i < holders->nr; i += step) {
		const struct holder *holder = &holders->holder[i];

		step = 1;
		if (holder->kind != last)
			printf("%s %s", last == HOLDER_NR ? "" : ";", holder_rows[holder->kind].name);
		if (holder->fd >= 0)
			printf("%s %d", holder->kind == last ? "," : " descriptor", holder->fd);
		if (holder->kind == HOLDER_IO_URING)
			step = print_ring(holder, holders->nr - i);
		last = holder->kind;
	}
	puts(holders->known ? holders->nr ? "" : " nothing that this process owns" :
	     saved ? " its descriptors are not saved" : " its descriptors cannot be read");
}

static void print_notes(const struct options *options, const struct sheet *sheet)
{
	print_sums(options, sheet->process);
	print_holders(sheet->beside, sheet->process->source == SOURCE_FILE);
}

const struct sheet_notes pin_notes = { print_notes, pins_json };
