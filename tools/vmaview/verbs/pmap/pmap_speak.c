// SPDX-License-Identifier: GPL-2.0
/* pmap_speak.c - in: what pmap has to say; out: it on stderr, below its name. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/say.h"
#include "verbs/pmap/pmap_speak.h"

static void speak(const char *format, va_list args)
{
	flush_stdout();
	fputs("pmap: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void pmap_warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	speak(format, args);
	va_end(args);
}

void pmap_die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	speak(format, args);
	va_end(args);
	exit(EXIT_FAILURE);
}

/* A reader that went away is no failure. */
int pmap_end_output(int ret)
{
	int error = flush_stdout();

	if (!error || error == EPIPE)
		return ret;
	pmap_warn("write error: %s", strerror(error));
	return EXIT_FAILURE;
}
