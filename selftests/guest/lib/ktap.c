// SPDX-License-Identifier: GPL-2.0
/* ktap.c - runs each test in a child and prints its line. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "setting.h"

enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_SKIPPED = 4, TEST_SECONDS = 100 };
/* Only a sanitizer kernel has one of them; what runs there takes several times as long. */
#define LOCKDEP "/proc/lockdep_stats"
#define KCSAN "/sys/kernel/debug/kcsan"

static const struct ktap_test *current;
static size_t current_number;
static bool current_failed;

static void diagnose(const char *fmt, va_list args)
{
	printf("# ");
	vprintf(fmt, args);
	putchar('\n');
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

	current_failed = true;
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
	_exit(EXIT_FAILED);
}

void skip(const char *reason, ...)
{
	va_list args;

	printf("ok %zu - %s # SKIP ", current_number, current->name);
	va_start(args, reason);
	vprintf(reason, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
	_exit(current_failed ? EXIT_FAILED : EXIT_SKIPPED);
}

size_t ktap_number(void)
{
	return current_number - 1;
}

bool failed(void)
{
	return current_failed;
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

bool kernel_is_slow(void)
{
	return !access(LOCKDEP, F_OK) || !access(KCSAN, F_OK);
}

static _Noreturn void run_child(const struct ktap_test *test)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	alarm(kernel_is_slow() ? 5 * TEST_SECONDS : TEST_SECONDS);
	test->run();
	fflush(stdout);
	_exit(current_failed ? EXIT_FAILED : EXIT_OK);
}

/* The exit code of the test's process, or -1 after saying why there is none. */
static int run_test(const struct ktap_test *test)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		return -1;
	if (!pid)
		run_child(test);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	setting_restore();
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	note("%s: %s", test->name, WTERMSIG(status) == SIGALRM ? "took too long"
							       : strsignal(WTERMSIG(status)));
	return -1;
}

/* One CPU for all: its LRU batches are then the only ones that hold the scene's pages. */
static void stay_on_one_cpu(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

void use_all_cpus(void)
{
	cpu_set_t all;

	memset(&all, 0xff, sizeof(all));
	sched_setaffinity(0, sizeof(all), &all);
}

int ktap_main(const struct ktap_test *tests, size_t nr)
{
	bool good = true;

	setvbuf(stdout, NULL, _IOLBF, 0);
	stay_on_one_cpu();
	printf("KTAP version 1\n1..%zu\n", nr);
	for (size_t i = 0; i < nr; i++) {
		int code;

		current = &tests[i];
		current_number = i + 1;
		code = run_test(current);
		if (code == EXIT_SKIPPED)
			continue;
		good &= code == EXIT_OK;
		printf("%s %zu - %s\n", code == EXIT_OK ? "ok" : "not ok", i + 1, current->name);
	}
	return good ? 0 : 1;
}
