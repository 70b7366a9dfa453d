// SPDX-License-Identifier: GPL-2.0
/*
 * why_rows.c - in: areas that touch, memory that is not huge, not merged, kept, forked; out: a row for each two, and
 * for each such range, sums by reason, and who makes the most areas.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <vmaview_words.h>

#include "verbs/why/why_rows.h"

#define WORD(value, word) word,
const char *const why_fields[WHY_FIELDS] = { VMAVIEW_SEAM_WORDS(WORD) "none" };
#undef WORD

const char *const why_questions[WHY_QUESTIONS] = {
	[WHY_MERGE] = "merge", [WHY_HUGE] = "huge", [WHY_KSM] = "ksm", [WHY_KEPT] = "kept",
	[WHY_FORKS] = "forks",
};

struct why_words why_words_of(enum why_question question)
{
	static const struct why_words words[WHY_QUESTIONS] = {
		[WHY_KSM] = { ksm_words, KSM_REASONS },
		[WHY_KEPT] = { kept_words, KEPT_REASONS },
		[WHY_FORKS] = { fork_words, FORK_REASONS },
	};

	return words[question];
}

unsigned int why_field(const struct vmaview_seam *seam)
{
	unsigned int field = 0;

	while (field < WHY_NOTHING && !(seam->differ >> field & 1))
		field++;
	return field;
}

/* The area as the seam found it. */
static const struct area *find(const struct process *process, uint64_t start, uint64_t end)
{
	const struct area *area = process_find_area(process, start);

	return area && area->end == end ? area : NULL;
}

static bool wanted(const struct why_choice *choice, const struct vmaview_seam *seam)
{
	if (choice->one)
		return seam->start <= choice->address && choice->address < seam->end;
	return seam->at > choice->low && seam->at <= choice->high;
}

static size_t make_rows(const struct process *process, const struct why_choice *choice, struct why_row *rows)
{
	size_t nr = 0;

	for (size_t i = 0; i < process->nr_seams; i++) {
		const struct vmaview_seam *seam = &process->seams[i];

		if (wanted(choice, seam))
			rows[nr++] = (struct why_row){
				.question = WHY_MERGE,
				.seam = seam,
				.below = find(process, seam->start, seam->at),
				.above = find(process, seam->at, seam->end),
			};
	}
	return nr;
}

static void add_up(struct why_sums *sums, const struct why_row *rows, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		unsigned int field = why_field(rows[i].seam);

		sums->seams[field]++;
		sums->bytes[field] += rows[i].seam->end - rows[i].seam->at;
	}
}

static void count_room(struct why_sums *sums, const struct process *process, uint64_t limit)
{
	uint64_t areas = process->mm[MM_MAP_COUNT];

	sums->knows_room = limit && process->mm_known >> MM_MAP_COUNT & 1;
	sums->room = sums->knows_room && areas < limit ? limit - areas : 0;
}

static int by_name(const void *a, const void *b)
{
	const struct why_site *x = a, *y = b;

	return strcmp(x->area->name, y->area->name);
}

/* The most areas first, equals by name. */
static int by_areas(const void *a, const void *b)
{
	const struct why_site *x = a, *y = b;

	if (x->areas != y->areas)
		return x->areas > y->areas ? -1 : 1;
	return by_name(a, b);
}

/* The gate area is none of those that are counted, and what has no name is one mapping, anonymous memory. */
static void find_sites(struct why_sums *sums, const struct process *process)
{
	struct why_site *site = sums->site;
	size_t nr = 0;

	for (size_t i = 0; i < process->nr_areas; i++)
		if (!process->areas[i].gate)
			site[nr++] = (struct why_site){ &process->areas[i], 1 };
	qsort(site, nr, sizeof(*site), by_name);
	for (size_t i = 0; i < nr; i++) {
		if (sums->nr_sites && !by_name(&site[sums->nr_sites - 1], &site[i]))
			site[sums->nr_sites - 1].areas++;
		else
			site[sums->nr_sites++] = site[i];
	}
	qsort(site, sums->nr_sites, sizeof(*site), by_areas);
}

/* After those of areas that touch, of which there are sheet->nr. */
static void add_huge(struct sheet *sheet, struct why_sums *sums, const struct huge_ranges *ranges)
{
	struct why_row *rows = sheet->rows;

	sheet->group[WHY_HUGE].unknown = !ranges;
	if (!ranges)
		return;
	sums->knows_huge = true;
	sums->huge = ranges->huge;
	for (size_t i = 0; i < ranges->nr; i++) {
		rows[sheet->nr++] = (struct why_row){ .question = WHY_HUGE, .huge = ranges->range[i] };
		sums->small[ranges->range[i].reason] += ranges->range[i].small;
	}
}

