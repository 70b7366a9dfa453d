// SPDX-License-Identifier: GPL-2.0
/*
 * record.c - in: a live stream; out: its bytes in a file, whole or not at all.
 *
 * A stream says what a process has in memory, so only its owner may read the file.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "verbs/blame.h"
#include "verbs/record.h"
#include "verbs/whole_file.h"
#include "vmaview/reader.h"

static int copy_records(struct reader *reader, const struct whole_file *whole, pid_t pid)
{
	const struct vmaview_header *record;
	int ret;

	while ((ret = reader_next(reader, &record)) > 0)
		if (fwrite(record, 1, record->size, whole->file) != record->size)
			return whole_file_failed(whole, errno);
	if (ret) {
		say("PID %d: %s: %s", pid, reader->why, strerror(-ret));
		return EXIT_FAILED;
	}
	return EXIT_DONE;
}

/* As all verbs that need the module: first whether /proc knows the target, then what the module says. */
static int blame_open(struct collector *collector, pid_t pid)
{
	struct process process;
	enum collected collected;

	collector->module_only = true;
	collected = collect_process(collector, &process, pid);
	process_free(&process);
	if (collected == COLLECTED)
		collected = COLLECT_NOBODY;
	blame_target(collector, collected, pid);
	if (collected == COLLECT_NO_MODULE)
		return EXIT_NO_MODULE;
	return collected == COLLECT_NOBODY ? EXIT_NOBODY : EXIT_FAILED;
}

static int record(const struct options *options, struct whole_file *whole)
{
	struct collector collector;
	struct reader reader;
	pid_t pid = options->targets.list[0].pid;
	int ret;

	collector_init(&collector);
	collector.want |= VMAVIEW_WANT_LAYOUT | VMAVIEW_WANT_TABLES;
	if (options->pages)
		collector.want |= VMAVIEW_WANT_RUNS | VMAVIEW_WANT_SHARERS | VMAVIEW_WANT_UFFD;
	if (collect_open(&collector, &reader, pid))
		return blame_open(&collector, pid);
	ret = whole_file_open(whole);
	if (!ret) {
		ret = copy_records(&reader, whole, pid);
		ret = whole_file_close(whole, ret, 0600);
	}
	reader_close(&reader);
	return ret;
}

int record_main(struct options *options)
{
	struct whole_file whole;
	int ret = whole_file_choose(&whole, options->file);

	if (!ret)
		ret = record(options, &whole);
	whole_file_free(&whole);
	return ret;
}
