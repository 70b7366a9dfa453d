// SPDX-License-Identifier: GPL-2.0
/* groups_print.c - in: groups, in the order in which they are shown; out: a table, and the machine below it. */
#include <inttypes.h>
#include <stdio.h>

#include "verbs/groups/groups_columns.h"
#include "verbs/groups/groups_print.h"

/* The keys, and what is shown by default. */
static void choose(struct options *options, const struct group_by *by)
{
	size_t nr = 0;

	if (options->nr_columns)
		return;
	for (size_t i = 0; i < by->nr; i++)
		options->columns[nr++] = groups_key_column(by->key[i]);
	for (size_t i = 0; i < groups_columns.nr; i++)
		if (groups_columns.columns[i].flags & COL_DEFAULT)
			options->columns[nr++] = &groups_columns.columns[i];
	options->nr_columns = nr;
}

static void print_bytes(const struct options *options, const char *words, int64_t bytes)
{
	printf("%s %" PRId64 "%s", words, options->bytes ? bytes : bytes / 1024, options->bytes ? "" : " kB");
}

static void print_machine(const struct options *options, const struct groups *groups)
{
	const struct memory *machine = &groups->machine;
	uint64_t mapped = groups->rows.total.frames.frames - groups->unmapped;

	if (!groups->has_machine)
		return;
	print_bytes(options, "machine:", machine->ram);
	print_bytes(options, ": mapped", mapped);
	print_bytes(options, ", cache that nobody maps", machine->cache);
	print_bytes(options, ", kernel", machine->kernel);
	print_bytes(options, ", free", machine->free);
	print_bytes(options, ", rest and what changed meanwhile",
		    machine->ram - machine->free - mapped - machine->cache - machine->kernel);
	putchar('\n');
}

static void print_cost(const struct groups *groups)
{
	printf("%zu address space%s", groups->read, groups->read == 1 ? "" : "s");
	if (groups->twins)
		printf(" of %zu processes", groups->read + groups->twins);
	if (groups->elapsed)
		printf(", read in %" PRIu64 ".%03" PRIu64 " ms, no lock held longer than %" PRIu64 " us",
		       groups->elapsed / 1000000, groups->elapsed / 1000 % 1000, (groups->longest_hold + 999) / 1000);
	putchar('\n');
	if (!groups->exact_pss && groups->source.source != SOURCE_PROC)
		puts("Pss and Unique of large folios are approximate: this kernel counts no mappings of single pages");
}

int groups_print(struct options *options, const struct groups *groups, struct sheet *sheet)
{
	bool plain = options->raw || options->quiet;
	int ret;

	choose(options, &groups->rows.by);
	if (!plain)
		((struct group_row *)sheet->rows)[sheet->nr++] = groups->rows.total;
	ret = sheet_print(options, sheet, 1);
	if (ret || plain)
		return ret;
	putchar('\n');
	print_machine(options, groups);
	print_cost(groups);
	return 0;
}
