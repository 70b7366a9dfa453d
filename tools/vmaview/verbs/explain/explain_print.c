// SPDX-License-Identifier: GPL-2.0
/* explain_print.c - in: answers; out: a block of lines an address. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "columns/run_columns.h"
#include "draw/frame.h"
#include "text/escape.h"
#include "verbs/explain/explain_print.h"
#include "verbs/explain/explain_words.h"

/* The names of processes' files are theirs: nothing of them may move a cursor. */
static int print_name(const char *name)
{
	char *safe = malloc(escape_room(name));

	if (!safe)
		return -ENOMEM;
	escape_text(name, safe, escape_room(name));
	printf(" %s", safe);
	free(safe);
	return 0;
}

static int print_area(const struct vmaview_explain *answer, const struct area *area)
{
	int ret = 0;

	printf("  area      %" PRIx64 "-%" PRIx64 " %.4s", (uint64_t)answer->start,
	       (uint64_t)answer->end, answer->perms);
	if (area && *area->name)
		ret = print_name(area->name);
	if (answer->flags & VMAVIEW_EXPLAIN_FILE)
		printf(", byte 0x%" PRIx64 " of 0x%" PRIx64, (uint64_t)answer->file_offset,
		       (uint64_t)answer->file_size);
	putchar('\n');
	return ret;
}

static void print_gap(const struct vmaview_explain *answer)
{
	printf("  gap       %" PRIx64 "-%" PRIx64, (uint64_t)answer->start, (uint64_t)answer->end);
	if (answer->end == UINT64_MAX)
		fputs(", beyond user space", stdout);
	if (answer->flags & VMAVIEW_EXPLAIN_BELOW)
		printf(", above the area %" PRIx64 "-%" PRIx64, (uint64_t)answer->below,
		       (uint64_t)answer->start);
	if (answer->flags & VMAVIEW_EXPLAIN_ABOVE)
		printf(", below the area %" PRIx64 "-%" PRIx64, (uint64_t)answer->end,
		       (uint64_t)answer->above);
	putchar('\n');
}

static void print_bit(const char *word, void *unused)
{
	(void)unused;
	printf(" %s", word);
}

static void print_level(const struct vmaview_level *level)
{
	printf("  %-9s entry %3u (%u bits) of the table at 0x%" PRIx64 ": 0x%016" PRIx64,
	       explain_level(level), level->index, level->bits, (uint64_t)level->table,
	       (uint64_t)level->entry);
	explain_bits(level, print_bit, NULL);
	putchar('\n');
}

static void print_size(uint64_t bytes)
{
	if (bytes >= 1 << 30 && !(bytes & ((1 << 30) - 1)))
		printf("%" PRIu64 " GiB", bytes >> 30);
	else if (bytes >= 1 << 20 && !(bytes & ((1 << 20) - 1)))
		printf("%" PRIu64 " MiB", bytes >> 20);
	else
		printf("%" PRIu64 " KiB", bytes >> 10);
}

/* As the verb pages shows it. */
static void print_fact(const struct explanation *explanation, const struct vmaview_explain *answer,
		       const char *key)
{
	struct cell cell = { .process = explanation->process, .row = &answer->run };
	char text[CELL_MAX];

	for (size_t i = 0; i < run_columns.nr; i++) {
		const struct column *column = &run_columns.columns[i];

		if (run_column_is(column, key))
			printf("%.*s", column_text(column, &cell, text, sizeof(text)), text);
	}
}

/* "; 1024 references of 1 pin, maybe" */
static void print_part(uint32_t references, const char *of)
{
	if (references)
		printf("; %u reference%s %s", references, references == 1 ? "" : "s", of);
}

