// SPDX-License-Identifier: GPL-2.0
/* reclaim_print.c - in: the sums of a process; out: lines of text. */
#include <stdio.h>

#include "command/options.h"
#include "verbs/reclaim/reclaim_json.h"
#include "verbs/reclaim/reclaim_print.h"
#include "verbs/reclaim/reclaim_sums.h"

struct term {
	const char *words;
	enum reclaim_sum sum;
};

static void print_bytes(const struct options *options, const char *words, uint64_t bytes)
{
	printf("%s %llu%s", words, (unsigned long long)(options->bytes ? bytes : bytes >> 10),
	       options->bytes ? "" : " kB");
}

static void print_terms(const struct options *options, const struct reclaim_sums *sums,
			const struct term *terms, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		print_bytes(options, terms[i].words, sums->bytes[terms[i].sum]);
}

#define PRINT(options, sums, terms) \
	print_terms(options, sums, terms, sizeof(terms) / sizeof(terms[0]))

static void print_notes(const struct options *options, const struct sheet *sheet)
{
	static const struct term how[] = {
		{ "present", SUM_PRESENT }, { ": freed at once", SUM_DROP }, { ", after writing", SUM_WRITE },
		{ ", by swapping", SUM_SWAP },
	};
	static const struct term never[] = {
		{ "never", SUM_NEVER }, { ": mlocked", SUM_MLOCKED }, { ", unevictable", SUM_UNEVICTABLE },
		{ ", maybe pinned", SUM_PINNED }, { ", hugetlb", SUM_HUGETLB }, { ", kernel's", SUM_KERNEL },
		{ ", other", SUM_OTHER }, { "; held meanwhile", SUM_HELD }, { ", shared", SUM_SHARED },
	};
	static const struct term state[] = {
		{ "active", SUM_ACTIVE }, { ", inactive", SUM_INACTIVE }, { ", in generations", SUM_GENERATIONS },
		{ ", unevictable", SUM_UNEVICTABLE_LIST }, { ", on no list", SUM_NO_LIST }, { "; young", SUM_YOUNG },
		{ ", idle", SUM_IDLE }, { "; dirty", SUM_DIRTY }, { ", being written", SUM_WRITEBACK },
		{ ", given up", SUM_LAZYFREE },
	};
	const struct reclaim_total *total = sheet->beside;

	PRINT(options, &total->sums, how);
	print_bytes(options, " (needs", total->sums.bytes[SUM_SWAP_NEED]);
	if (total->knows_swap)
		print_bytes(options, " of swap, free", total->swap_free);
	puts(")");
	PRINT(options, &total->sums, never);
	putchar('\n');
	PRINT(options, &total->sums, state);
	putchar('\n');
}

const struct sheet_notes reclaim_notes = { print_notes, reclaim_json };
