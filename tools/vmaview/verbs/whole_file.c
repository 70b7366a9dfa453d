// SPDX-License-Identifier: GPL-2.0
/* whole_file.c - in: a path, then what is printed; out: a file that has this name once it is whole, or never. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text/say.h"
#include "verbs/whole_file.h"

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
	static const int ending[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGALRM, SIGXCPU, SIGXFSZ };
	struct sigaction action = { .sa_handler = clean_up, .sa_flags = SA_RESETHAND }, old;

	sigemptyset(signals);
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		sigaddset(signals, ending[i]);
	action.sa_mask = *signals;
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		if (!sigaction(ending[i], NULL, &old) && old.sa_handler != SIG_IGN)
			sigaction(ending[i], &action, NULL);
}

int whole_file_failed(const struct whole_file *whole, int error)
{
	say("%s: %s", whole->name, strerror(error));
	return EXIT_FAILED;
}

/*
 * rename() replaces whatever has the name: /dev/null would be a file from then on.  What is at the
 * end of a symbolic link is found by the kernel's rules for those, so that nobody else's link in a
 * sticky folder is followed where these forbid it.
 */
int whole_file_choose(struct whole_file *whole, const char *name)
{
	struct stat link, st;
	bool there = !lstat(name, &link);

	*whole = (struct whole_file){ .name = name };
	if (!there && errno != ENOENT)
		return whole_file_failed(whole, errno);
	if (there && stat(name, &st)) {
		if (errno != ENOENT)
			return whole_file_failed(whole, errno);
		say("%s: a symbolic link that leads nowhere is not replaced", name);
		return EXIT_FAILED;
	}
	if (there && !S_ISREG(st.st_mode)) {
		say("%s: no regular file, and nothing else is replaced", name);
		return EXIT_FAILED;
	}
	whole->path = there && S_ISLNK(link.st_mode) ? realpath(name, NULL) : strdup(name);
	return whole->path ? EXIT_DONE : whole_file_failed(whole, errno);
}

int whole_file_open(struct whole_file *whole)
{
	sigset_t before;
	int fd, error;

	catch_signals(&whole->signals);
	if (asprintf(&whole->temporary, "%s.XXXXXX", whole->path) < 0) {
		whole->temporary = NULL;
		return whole_file_failed(whole, ENOMEM);
	}
	/* 0600 by its own rules. */
	sigprocmask(SIG_BLOCK, &whole->signals, &before);
	fd = mkostemp(whole->temporary, O_CLOEXEC);
	if (fd >= 0)
		whole->file = fdopen(fd, "w");
	error = errno;
	if (whole->file)
		unfinished = whole->temporary;
	else if (fd >= 0)
		unlink(whole->temporary);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (whole->file)
		return EXIT_DONE;
	if (fd >= 0)
		close(fd);
	return whole_file_failed(whole, error);
}

int whole_file_close(struct whole_file *whole, int ret, mode_t mode)
{
	int fd = fileno(whole->file), error = 0;
	sigset_t before;

	if (!ret && (fflush(whole->file) || fchmod(fd, mode) || fsync(fd)))
		error = errno;
	if (fclose(whole->file) && !error)
		error = errno;
	whole->file = NULL;
	sigprocmask(SIG_BLOCK, &whole->signals, &before);
	if (!ret && !error && rename(whole->temporary, whole->path))
		error = errno;
	if (ret || error)
		unlink(whole->temporary);
	unfinished = NULL;
	sigprocmask(SIG_SETMASK, &before, NULL);
	return !ret && error ? whole_file_failed(whole, error) : ret;
}

void whole_file_free(struct whole_file *whole)
{
	free(whole->temporary);
	free(whole->path);
}
