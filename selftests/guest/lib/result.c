// SPDX-License-Identifier: GPL-2.0
/* result.c - what a check found, kept for the harness. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kselftest.h"
#include "result.h"

static bool has_failed;

/* Of the test that began in process @pid; @reason is why it, or a child of it, could not go on. */
static struct {
	pid_t pid;
	void (*leave)(const char *reason);
	char *reason;
	size_t room;
} test;

void result_begin(void (*leave)(const char *reason), char *reason, size_t room)
{
	test.pid = getpid();
	test.leave = leave;
	test.reason = reason;
	test.room = room;
	reason[0] = '\0';
	has_failed = false;
}

static _Noreturn void leave_skipped(const char *reason)
{
	char text[512];

	snprintf(text, sizeof(text), "%s", reason);	/* the harness writes to where it is from */
	fflush(stdout);
	test.leave(text);
	_exit(KSFT_SKIP);
}

/* What comes after a child of this test could not go on comes of that, and is no failure. */
static void pass_on_skip(void)
{
	if (test.leave && getpid() == test.pid && !has_failed && test.reason[0])
		leave_skipped(test.reason);
}

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

	va_start(args, fmt);
	diagnose(fmt, args);
	va_end(args);
	pass_on_skip();
	has_failed = true;
}

void die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	diagnose(fmt, args);
	va_end(args);
	pass_on_skip();
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
	if (has_failed || !test.leave)
		die("cannot go on: %s", text);
	if (getpid() == test.pid)
		leave_skipped(text);
	snprintf(test.reason, test.room, "%s", text);
	fflush(stdout);
	_exit(KSFT_SKIP);
}

bool result_end(void)
{
	pass_on_skip();
	return has_failed;
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
