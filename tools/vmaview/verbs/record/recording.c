// SPDX-License-Identifier: GPL-2.0
/*
 * recording.c - in: one process after another; out: a snapshot file that has each moment whole, or not at all.
 *
 * A stream says what a process has in memory, so only its owner may read the file.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "verbs/blame.h"
#include "verbs/record/recording.h"

/* A target that calls exec while it is read starts over; one that always does is given up. */
#define TRIES 4

static int write_all(void *to, const void *bytes, size_t length)
{
	struct recording *recording = to;

	while (length) {
		ssize_t done = write(fileno(recording->whole.file), bytes, length);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			recording->error = done ? errno : ENOSPC;
			return -recording->error;
		}
		bytes = (const char *)bytes + done;
		length -= done;
		recording->written += done;
	}
	return 0;
}

/* Back to where the file was @length bytes long. */
static int take_back(struct recording *recording, off_t length)
{
	int fd = fileno(recording->whole.file);

	packer_drop(&recording->packer);
	if (ftruncate(fd, length) || lseek(fd, length, SEEK_SET) < 0) {
		recording->error = errno;
		return -errno;
	}
	recording->written = length;
	return 0;
}

static void fill_head(struct snapshot_head *head)
{
	time_t now = time(NULL);
	struct utsname uts;
	struct tm utc;

	if (!uname(&uts)) {
		memcpy(head->host, uts.nodename, sizeof(head->host) - 1);
		memcpy(head->kernel, uts.release, sizeof(head->kernel) - 1);
	}
	if (gmtime_r(&now, &utc))
		strftime(head->time, sizeof(head->time), "%Y-%m-%dT%H:%M:%SZ", &utc);
}

int recording_open(struct recording *recording, const struct options *options)
{
	int ret;

	memset(recording, 0, sizeof(*recording));
	collector_init(&recording->collector);
	recording->collector.want |= VMAVIEW_WANT_LAYOUT | VMAVIEW_WANT_TABLES;
	if (options->pages)
		recording->collector.want |= VMAVIEW_WANT_RUNS | VMAVIEW_WANT_SHARERS | VMAVIEW_WANT_UFFD |
					     VMAVIEW_WANT_SEAMS;
	fill_head(&recording->head);
	ret = whole_file_choose(&recording->whole, options->file);
	if (ret)
		return ret;
	if (!packer_open(&recording->packer, write_all, recording))
		return EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

/* The file is there once there is something to write: a target that cannot be read leaves it as it was. */
static int begin_file(struct recording *recording)
{
	int ret;

	if (recording->whole.file)
		return EXIT_DONE;
	ret = whole_file_open(&recording->whole);
	if (ret)
		return ret;
	if (packer_head(&recording->packer, &recording->head))
		return whole_file_failed(&recording->whole, recording->error);
	recording->kept = recording->written;
	return EXIT_DONE;
}

static int pack_records(struct recording *recording, struct reader *reader)
{
	const struct vmaview_header *record;
	bool begun = false;
	int ret;

	while ((ret = reader_next(reader, &record)) > 0) {
		ret = begun ? packer_record(&recording->packer, record) :
			packer_begin(&recording->packer, record, recording->head.moments + 1);
		begun = true;
		if (ret)
			return ret;
	}
	return ret ? ret : packer_end(&recording->packer);
}

/* As all verbs that need the module: first whether /proc knows the target, then what the module says. */
static enum collected blame_open(struct collector *collector, pid_t pid)
{
	struct process process;
	enum collected collected;

	collector->module_only = true;
	collected = collect_process(collector, &process, pid);
	process_free(&process);
	return collected == COLLECTED ? COLLECT_NOBODY : collected;
}

/* COLLECTED: what there is of it is written, as far as recording->error is 0. */
static enum collected write_stream(struct recording *recording, pid_t pid)
{
	struct collector *collector = &recording->collector;
	off_t before = recording->written;

	for (int try = 0; try < TRIES; try++) {
		struct reader reader;
		int ret = collect_open(collector, &reader, pid);

		if (ret)
			break;
		ret = pack_records(recording, &reader);
		if (ret && !recording->error)
			snprintf(collector->why, sizeof(collector->why), "%s: %s",
				 *reader.why ? reader.why : "its stream cannot be packed", strerror(-ret));
		reader_close(&reader);
		if (!ret || recording->error || take_back(recording, before))
			return COLLECTED;
		if (ret != -ESRCH)
			return COLLECT_FAILED;
	}
	return blame_open(collector, pid);
}

/* Who is not there any more is no part of a later moment, and no more to be said of. */
static bool is_missing(struct recording *recording, enum collected collected, const struct target *target)
{
	struct missing later = { .nobody = 0 };
	bool first = !recording->head.moments;

	if (!first && collected != COLLECTED)
		return true;
	return !missing_none(first ? &recording->missing : &later, &recording->collector, collected, target);
}

/* EXIT_DONE, and whether it has been written. */
static int record_target(struct recording *recording, const struct target *target, bool *there)
{
	off_t before;
	enum collected collected;
	int ret = begin_file(recording);

	if (ret)
		return ret;
	before = recording->written;
	collected = write_stream(recording, target->pid);
	if (collected != COLLECTED || recording->error)
		progress_hide(&recording->progress);
	if (recording->error)
		return whole_file_failed(&recording->whole, recording->error);
	if (collected == COLLECT_NO_MODULE) {
		blame_target(&recording->collector, collected, target->pid);
		return EXIT_NO_MODULE;
	}
	*there = !is_missing(recording, collected, target);
	if (*there || !take_back(recording, before))
		return EXIT_DONE;
	return whole_file_failed(&recording->whole, recording->error);
}

int recording_moment(struct recording *recording, const struct targets *targets, bool (*stop)(void), size_t *nr)
{
	int ret = EXIT_DONE;

	recording->progress = progress_begin(targets->nr);
	*nr = 0;
	for (size_t i = 0; !ret && i < targets->nr; i++) {
		bool there = false;

		progress_step(&recording->progress, i);
		ret = stop() ? EXIT_PARTIAL : record_target(recording, &targets->list[i], &there);
		*nr += there;
	}
	progress_hide(&recording->progress);
	return ret;
}

void recording_keep(struct recording *recording, size_t nr)
{
	recording->kept = recording->written;
	recording->head.moments++;
	recording->head.streams += nr;
}

/* The head again, which now says how much there is. */
static int finish(struct recording *recording)
{
	int fd = fileno(recording->whole.file);

	if (take_back(recording, recording->kept) || lseek(fd, 0, SEEK_SET) < 0 ||
	    packer_head(&recording->packer, &recording->head))
		return whole_file_failed(&recording->whole, recording->error ? recording->error : errno);
	return EXIT_DONE;
}

/* Something went wrong: which moments are there all the same. */
static void say_kept(const struct recording *recording)
{
	unsigned long long moments = recording->head.moments;

	say("%s: it has the %llu moment%s before that", recording->whole.name, moments, moments == 1 ? "" : "s");
}

int recording_close(struct recording *recording, int ret)
{
	bool any = recording->head.moments;
	int finished = EXIT_FAILED;

	if (recording->whole.file && any)
		finished = finish(recording);
	if (recording->whole.file)
		finished = whole_file_close(&recording->whole, finished, 0600);
	if (ret && any && !finished)
		say_kept(recording);
	packer_close(&recording->packer);
	whole_file_free(&recording->whole);
	if (!any)
		return ret ? ret : missing_exit_code(&recording->missing, 0);
	return ret ? ret : finished ? finished : missing_exit_code(&recording->missing, 1);
}
