// SPDX-License-Identifier: GPL-2.0
/* reclaim.c - in: PIDs; out: what the kernel could take back of them. */
#include <errno.h>
#include <stdlib.h>
#include <sys/sysinfo.h>

#include "read/collect.h"
#include "verbs/reclaim/reclaim.h"
#include "verbs/reclaim/reclaim_print.h"
#include "verbs/reclaim/reclaim_sums.h"
#include "verbs/sheet_verb.h"

/* Both runs and areas ascend, and a run lies in one area.  Return: the next run after the area. */
static size_t add_runs(struct reclaim_row *row, const struct process *process, size_t run)
{
	for (; run < process->nr_runs && process->runs[run].start < row->area->end; run++)
		if (process->runs[run].start >= row->area->start)
			reclaim_add(&row->sums, &process->runs[run]);
	return run;
}

static void add_sums(struct reclaim_sums *to, const struct reclaim_sums *sums)
{
	for (int sum = 0; sum < SUM_NR; sum++)
		to->bytes[sum] += sums->bytes[sum];
}

/* Of the machine that the process runs on: how much another one had when it was saved, nobody knows. */
static void read_swap(struct reclaim_total *total, const struct process *process)
{
	struct sysinfo info;

	total->knows_swap = process->source != SOURCE_FILE && !sysinfo(&info);
	if (total->knows_swap)
		total->swap_free = (uint64_t)info.freeswap * info.mem_unit;
}

static int fill(struct sheet *sheet)
{
	const struct process *process = sheet->process;
	struct reclaim_row *rows = calloc(process->nr_areas + 1, sizeof(*rows));
	struct reclaim_total *total = calloc(1, sizeof(*total));
	size_t run = 0;

	sheet->rows = rows;
	sheet->beside = total;
	sheet->size = sizeof(*rows);
	if (!rows || !total)
		return -ENOMEM;
	read_swap(total, process);
	for (size_t i = 0; i < process->nr_areas; i++) {
		struct reclaim_row *row = &rows[sheet->nr];

		*row = (struct reclaim_row){ .area = &process->areas[i] };
		run = add_runs(row, process, run);
		add_sums(&total->sums, &row->sums);
		sheet->nr += row->sums.bytes[SUM_PRESENT] > 0;
	}
	return 0;
}

static bool has(const struct process *process)
{
	return process->has_runs;
}

int reclaim_main(struct options *options)
{
	static const struct sheet_verb verb = {
		.json = "reclaim",
		.want = VMAVIEW_WANT_RUNS | VMAVIEW_WANT_AREAS,
		.select = { .flags = VMAVIEW_REQUEST_JOIN },
		.whole = true,
		.fill = fill,
		.has = has,
		.notes = &reclaim_notes,
	};

	return sheet_verb_main(options, &verb);
}
