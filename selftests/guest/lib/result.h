/* SPDX-License-Identifier: GPL-2.0 */
/*
 * result.h - what a check found, of the test that runs in this process.
 *
 * Whatever is shared by test programs says it here; the harness takes it from lib/scene_test.h, which each
 * test program includes once.
 */
#ifndef RESULT_H
#define RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#endif
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* A line of diagnosis. */
PRINTF(1, 2) void note(const char *fmt, ...);
/* The test has failed and goes on. */
PRINTF(1, 2) void fail(const char *fmt, ...);
/* The test has failed and ends. */
PRINTF(1, 2) _Noreturn void die(const char *fmt, ...);
/*
 * The test cannot be made here, because of what this kernel or machine lacks; where it failed before, it has failed.
 * In a child of the test, too: the child ends, and then the test does, where it next finds something wrong or
 * is through.
 */
PRINTF(1, 2) _Noreturn void skip(const char *reason, ...);
/* Has this test failed so far? */
bool failed(void);

/* Each fails the test unless what it says holds; the result says whether it did. */
bool expect_eq(const char *what, uint64_t got, uint64_t want);
bool expect_str(const char *what, const char *got, const char *want);
/* @ret is a system call's result: @err is 0 where it shall succeed, else the errno. */
bool expect_errno(const char *what, long ret, int err);

/*
 * This process is a test from now on.  @leave ends it as skipped, and does not return; @reason, of @room bytes, is
 * memory that the test's children share.
 */
void result_begin(void (*leave)(const char *reason), char *reason, size_t room);
/* At its end: has it failed?  Does not return where a child could not go on, and nothing had failed before. */
bool result_end(void);

#endif
