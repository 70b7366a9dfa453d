// SPDX-License-Identifier: GPL-2.0
/* findings.c - in: areas, runs, areas that touch, memory that is not huge; out: what is worth doing something about. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/advise/advice.h"
#include "verbs/advise/findings.h"
#include "vmaview/grow.h"
#include "vmaview/kind.h"
#include "vmaview/refs.h"

int findings_add(struct findings *findings, enum advice advice, pid_t pid, uint64_t bytes)
{
	struct finding *finding = &findings->of[advice];

	finding->row = advice_row(advice);
	if (!finding->row || !bytes)
		return 0;
	finding->bytes += bytes;
	if (!pid)
		return 0;
	if (!grow(&finding->who, finding->nr, &finding->room, sizeof(*finding->who)))
		return -ENOMEM;
	finding->who[finding->nr++] = (struct finding_who){ pid, bytes };
	return 0;
}

static int add_above(struct findings *findings, enum advice advice, const struct process *process, uint64_t bytes)
{
	return bytes >= FINDING_LEAST ? findings_add(findings, advice, process->pid, bytes) : 0;
}

static uint64_t sum(const struct process *process, enum key key)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < process->nr_areas; i++)
		if (area_knows(&process->areas[i], key))
			bytes += area_get(&process->areas[i], key);
	return bytes;
}

/* What it would take to write all that is there. */
static int cow_debt(struct findings *findings, const struct process *process, const struct findings_known *known)
{
	uint64_t debt = sum(process, KEY_COW_DEBT);

	return debt > known->free ? add_above(findings, ADVICE_COW_DEBT, process, debt) : 0;
}

/* Whether that is too much, is seen once all are there. */
static int tables(struct findings *findings, const struct process *process, const struct findings_known *known)
{
	(void)known;
	if (!(process->mm_known >> MM_PGTABLES & 1))
		return 0;
	findings->tables += process->mm[MM_PGTABLES];
	findings->pss += sum(process, KEY_PSS);
	return findings_add(findings, ADVICE_PAGE_TABLES, process->pid, process->mm[MM_PGTABLES]);
}

static bool is_explained(const struct findings_known *known, const struct vmaview_run *run, const struct refs *refs)
{
	if (!known->holders || !known->holders->known)
		return true;
	for (size_t i = 0; i < known->holders->nr; i++)
		if (holder_may_hold(&known->holders->holder[i], run->start, run->end, held_how(refs)))
			return true;
	return false;
}

static int pins(struct findings *findings, const struct process *process, const struct findings_known *known)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < process->nr_runs; i++) {
		const struct vmaview_run *run = &process->runs[i];
		struct refs refs;

		if (refs_of_run(run, &refs) && refs_are_held(&refs) && !refs.kernel && !is_explained(known, run, &refs))
			bytes += run->end - run->start;
	}
	return add_above(findings, ADVICE_PINS, process, bytes);
}

/* Page cache is charged to who read it first, as it should be. */
static int elsewhere(struct findings *findings, const struct process *process, const struct findings_known *known)
{
	uint64_t bytes = 0;

	(void)known;
	for (size_t i = 0; i < process->nr_runs; i++) {
		const struct vmaview_run *run = &process->runs[i];

		if (run->state == VMAVIEW_STATE_PRESENT && run->origin == VMAVIEW_ORIGIN_ANON && run->memcg &&
		    run->memcg != VMAVIEW_UNKNOWN64 && run->memcg != process->memcg)
			bytes += run->end - run->start;
	}
	return process->memcg != VMAVIEW_UNKNOWN64 ? add_above(findings, ADVICE_ELSEWHERE, process, bytes) : 0;
}

/* Nine tenths of the limit; the bytes are those of areas that could have been one with the area below. */
static int map_count(struct findings *findings, const struct process *process, const struct findings_known *known)
{
	uint64_t bytes = 0;

	if (!(process->mm_known >> MM_MAP_COUNT & 1) || !known->limit ||
	    process->mm[MM_MAP_COUNT] < known->limit - known->limit / 10)
		return 0;
	for (size_t i = 0; i < process->nr_seams; i++)
		bytes += process->seams[i].end - process->seams[i].at;
	return findings_add(findings, ADVICE_MAP_COUNT, process->pid, bytes);
}

