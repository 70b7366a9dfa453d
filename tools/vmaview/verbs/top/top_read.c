// SPDX-License-Identifier: GPL-2.0
/* top_read.c - in: who is meant, and at what level; out: a frame. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc/statm.h"
#include "text/clock.h"
#include "verbs/top/top_read.h"
#include "vmaview/grow.h"
#include "vmaview/totals.h"

static void add_kinds(struct top_frame *frame, struct process *process)
{
	kinds_find(process);
	for (size_t i = 0; i < process->nr_areas; i++) {
		uint64_t bytes;

		if (top_footprint(&process->areas[i], &bytes))
			frame->present[process->areas[i].kind - 1] += bytes;
	}
}

/* Without the module it is what statm says: areas have no numbers then. */
static void sum_up(struct top_process *shown, const struct process *process)
{
	uint64_t resident;

	totals_sum(process, &shown->total);
	shown->nr_areas = process->nr_areas;
	if (!area_knows(&shown->total, KEY_RSS) && statm_resident(process->pid, &resident))
		area_set(&shown->total, KEY_RSS, resident);
}

/* 0 or -ENOMEM. */
static int keep(struct top_frame *frame, struct process *process, const struct target *target,
		const struct person *person)
{
	struct top_process *shown = &frame->processes[frame->nr_processes];

	*shown = (struct top_process){
		.pid = process->pid,
		.parent = person ? person->parent : 0,
		.started = person ? person->started : target->started,
		.comm = strdup(process->comm ? process->comm : ""),
		.title = strdup(process->title),
	};
	frame->nr_processes++;
	if (!shown->comm || !shown->title)
		return -ENOMEM;
	add_kinds(frame, process);
	sum_up(shown, process);
	return 0;
}

static int by_pid(const void *a, const void *b)
{
	const struct top_process *process_a = a, *process_b = b;

	return (process_a->pid > process_b->pid) - (process_a->pid < process_b->pid);
}

static int add_lines(struct top_frame *frame)
{
	qsort(frame->processes, frame->nr_processes, sizeof(*frame->processes), by_pid);
	for (size_t i = 0; i < frame->nr_processes; i++) {
		struct top_process *process = &frame->processes[i];

		if (!grow(&frame->lines, frame->nr, &frame->room, sizeof(*frame->lines)))
			return -ENOMEM;
		frame->lines[frame->nr++] = (struct top_line){
			.key = process->pid, .cell = { .row = process, .area = &process->total },
		};
	}
	return 0;
}

/* Whoever cannot be read is counted, and does not keep the others from being shown. */
static int read_one(struct top_frame *frame, struct collector *collector, const struct targets *targets, size_t index)
{
	const struct target *target = &targets->list[index];
	struct process process;
	enum collected collected = collect_process(collector, &process, target->pid);
	int ret = 0;

	if (collected == COLLECTED && (target_began(target, collector->began) || target_is_there(target))) {
		frame->from_proc |= process.source == SOURCE_PROC;
		collector->proc_only |= process.source == SOURCE_PROC;
		ret = keep(frame, &process, target, people_find(&targets->people, process.pid));
	} else if (collected == COLLECTED || collected == COLLECT_NOBODY || collected == COLLECT_ZOMBIE) {
		frame->ended++;
	} else {
		frame->unreadable++;
	}
	process_free(&process);
	return ret;
}

static int read_processes(struct top_frame *frame, const struct options *options, struct collector *collector)
{
	struct targets targets;
	int ret = targets_find(&targets, &options->selection, NULL);

	if (!ret) {
		frame->processes = calloc(targets.nr, sizeof(*frame->processes));
		ret = frame->processes ? 0 : -ENOMEM;
	}
	for (size_t i = 0; !ret && i < targets.nr; i++)
		ret = read_one(frame, collector, &targets, i);
	targets_free(&targets);
	if (!ret && !frame->nr_processes && !frame->unreadable)
		ret = -ESRCH;
	return ret ? ret : add_lines(frame);
}

static int add_line(struct top_frame *frame, uint64_t key, const struct area *area, const void *row)
{
	if (!grow(&frame->lines, frame->nr, &frame->room, sizeof(*frame->lines)))
		return -ENOMEM;
	frame->lines[frame->nr++] = (struct top_line){
		.key = key, .cell = { .process = &frame->process, .area = area, .row = row },
	};
	return 0;
}

static int add_areas(struct top_frame *frame, const struct labels *labels)
{
	int ret = labels_call(labels, &frame->process);

	add_kinds(frame, &frame->process);
	for (size_t i = 0; !ret && i < frame->process.nr_areas; i++)
		ret = add_line(frame, frame->process.areas[i].start, &frame->process.areas[i], NULL);
	return ret;
}

static int add_pages(struct top_frame *frame)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < frame->process.nr_runs; i++)
		ret = add_line(frame, frame->process.runs[i].start, NULL, &frame->process.runs[i]);
	return ret;
}

/* Of one process. */
static int read_inside(struct top_frame *frame, struct collector *collector, const struct top_view *view)
{
	struct collector inside = *collector;
	enum collected collected;

	inside.want = view->level == TOP_PAGES ? VMAVIEW_WANT_RUNS | VMAVIEW_WANT_AREAS :
		      collector->want | VMAVIEW_WANT_LAYOUT;
	inside.module_only = view->level == TOP_PAGES;
	inside.low = view->level == TOP_PAGES ? view->start : 0;
	inside.high = view->level == TOP_PAGES ? view->end - 1 : UINT64_MAX;
	frame->has_process = true;
	collected = collect_process(&inside, &frame->process, view->pid);
	collector->module = inside.module;
	memcpy(collector->why, inside.why, sizeof(collector->why));
	if (collected == COLLECT_NOBODY || collected == COLLECT_ZOMBIE)
		return -ESRCH;
	if (collected == COLLECT_NO_MODULE)
		return -ENXIO;
	if (collected != COLLECTED)
		return -EIO;
	frame->from_proc = frame->process.source == SOURCE_PROC;
	return view->level == TOP_PAGES ? add_pages(frame) : add_areas(frame, view->labels);
}

/* An exit code, and words for it. */
static int find_why(int error, const struct collector *collector, struct top_frame *frame)
{
	const char *why = strerror(-error);
	int code = EXIT_FAILED;

	if (!error)
		return EXIT_DONE;
	if (error == -ESRCH) {
		why = "nobody is left of those that are meant";
		code = EXIT_NOBODY;
	} else if (error == -ENXIO) {
		why = "pages are known by the module alone, which is not there";
		code = EXIT_NO_MODULE;
	} else if (error == -EIO) {
		why = collector->why;
	}
	snprintf(frame->why, sizeof(frame->why), "%s", why);
	return code;
}

int top_read(struct top_frame *frame, const struct options *options, struct collector *collector,
	     const struct top_view *view)
{
	double cpu = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
	int ret;

	*frame = (struct top_frame){ .level = view->level, .began = clock_seconds(CLOCK_REALTIME) };
	ret = view->level == TOP_PROCESSES ? read_processes(frame, options, collector) :
	      read_inside(frame, collector, view);
	frame->nr_live = frame->nr;
	frame->cost = clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	return find_why(ret, collector, frame);
}