/* Those beyond page tables and caches, as `pins` has them, and whose they may be. */
static void print_extra(const struct explanation *explanation, const struct refs *refs, const struct held *held)
{
	char text[HOLDERS_TEXT_MAX];
	int length;

	print_part(refs->kernel, "of the kernel, whose page it is");
	print_part(refs->lru_batch, "of a CPU's batch for the LRU lists, maybe");
	snprintf(text, sizeof(text), "of %u pin%s, maybe", refs->pins, refs->pins == 1 ? "" : "s");
	print_part(refs->pin_refs, text);
	print_part(refs->unexplained, "that nothing here explains");
	if (!held->how)
		return;
	length = holders_text(explanation->holders, held, text, sizeof(text));
	if (length < 0)
		printf("; the process's descriptors cannot be read");
	else if (length)
		printf("; may be held by %s", text);
	else
		printf("; by nothing that this process owns");
}

static void print_counts(const struct explanation *explanation, const struct vmaview_explain *answer)
{
	const struct vmaview_run *run = &answer->run;
	struct refs refs;
	struct held held;

	if (!(answer->flags & VMAVIEW_EXPLAIN_PAGE))
		return;
	printf("; refcount %u, mapcount %u", run->refcount, run->mapcount);
	if (run->order)
		printf(" of its folio of %u pages, itself %u", 1u << run->order, run->page_mapcount);
	if (explain_refs(answer, &refs, &held))
		print_extra(explanation, &refs, &held);
}

static void print_page(const struct explanation *explanation, const struct vmaview_explain *answer)
{
	printf("  page      pfn 0x%" PRIx64 ", ", (uint64_t)answer->run.pfn);
	print_fact(explanation, answer, "origin");
	if (answer->flags & VMAVIEW_EXPLAIN_PAGE) {
		fputs(": ", stdout);
		print_fact(explanation, answer, "flags");
	}
	print_counts(explanation, answer);
	printf("\n  physical  0x%" PRIx64 ", by a leaf of ", (uint64_t)answer->physical);
	print_size(answer->leaf_size);
	putchar('\n');
}

static void print_swap(const struct vmaview_explain *answer)
{
	printf("  swap      slot %" PRIu64 " of device %u\n", (uint64_t)answer->run.swap_offset,
	       answer->run.swap_type);
}

static void print_verdict(const struct vmaview_explain *answer, const struct area *area,
			  enum vmaview_access access)
{
	char sentence[512];

	explain_sentence(answer, area, access, sentence, sizeof(sentence));
	printf("  %-9s %-13s %s\n", explain_access[access], explain_verdict(answer->verdict[access]),
	       sentence);
}

static int print_block(const struct explanation *explanation, const struct vmaview_explain *answer)
{
	const struct area *area = explain_area(explanation, answer);
	int ret = 0;

	printf("0x%" PRIx64 "\n", (uint64_t)answer->address);
	if (answer->flags & VMAVIEW_EXPLAIN_AREA)
		ret = print_area(answer, area);
	else
		print_gap(answer);
	for (uint32_t i = 0; i < answer->nr_levels && i < VMAVIEW_LEVELS; i++)
		print_level(&answer->levels[i]);
	if (answer->flags & VMAVIEW_EXPLAIN_GAVE_UP)
		puts("            the table changed again and again: its entry was not read");
	if (answer->flags & VMAVIEW_EXPLAIN_PHYSICAL)
		print_page(explanation, answer);
	else if (answer->run.state == VMAVIEW_STATE_SWAP)
		print_swap(answer);
	for (int access = VMAVIEW_READ; access <= VMAVIEW_EXEC; access++)
		print_verdict(answer, area, access);
	return ret;
}

static void print_asid(const struct explanation *explanation)
{
	switch (explanation->asid_kind) {
	case VMAVIEW_ASID_X86_CTX:
		printf("address space: ctx_id %" PRIu64 "; its PCID is given anew by each CPU\n",
		       explanation->asid);
		break;
	case VMAVIEW_ASID_ARM64:
		printf("address space: ASID %" PRIu64 "\n", explanation->asid);
		break;
	}
}

int explain_print(const struct options *options, const struct explanation *explanation)
{
	int ret = options->noheadings ? 0 : frame_title(explanation->process);

	if (!options->noheadings)
		print_asid(explanation);
	for (size_t i = 0; !ret && i < explanation->nr; i++)
		ret = print_block(explanation, &explanation->answers[i]);
	return ret;
}