static int writable_code(struct findings *findings, const struct process *process, const struct findings_known *known)
{
	uint64_t bytes = 0;

	(void)known;
	for (size_t i = 0; i < process->nr_areas; i++)
		if (process->areas[i].perms[1] == 'w' && process->areas[i].perms[2] == 'x')
			bytes += process->areas[i].end - process->areas[i].start;
	return findings_add(findings, ADVICE_WX, process->pid, bytes);
}

static bool is_heap(const struct process *process, size_t index)
{
	enum kind kind = kind_of_area(process, index);

	return kind == KIND_OF_HEAP || kind == KIND_OF_ANON || kind == KIND_OF_BSS;
}

/* Of each heap that is for the most part given up. */
static int lazyfree(struct findings *findings, const struct process *process, const struct findings_known *known)
{
	uint64_t bytes = 0;

	(void)known;
	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];

		if (area_knows(area, KEY_LAZYFREE) && area_knows(area, KEY_RSS) && is_heap(process, i) &&
		    area_get(area, KEY_LAZYFREE) > area_get(area, KEY_RSS) / 2)
			bytes += area_get(area, KEY_LAZYFREE);
	}
	return add_above(findings, ADVICE_LAZYFREE, process, bytes);
}

/* Of anonymous and shared memory: what files could have, is their file system's. */
static int not_huge(struct findings *findings, const struct process *process, const struct findings_known *known)
{
	uint64_t bytes[HUGE_REASONS] = { 0 };
	int ret = 0;

	for (size_t i = 0; known->ranges && i < known->ranges->nr; i++) {
		const struct huge_range *range = &known->ranges->range[i];

		if (huge_is_anon(range->area) || huge_is_shmem(range->area))
			bytes[range->reason] += range->small;
	}
	for (unsigned int i = 0; !ret && i < HUGE_REASONS; i++)
		if (bytes[i] >= FINDING_LEAST_HUGE)
			ret = findings_add(findings, ADVICE_HUGE + i, process->pid, bytes[i]);
	return ret;
}

int findings_add_process(struct findings *findings, const struct process *process,
			 const struct findings_known *known)
{
	static int (*const of[])(struct findings *findings, const struct process *process,
				 const struct findings_known *known) = {
		cow_debt, tables, pins, elsewhere, map_count, writable_code, lazyfree, not_huge,
	};
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(of) / sizeof(of[0]); i++)
		ret = of[i](findings, process, known);
	return ret;
}

static int most_first(const void *a, const void *b)
{
	const struct finding_who *x = a, *y = b;

	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	return (x->pid > y->pid) - (x->pid < y->pid);
}

/* Equal ones in the order of enum advice, which is that of their places. */
static int more_first(const void *a, const void *b)
{
	const struct finding *x = *(void *const *)a, *y = *(void *const *)b;

	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	return (x > y) - (x < y);
}

static bool tables_outgrow(const struct findings *findings)
{
	return findings->tables >= FINDING_LEAST_TABLES &&
	       findings->tables > findings->pss / FINDING_TABLES_PART;
}

size_t findings_sort(struct findings *findings, const struct finding **list, size_t room)
{
	const struct finding *all[ADVICE_NR];
	size_t nr = 0;

	for (size_t i = 0; i < ADVICE_NR; i++) {
		struct finding *finding = &findings->of[i];

		if (!finding->bytes || (i == ADVICE_PAGE_TABLES && !tables_outgrow(findings)))
			continue;
		if (finding->nr)
			qsort(finding->who, finding->nr, sizeof(*finding->who), most_first);
		all[nr++] = finding;
	}
	qsort(all, nr, sizeof(all[0]), more_first);
	nr = nr < room ? nr : room;
	memcpy(list, all, nr * sizeof(all[0]));
	return nr;
}

void findings_free(struct findings *findings)
{
	for (size_t i = 0; i < ADVICE_NR; i++)
		free(findings->of[i].who);
}
