// SPDX-License-Identifier: GPL-2.0
/* result.c - what a check found, kept for the harness. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kselftest.h"
#include "result.h"

void (*result_leave_skipped)(const char *reason);

static bool has_failed;

/* One call, as somebody else's line could come between two. */
static void diagnose(const char *fmt, va_list args)
{
	char text[4096];

	vsnprintf(text, sizeof(text), fmt, args);
	ksft_print_msg("%s\n", text);
}

void note(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	diagnose(fmt, args);
	va_end(args);
}

void fail(const char *fmt, ...)
{
	va_list args;

	has_failed = true;
	va_start(args, fmt);
	diagnose(fmt, args);
	va_end(args);
}

void die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	diagnose(fmt, args);
	va_end(args);
	fflush(stdout);
	_exit(KSFT_FAIL);
}

void skip(const char *reason, ...)
{
	char text[512];
	va_list args;

	va_start(args, reason);
	vsnprintf(text, sizeof(text), reason, args);
	va_end(args);
	if (has_failed || !result_leave_skipped)
		die("cannot go on: %s", text);
	fflush(stdout);
	result_leave_skipped(text);
	_exit(KSFT_SKIP);
}

bool failed(void)
{
	return has_failed;
}

bool expect_eq(const char *what, uint64_t got, uint64_t want)
{
	if (got == want)
		return true;
	fail("%s: expected %llu, got %llu", what, (unsigned long long)want,
	     (unsigned long long)got);
	return false;
}

bool expect_str(const char *what, const char *got, const char *want)
{
	if (got && !strcmp(got, want))
		return true;
	fail("%s: expected \"%s\", got \"%s\"", what, want, got ? got : "(nothing)");
	return false;
}

bool expect_errno(const char *what, long ret, int err)
{
	int got = ret < 0 ? errno : 0;

	if (got == err)
		return true;
	fail("%s: expected %s, got %s", what, err ? strerrorname_np(err) : "success",
	     got ? strerrorname_np(got) : "success");
	return false;
}
