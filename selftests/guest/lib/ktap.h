/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ktap.h - tests in, KTAP out.
 *
 * Each test runs in a process of its own: what it maps, opens or breaks ends with it, a crash or a
 * hang is one "not ok", and settings that it changed through setting() are put back after it.
 */
#ifndef KTAP_H
#define KTAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

struct ktap_test {
	const char *name;	/* a sentence that is true when the test passes */
	void (*run)(void);
};

#define KTAP_MAIN(tests) \
	int main(void) { return ktap_main(tests, ARRAY_SIZE(tests)); }

int ktap_main(const struct ktap_test *tests, size_t nr);

/* The test that runs, counted from 0 in its list. */
size_t ktap_number(void);
/* A line of diagnosis. */
PRINTF(1, 2) void note(const char *fmt, ...);
/* The test has failed and goes on. */
PRINTF(1, 2) void fail(const char *fmt, ...);
/* The test has failed and ends. */
PRINTF(1, 2) _Noreturn void die(const char *fmt, ...);
/* The test cannot be made here, because of what this kernel or machine lacks. */
PRINTF(1, 2) _Noreturn void skip(const char *reason, ...);
/* Tests begin on one CPU; from here on, this process and its children may run on all. */
void use_all_cpus(void);
/* Is every step ten times as slow, on a sanitizer kernel?  Then a part of many repeated ones has to do. */
bool kernel_is_slow(void);
/* Has this test failed so far? */
bool failed(void);

/* Each fails the test unless what it says holds; the result says whether it did. */
bool expect_eq(const char *what, uint64_t got, uint64_t want);
bool expect_str(const char *what, const char *got, const char *want);
/* @ret is a system call's result: @err is 0 where it shall succeed, else the errno. */
bool expect_errno(const char *what, long ret, int err);

#endif
