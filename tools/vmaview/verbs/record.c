// SPDX-License-Identifier: GPL-2.0
/*
 * record.c - in: a live stream; out: its bytes in a file, whole or not at all.
 *
 * A stream says what a process has in memory, so only its owner may read the file.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "verbs/blame.h"
#include "verbs/record.h"
#include "vmaview/reader.h"

/* What a stream needs to be read, and to be written, at once. */
struct recording {
	struct reader reader;
	char *path;		/* what is replaced: what options->file leads to */
	FILE *file;
	char *temporary;	/* beside it, so that rename() is atomic */
	sigset_t signals;	/* that end us, and must not leave that file behind */
};

/* For the handler alone: what to unlink.  It changes only while signals are blocked. */
static const char *volatile unfinished;

static void clean_up(int signal_number)
{
	if (unfinished)
		unlink(unfinished);
	/* SA_RESETHAND: now it ends us, once this handler returns. */
	raise(signal_number);
}

/* A read of the module ends early for them; whoever ignores one, as nohup does, goes on to do so. */
static void catch_signals(sigset_t *signals)
{
	static const int ending[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = clean_up, .sa_flags = SA_RESETHAND }, old;

	sigemptyset(signals);
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		sigaddset(signals, ending[i]);
	action.sa_mask = *signals;
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		if (!sigaction(ending[i], NULL, &old) && old.sa_handler != SIG_IGN)
			sigaction(ending[i], &action, NULL);
}

static int write_failed(const struct options *options, int error)
{
	say("%s: %s", options->file, strerror(error));
	return EXIT_FAILED;
}

/*
 * rename() replaces whatever has the name: /dev/null would be a file from then on.  What is at the
 * end of a symbolic link is found by the kernel's rules for those, so that nobody else's link in a
 * sticky folder is followed where these forbid it.
 */
static int choose_path(const struct options *options, struct recording *recording)
{
	struct stat link, st;
	bool there = !lstat(options->file, &link);

	if (!there && errno != ENOENT)
		return write_failed(options, errno);
	if (there && stat(options->file, &st)) {
		if (errno != ENOENT)
			return write_failed(options, errno);
		say("%s: a symbolic link that leads nowhere is not replaced", options->file);
		return EXIT_FAILED;
	}
	if (there && !S_ISREG(st.st_mode)) {
		say("%s: no regular file, and nothing else is replaced", options->file);
		return EXIT_FAILED;
	}
	recording->path = there && S_ISLNK(link.st_mode) ? realpath(options->file, NULL) :
			  strdup(options->file);
	return recording->path ? EXIT_DONE : write_failed(options, errno);
}

static int open_temporary(const struct options *options, struct recording *recording)
{
	int fd, error;

	if (asprintf(&recording->temporary, "%s.XXXXXX", recording->path) < 0) {
		recording->temporary = NULL;
		return write_failed(options, ENOMEM);
	}
	/* 0600 by its own rules. */
	sigprocmask(SIG_BLOCK, &recording->signals, NULL);
	fd = mkostemp(recording->temporary, O_CLOEXEC);
	if (fd >= 0)
		recording->file = fdopen(fd, "w");
	error = errno;
	if (recording->file)
		unfinished = recording->temporary;
	else if (fd >= 0)
		unlink(recording->temporary);
	sigprocmask(SIG_UNBLOCK, &recording->signals, NULL);
	if (recording->file)
		return EXIT_DONE;
	if (fd >= 0)
		close(fd);
	return write_failed(options, error);
}

static int copy_records(const struct options *options, struct recording *recording)
{
	const struct vmaview_header *record;
	int ret;

	while ((ret = reader_next(&recording->reader, &record)) > 0)
		if (fwrite(record, 1, record->size, recording->file) != record->size)
			return write_failed(options, errno);
	if (ret) {
		say("PID %d: %s: %s", options->targets.list[0].pid, recording->reader.why, strerror(-ret));
		return EXIT_FAILED;
	}
	return EXIT_DONE;
}

static int finish(const struct options *options, struct recording *recording, int ret)
{
	int error = 0;

	if (!ret && (fflush(recording->file) || fsync(fileno(recording->file))))
		error = errno;
	if (fclose(recording->file) && !error)
		error = errno;
	sigprocmask(SIG_BLOCK, &recording->signals, NULL);
	if (!ret && !error && rename(recording->temporary, recording->path))
		error = errno;
	if (ret || error)
		unlink(recording->temporary);
	unfinished = NULL;
	sigprocmask(SIG_UNBLOCK, &recording->signals, NULL);
	return !ret && error ? write_failed(options, error) : ret;
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

static int record(const struct options *options, struct recording *recording)
{
	struct collector collector;
	int ret;

	collector_init(&collector);
	collector.want |= VMAVIEW_WANT_LAYOUT | VMAVIEW_WANT_TABLES;
	if (options->pages)
		collector.want |= VMAVIEW_WANT_RUNS | VMAVIEW_WANT_SHARERS | VMAVIEW_WANT_UFFD;
	if (collect_open(&collector, &recording->reader, options->targets.list[0].pid))
		return blame_open(&collector, options->targets.list[0].pid);
	catch_signals(&recording->signals);
	ret = open_temporary(options, recording);
	if (!ret) {
		ret = copy_records(options, recording);
		ret = finish(options, recording, ret);
	}
	reader_close(&recording->reader);
	return ret;
}

int record_main(struct options *options)
{
	struct recording recording = { .file = NULL };
	int ret = choose_path(options, &recording);

	if (!ret)
		ret = record(options, &recording);
	free(recording.temporary);
	free(recording.path);
	return ret;
}
