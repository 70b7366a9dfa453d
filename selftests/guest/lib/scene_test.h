/* SPDX-License-Identifier: GPL-2.0 */
/*
 * scene_test.h - the harness, for programs whose tests build a scene and look at it.  Included once, by
 * the program itself: SCENE(program) before its tests, TEST_F(program, name) each of them, and
 * SCENE_MAIN at the end.
 *
 * Each test runs in a process of its own: what it maps, opens or breaks ends with it, and settings that it
 * changed through setting() are put back when that process is gone, whatever ended it: before the next
 * test, or when the program ends.
 */
#ifndef SCENE_TEST_H
#define SCENE_TEST_H

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "kselftest_harness.h"
#include "machine.h"
#include "result.h"
#include "setting.h"

/* With what a test's process leaves it after SKIP(): what this harness takes for that (see the Makefile). */
#ifndef HARNESS_SKIPPED
#define HARNESS_SKIPPED KSFT_SKIP
#endif

/* Seconds for a test; a sanitizer kernel takes several times as long. */
#undef TEST_TIMEOUT_DEFAULT
#define TEST_TIMEOUT_DEFAULT 100
enum { SLOW_KERNEL_FACTOR = 5 };

static struct __test_metadata *scene_running;

static void scene_leave_skipped(const char *reason)
{
	struct __test_metadata *_metadata = scene_running;

	SKIP(_exit(HARNESS_SKIPPED), "%s", reason);
}

static void scene_begin(struct __test_metadata *_metadata)
{
	scene_running = _metadata;
	result_begin(scene_leave_skipped, _metadata->results->reason, sizeof(_metadata->results->reason));
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	setting_restore();
	if (!module_is_loaded())
		skip("the module is not loaded, nor can it be from VMAVIEW_KO");
	use_one_cpu();
}

static void scene_stretch_timeouts(void)
{
	if (!kernel_is_slow())
		return;
	for (struct __fixture_metadata *fixture = __fixture_list; fixture; fixture = fixture->next)
		for (struct __test_metadata *test = fixture->tests; test; test = test->next)
			test->timeout *= SLOW_KERNEL_FACTOR;
}

/* What failed() says is the test's result, however deep in lib/ it was found. */
#define SCENE_FIXTURE(fixture_name) \
	FIXTURE_SETUP(fixture_name) { scene_begin(_metadata); } \
	FIXTURE_TEARDOWN(fixture_name) { EXPECT_FALSE(result_end()); }

#define SCENE(fixture_name) \
	FIXTURE(fixture_name) { }; \
	SCENE_FIXTURE(fixture_name)

static double scene_began;
static pid_t scene_program;

static void __attribute__((destructor)) scene_end(void)
{
	if (getpid() == scene_program)
		ksft_print_msg("took %.1f s\n", machine_seconds() - scene_began);
}

/* What the runner leaves us is for no program that is started here: its stdbuf, its pipes. */
static void scene_leave_runner(void)
{
	unsetenv("LD_PRELOAD");
	unsetenv("_STDBUF_O");
	close_range(STDERR_FILENO + 1, ~0U, 0);
}

static void scene_prepare(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);	/* a test ends by _exit() */
	scene_leave_runner();
	scene_program = getpid();
	scene_began = machine_seconds();
	scene_stretch_timeouts();
	module_try_to_load();
}

/* After the last test: what the harness made of them is complete. */
#define SCENE_MAIN \
	static void __attribute__((constructor)) scene_begin_program(void) { scene_prepare(); } \
	TEST_HARNESS_MAIN

#endif