/* Of a question whose rows are ranges. */
static void add_ranges(struct sheet *sheet, struct why_sums *sums, enum why_question question,
		       const struct why_ranges *ranges)
{
	struct why_row *rows = sheet->rows;

	sheet->group[question].unknown = !ranges;
	for (size_t i = 0; ranges && i < ranges->nr; i++) {
		rows[sheet->nr++] = (struct why_row){
			.question = question, .range = ranges->range[i], .holders = sums->holders,
		};
		sums->memory[question][ranges->range[i].reason] += ranges->range[i].memory;
	}
}

static void add_ksm(struct sheet *sheet, struct why_sums *sums, const struct why_found *found)
{
	add_ranges(sheet, sums, WHY_KSM, found->ksm ? &found->ksm->ranges : NULL);
	if (!found->ksm)
		return;
	sums->knows_ksm = true;
	sums->ksmd = *found->ksmd->machine;
	sums->knows_ksm_pages = found->ksmd->knows_pages;
	sums->ksm_pages = found->ksmd->pages;
	sums->merged = found->ksm->merged;
}

static void add_kept(struct sheet *sheet, struct why_sums *sums, const struct why_found *found)
{
	add_ranges(sheet, sums, WHY_KEPT, found->kept ? &found->kept->ranges : NULL);
	if (!found->kept)
		return;
	sums->knows_kept = true;
	sums->movable = found->kept->movable;
	sums->settings = *found->settings;
}

static void add_forks(struct sheet *sheet, struct why_sums *sums, const struct why_found *found)
{
	struct why_row *rows = (struct why_row *)sheet->rows + sheet->nr;

	add_ranges(sheet, sums, WHY_FORKS, found->forks ? &found->forks->ranges : NULL);
	sums->knows_forks = found->forks;
	for (size_t i = 0; found->forks && found->forks->knows_holders && i < found->forks->ranges.nr; i++)
		rows[i].pids = sums->pids + rows[i].range.first;
}

static size_t size_of_holders(const struct holders *holders)
{
	return holders ? sizeof(*holders) + holders->nr * sizeof(holders->holder[0]) : 0;
}

/*
 * In one piece of memory, as what goes beside rows is: sites, of which there may be as many as areas, then holders,
 * then PIDs.
 */
static struct why_sums *make_sums(const struct process *process, const struct why_found *found)
{
	size_t of_holders = size_of_holders(found->holders), of_pids;
	struct why_sums *sums;
	size_t size = sizeof(*sums) + process->nr_areas * sizeof(sums->site[0]);

	of_pids = found->forks ? found->forks->nr_pids * sizeof(pid_t) : 0;
	sums = calloc(1, size + of_holders + of_pids);
	if (!sums)
		return NULL;
	if (of_holders)
		sums->holders = memcpy((char *)sums + size, found->holders, of_holders);
	sums->pids = (pid_t *)((char *)sums + size + of_holders);
	if (of_pids)
		memcpy((char *)sums + size + of_holders, found->forks->pids, of_pids);
	return sums;
}

static size_t group_of(const void *row)
{
	return ((const struct why_row *)row)->question;
}

static size_t rows_of(const struct why_found *found)
{
	return (found->huge ? found->huge->nr : 0) + (found->ksm ? found->ksm->ranges.nr : 0) +
	       (found->kept ? found->kept->ranges.nr : 0) + (found->forks ? found->forks->ranges.nr : 0);
}

int why_rows(struct sheet *sheet, const struct why_found *found)
{
	const struct process *process = sheet->process;
	const struct why_choice *choice = sheet->context;
	struct why_sums *sums;

	sheet->size = sizeof(struct why_row);
	sheet->rows = calloc(process->nr_seams + rows_of(found) + 1, sheet->size);
	sheet->beside = sums = make_sums(process, found);
	if (!sheet->rows || !sums)
		return -ENOMEM;
	sheet->nr = make_rows(process, choice, sheet->rows);
	add_up(sums, sheet->rows, sheet->nr);
	count_room(sums, process, process->source == SOURCE_FILE ? 0 : choice->limit);
	find_sites(sums, process);
	sheet->group_of = group_of;
	for (int question = 0; question < WHY_QUESTIONS; question++)
		sheet->group[question] = (struct sheet_group){ .json = why_questions[question] };
	add_huge(sheet, sums, found->huge);
	if (found->huge)
		sums->machine = *found->thp;
	add_ksm(sheet, sums, found);
	add_kept(sheet, sums, found);
	add_forks(sheet, sums, found);
	return 0;
}
