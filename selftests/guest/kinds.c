// SPDX-License-Identifier: GPL-2.0
/* kinds - whatever memory a process may have, each key that smaps has, too, carries its value. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/kinds.h"
#include "lib/look.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/tool.h"

FIXTURE(kinds) { };
FIXTURE_VARIANT(kinds) {
	const struct kind *kind;
};
#define KIND_VARIANT(id) FIXTURE_VARIANT_ADD(kinds, id) { .kind = &kind_##id };
KINDS_ALL(KIND_VARIANT)
SCENE_FIXTURE(kinds)

SCENE(every_kind)

/* By the device with runs, as look() asks for none. */
static void look_at_runs(const char *addr, const struct area *area)
{
	struct vmaview_request request = door_request(getpid(), VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES |
						      VMAVIEW_WANT_RUNS | VMAVIEW_WANT_VMFLAGS);
	struct stream stream;
	struct bytes bytes;
	const char *wrong;
	int fd = door_open();

	request.start = (uintptr_t)addr;
	request.end = request.start + 1;
	if (fd < 0 || door_bind(fd, &request) || slurp_fd(fd, 4096, &bytes))
		die("the device cannot be read");
	close(fd);
	wrong = stream_parse(&bytes, &stream);
	if (wrong || stream.areas.nr != 1)
		die("stream of the area at %p: %s", addr, wrong ? wrong : "not one area");
	if (look_compare("the same with runs", &stream.areas.area[0], "the device", area, "areas", RESTLESS_KEYS))
		fail("the area at %p differs with runs", addr);
	stream_free(&stream);
	bytes_free(&bytes);
}

TEST_F(kinds, is_what_smaps_says)
{
	const struct kind *kind = variant->kind;
	char *addr = NULL;
	struct area area;
	size_t pages;

	if (kind_may_be_here(kind))
		addr = kind->make(&pages);
	if (!addr)
		skip("%s", kind_reason);
	look(getpid(), addr, &area);
	note("%s: %llu kB, Rss %llu kB", kind->name, (unsigned long long)area.value[SIZE],
	     (unsigned long long)area.value[RSS]);
	look_at_runs(addr, &area);
}

/* What is not here has been said by its own test. */
static int have_all(void *arg)
{
	size_t pages;

	(void)arg;
	for (const struct kind *const *kind = all_kinds; *kind; kind++)
		if (!((*kind)->facts & KIND_DAMAGED) && kind_may_be_here(*kind) && !(*kind)->make(&pages))
			note("%s: %s", (*kind)->name, kind_reason);
	child_ready();
	return 0;
}

static void read_folder(pid_t pid)
{
	char path[300];
	struct dirent *entry;
	unsigned int files = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/sys/kernel/debug/vmaview/%d", pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		struct bytes bytes;
		int ret;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%d/%s", pid, entry->d_name);
		ret = door_file(path, &bytes);
		if (ret)
			fail("%s: %s", path, strerrorname_np(-ret));
		bytes_free(&bytes);
		files++;
	}
	if (files < 5)
		fail("%u files in the folder of %d", files, pid);
}

TEST_F(every_kind, in_one_process)
{
	struct command_result result;
	struct child child;
	char args[64];

	child_start(&child, have_all, NULL);
	if (!proc_stop(child.pid) || door_attach(child.pid))
		die("the child cannot be attached");
	snprintf(args, sizeof(args), "verify %d", child.pid);
	tool_run(args, &result);
	if (result.status || !strstr(result.out.data, "no difference"))
		fail("status %d: %s%s", result.status, result.out.data, result.err.data);
	command_free(&result);
	read_folder(child.pid);
	door_detach(child.pid);
	child_kill(&child);
}

/* Tests of their own in here: how one ends that has a child which lacks something. */
enum { SKIPPED = 77, REASON_ROOM = 64 };

static void leave_inner(const char *reason)
{
	(void)reason;
	_exit(SKIPPED);
}

static int lacks_all(void *ready_first)
{
	if (ready_first)
		child_ready();
	skip("no machine has %d processors of that kind", -1);
}

static int has_child_that_lacks(void *arg)
{
	struct child child;

	child_start(&child, lacks_all, arg);
	child_ready();
	return 0;
}

static void lacks_at_once(void)
{
	struct child child;

	child_start(&child, lacks_all, NULL);
	expect_eq("status of a child that is not there", child_end(&child), 0);
}

static void lacks_at_a_step(void)
{
	struct child child;

	child_start(&child, lacks_all, &child);
	if (!child_step(&child))
		die("the child has not come to its second step");
}

static void lacks_unnoticed(void)
{
	struct child child;

	child_start(&child, lacks_all, NULL);
	child_kill(&child);
}

static void lacks_below(void)
{
	struct child child;

	child_start(&child, has_child_that_lacks, NULL);
	child_kill(&child);
}

static void fails_before(void)
{
	fail("as it shall");
	lacks_at_once();
}

static void lacks_nothing(void)
{
	struct child child;

	child_start_program(&child);
	child_kill(&child);
}

static int inner_status(void (*run)(void), char *reason)
{
	pid_t pid = fork();
	int status = -1;

	if (!pid) {
		result_begin(leave_inner, reason, REASON_ROOM);
		run();
		_exit(result_end() ? KSFT_FAIL : KSFT_PASS);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -status;
}

/* What a child cannot make is the test's skip with the child's reason, unless the test had failed already. */
TEST_F(every_kind, child_that_lacks)
{
	static const struct {
		const char *what;
		void (*run)(void);
		int status;
	} inner[] = {
		{ "lacks at once", lacks_at_once, SKIPPED },
		{ "lacks at a step", lacks_at_a_step, SKIPPED },
		{ "lacks, and nobody notices", lacks_unnoticed, SKIPPED },
		{ "a child's child lacks", lacks_below, SKIPPED },
		{ "fails before", fails_before, KSFT_FAIL },
		{ "lacks nothing", lacks_nothing, KSFT_PASS },
	};
	char *reason = mmap(NULL, REASON_ROOM, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (reason == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	for (size_t i = 0; i < ARRAY_SIZE(inner); i++) {
		expect_eq(inner[i].what, inner_status(inner[i].run, reason), inner[i].status);
		if (inner[i].status == SKIPPED)
			expect_str(inner[i].what, reason, "no machine has -1 processors of that kind");
	}
}

SCENE_MAIN
