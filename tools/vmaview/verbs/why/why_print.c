// SPDX-License-Identifier: GPL-2.0
/* why_print.c - in: sums by reason, room, mappings, settings; out: lines of text. */
#include <stdio.h>

#include "columns/column_text.h"
#include "text/escape.h"
#include "verbs/why/why_json.h"
#include "verbs/why/why_print.h"
#include "verbs/why/why_rows.h"

/* Mappings that a line names. */
#define SITES 5

static void print_room(const struct process *process, const struct why_sums *sums)
{
	if (process->mm_known >> MM_MAP_COUNT & 1)
		printf("areas %llu, ", (unsigned long long)process->mm[MM_MAP_COUNT]);
	else
		printf("areas -, ");
	if (sums->knows_room)
		printf("room for %llu more\n", (unsigned long long)sums->room);
	else
		puts("room for more -");
}

static void print_sums(const struct why_sums *sums, bool bytes)
{
	bool any = false;

	printf("kept apart by");
	for (unsigned int i = 0; i < WHY_FIELDS; i++) {
		if (!sums->seams[i])
			continue;
		printf("%s %s %llu (%llu%s)", any ? "," : "", i == WHY_NOTHING ? "nothing" : why_fields[i],
		       (unsigned long long)sums->seams[i],
		       (unsigned long long)(bytes ? sums->bytes[i] : sums->bytes[i] >> 10), bytes ? "" : " kB");
		any = true;
	}
	puts(any ? "" : ": no two areas touch");
}

static void print_site(const struct sheet *sheet, const struct options *options, const struct why_site *site)
{
	const struct cell cell = {
		.process = sheet->process, .area = site->area, .show_path = options->show_path,
	};
	char name[CELL_MAX], safe[CELL_MAX];

	if (text_mapping(&cell, name, sizeof(name)) < 0)
		snprintf(name, sizeof(name), "-");
	escape_text(name, safe, sizeof(safe));
	printf(" %llu %s", (unsigned long long)site->areas, safe);
}

static void print_bytes(uint64_t number, bool bytes)
{
	printf(" %llu%s", (unsigned long long)(bytes ? number : number >> 10), bytes ? "" : " kB");
}

/* "WHAT: reason 4 kB, reason 8 kB", or nothing. */
static void print_reasons(const char *what, struct why_words words, const uint64_t *number, bool bytes)
{
	bool any = false;

	printf("%s:", what);
	for (unsigned int i = 0; i < words.nr; i++) {
		if (!number[i])
			continue;
		printf("%s %s", any ? "," : "", words.word[i]);
		print_bytes(number[i], bytes);
		any = true;
	}
	if (!any)
		printf(" nothing");
}

static void print_huge(const struct why_sums *sums, bool bytes)
{
	print_reasons("not huge", (struct why_words){ huge_words, HUGE_REASONS }, sums->small, bytes);
	printf("; huge");
	print_bytes(sums->huge, bytes);
	putchar('\n');
}

static void print_count(const char *what, bool known, uint64_t number)
{
	if (known)
		printf("%s %llu", what, (unsigned long long)number);
	else
		printf("%s -", what);
}

static void print_ksm(const struct why_sums *sums, bool bytes)
{
	if (!sums->knows_ksm) {
		puts("not merged: -");
		return;
	}
	print_reasons("not merged", why_words_of(WHY_KSM), sums->memory[WHY_KSM], bytes);
	printf("; merged");
	print_bytes(sums->merged, bytes);
	printf("\nksmd: %s", ksm_run_words[sums->ksmd.run]);
	print_count(", knows pages of this process:", sums->knows_ksm_pages, sums->ksm_pages);
	print_count("; of all processes: equal to none", sums->ksmd.knows_pages, sums->ksmd.unshared);
	print_count(", volatile", sums->ksmd.knows_pages, sums->ksmd.changing);
	putchar('\n');
}

static void print_machine(const struct thp_machine *machine)
{
	printf("huge pages may be: anonymous %s, shared %s, shmem %s, files %s; khugepaged: ",
	       thp_mode_words[machine->anon], thp_mode_words[machine->shared], thp_mode_words[machine->shmem],
	       thp_mode_words[machine->file]);
	if (machine->knows_limits)
		printf("max_ptes_none %llu, max_ptes_shared %llu, max_ptes_swap %llu\n",
		       (unsigned long long)machine->max_none, (unsigned long long)machine->max_shared,
		       (unsigned long long)machine->max_swap);
	else
		puts("-");
}

static void print_kept(const struct why_sums *sums, bool bytes)
{
	const struct vm_settings *settings = &sums->settings;

	if (!sums->knows_kept) {
		puts("kept: -");
		return;
	}
	print_reasons("kept", why_words_of(WHY_KEPT), sums->memory[WHY_KEPT], bytes);
	printf("; movable");
	print_bytes(sums->movable, bytes);
	printf("\nswap free");
	if (settings->knows_swap)
		print_bytes(settings->swap_free, bytes);
	else
		printf(" -");
	printf("; compaction takes what is unevictable: %s\n",
	       !settings->knows_compaction ? "-" : settings->compacts_unevictable ? "yes" : "no");
}

static void print_notes(const struct options *options, const struct sheet *sheet)
{
	const struct why_sums *sums = sheet->beside;

	print_sums(sums, options->bytes);
	print_room(sheet->process, sums);
	printf("most areas:");
	for (size_t i = 0; i < sums->nr_sites && i < SITES; i++) {
		if (i)
			putchar(',');
		print_site(sheet, options, &sums->site[i]);
	}
	puts(sums->nr_sites ? "" : " -");
	if (sums->knows_huge) {
		print_huge(sums, options->bytes);
		print_machine(&sums->machine);
	} else {
		puts("not huge: -");
	}
	print_ksm(sums, options->bytes);
	print_kept(sums, options->bytes);
	if (sums->knows_forks)
		print_reasons("copied when written", why_words_of(WHY_FORKS), sums->memory[WHY_FORKS], options->bytes);
	else
		printf("copied when written: -");
	putchar('\n');
}

const struct sheet_notes why_notes = { print_notes, why_json };
