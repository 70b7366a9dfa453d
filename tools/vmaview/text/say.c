// SPDX-License-Identifier: GPL-2.0
/* say.c - in: what went wrong; out: one line on stderr. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text/escape.h"
#include "text/say.h"

void say(const char *format, ...)
{
	char line[1024], safe[4 * sizeof(line)];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	escape_text(line, safe, sizeof(safe));
	fprintf(stderr, "vmaview: %s\n", safe);
}

/* Of the first flush that failed: stdio keeps that one did, not why, and drops what was to be written. */
static int flush_error;

int flush_stdout(void)
{
	errno = 0;
	if ((fflush(stdout) || ferror(stdout)) && !flush_error)
		flush_error = errno ? errno : EIO;
	return flush_error;
}

enum exit_code say_if_unwritten(void)
{
	int error = flush_stdout();

	if (fclose(stdout) && !error)
		error = errno;
	if (!error)
		return EXIT_DONE;
	if (error != EPIPE)
		say("cannot write the output: %s", strerror(error));
	return EXIT_FAILED;
}
