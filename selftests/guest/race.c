// SPDX-License-Identifier: GPL-2.0
/* race - readers against a target that changes all the time: each read ends well or with its errno. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/text.h"

SCENE(race)

enum { RACE_MS = 1500, AREAS = 64 };

static char *memory;

static uint64_t now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000ULL + time.tv_nsec / 1000000;
}

static void churn_maps(unsigned int round)
{
	char *at = memory + round % AREAS * 8 * PAGE;

	munmap(at, 4 * PAGE);
	mmap(at, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	scene_write(at, 3);
	mprotect(at, PAGE << round % 3, round & 1 ? PROT_READ : PROT_READ | PROT_WRITE);
	madvise(at, 2 * PAGE, MADV_DONTNEED);
}

static void churn_huge(unsigned int round)
{
	static char *huge;

	if (!huge)
		huge = scene_map(2 * HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	scene_write(huge + round % 512 * PAGE, 16);
	if (round % 8 == 0)
		madvise(huge, 2 * HUGE, MADV_COLLAPSE);
	if (round % 8 == 3)
		madvise(huge + 16 * PAGE, 8 * PAGE, MADV_DONTNEED);
	if (round % 8 == 5)
		mprotect(huge, 32 * PAGE, round & 8 ? PROT_READ : PROT_READ | PROT_WRITE);
	if (round % 64 == 7)
		madvise(huge, 2 * HUGE, MADV_DONTNEED);
	mprotect(huge, 2 * HUGE, PROT_READ | PROT_WRITE);
}

static void churn_forks(unsigned int round)
{
	pid_t pid = fork();

	if (!pid) {
		scene_write(memory + round % AREAS * 8 * PAGE + 4 * PAGE, 4);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static int victim(void *arg)
{
	void (*const churn)(unsigned int round) = *(void (**)(unsigned int))arg;

	memory = scene_anon(AREAS * 8);
	scene_write(memory, AREAS * 8);
	child_ready();
	for (unsigned int round = 0;; round++)
		churn(round);
	return 0;
}

struct outcome {
	unsigned int whole, gone, changed;
};

/* ESRCH is the only errno that a target's own doing may bring; EINTR needs a signal. */
static void judge(const char *door, int ret, const char *wrong, struct outcome *outcome)
{
	if (ret == -ESRCH)
		outcome->gone++;
	else if (ret)
		fail("%s: %s", door, strerrorname_np(-ret));
	else if (wrong)
		fail("%s: %s", door, wrong);
	else
		outcome->whole++;
}

static void read_stream(pid_t pid, size_t chunk, struct outcome *outcome)
{
	struct vmaview_request request = door_request(pid, VMAVIEW_WANT_ALL);
	struct stream stream = { 0 };
	struct bytes bytes = { 0 };
	const char *wrong = NULL;
	int fd = door_open(), ret;

	ret = fd < 0 ? fd : door_bind(fd, &request);
	if (!ret)
		ret = slurp_fd(fd, chunk, &bytes);
	close(fd);
	if (!ret)
		wrong = stream_parse(&bytes, &stream);
	judge("stream", ret, wrong, outcome);
	outcome->changed += !ret && !wrong && stream.end.changed == VMAVIEW_CHANGED_YES;
	stream_free(&stream);
	bytes_free(&bytes);
}

static void read_text(pid_t pid, size_t chunk, struct outcome *outcome)
{
	char path[64];
	struct area_list list = { 0 };
	struct bytes bytes = { 0 };
	const char *wrong = NULL;
	int fd, ret = door_attach(pid);

	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%d/areas", pid);
	fd = ret ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	if (!ret)
		ret = fd < 0 ? -errno : slurp_fd(fd, chunk, &bytes);
	if (fd >= 0)
		close(fd);
	/* Another reader's attach may take the folder of the dead away in between. */
	if (ret == -ENOENT)
		ret = -ESRCH;
	if (!ret)
		wrong = text_parse(bytes.data, TEXT_AREAS, &list);
	judge("areas", ret, wrong, outcome);
	area_list_free(&list);
	bytes_free(&bytes);
}

static int second_reader(void *arg)
{
	pid_t pid = *(pid_t *)arg;
	uint64_t end = now_ms() + RACE_MS;
	struct outcome outcome = { 0 };

	child_ready();
	while (now_ms() < end)
		read_stream(pid, 65536, &outcome);
	return failed();
}

static void read_while(void (*churn)(unsigned int round))
{
	static const size_t chunks[] = { 65536, 1, 512, 4096 };
	struct outcome outcome = { 0 };
	struct child child, reader;
	uint64_t end;

	use_all_cpus();
	if (churn == churn_huge)
		scene_thp();
	child_start(&child, victim, &churn);
	if (write(child.to, "g", 1) != 1)
		die("the victim is gone");
	child_start(&reader, second_reader, &child.pid);
	if (write(reader.to, "g", 1) != 1)
		die("the second reader is gone");
	end = now_ms() + RACE_MS;
	for (unsigned int i = 0; now_ms() < end; i++) {
		read_stream(child.pid, chunks[i % ARRAY_SIZE(chunks)], &outcome);
		read_text(child.pid, chunks[(i + 2) % ARRAY_SIZE(chunks)], &outcome);
	}
	if (child_end(&reader))
		fail("the second reader failed");
	child_kill(&child);
	note("%u whole, %u while it changed, %u gone", outcome.whole, outcome.changed, outcome.gone);
	if (!outcome.whole || outcome.gone)
		fail("expected whole reads only, got %u whole and %u gone", outcome.whole,
		     outcome.gone);
}

/* Areas that come and go are read whole. */
TEST_F(race, maps)
{
	read_while(churn_maps);
}

/*
 * Areas that change between the shortest holds are read whole.  An area is then seldom what it was in
 * the hold before.
 */
TEST_F(race, short_holds)
{
	door_hold_budget("0");
	read_while(churn_maps);
	read_while(churn_huge);
}

/* Huge pages that collapse and split are read whole. */
TEST_F(race, huge)
{
	read_while(churn_huge);
}

/* A target that forks is read whole. */
TEST_F(race, forks)
{
	read_while(churn_forks);
}

static int short_lived(void *arg)
{
	unsigned int round = *(unsigned int *)arg;

	memory = scene_anon(64);
	scene_write(memory, 64);
	child_ready();
	scene_write(memory, 64);
	if (round & 1)
		execl("/bin/true", "true", NULL);
	return 0;
}

/* Targets that exit or exec give all or ESRCH. */
TEST_F(race, exits)
{
	uint64_t end = now_ms() + RACE_MS;
	struct outcome outcome = { 0 };

	use_all_cpus();
	for (unsigned int round = 0; now_ms() < end; round++) {
		struct child child;

		child_start(&child, short_lived, &round);
		if (write(child.to, "g", 1) != 1)
			die("the child is gone");
		read_stream(child.pid, round % 3 ? 4096 : 1, &outcome);
		read_text(child.pid, round % 3 ? 1 : 4096, &outcome);
		child_end(&child);
	}
	note("%u whole, %u gone", outcome.whole, outcome.gone);
	if (!(outcome.whole + outcome.gone))
		fail("nothing was read");
}

/* Folders that come and go do no harm.  Folders come and go while others read in them. */
TEST_F(race, attach_and_detach)
{
	uint64_t end = now_ms() + RACE_MS;
	struct outcome outcome = { 0 };
	void (*churn)(unsigned int round) = churn_maps;
	struct child child;
	pid_t other;

	use_all_cpus();
	child_start(&child, victim, &churn);
	other = fork();
	if (!other) {
		for (;;) {
			door_attach(child.pid);
			door_detach(child.pid);
		}
	}
	while (now_ms() < end) {
		char path[64];
		struct bytes bytes;
		int ret;

		snprintf(path, sizeof(path), "%d/areas", child.pid);
		ret = door_file(path, &bytes);
		if (ret && ret != -ENOENT && ret != -EIO && ret != -ESRCH)
			fail("areas: %s", strerrorname_np(-ret));
		outcome.whole += !ret;
		outcome.gone += !!ret;
		bytes_free(&bytes);
	}
	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
	child_kill(&child);
	note("%u whole, %u without a folder", outcome.whole, outcome.gone);
}

/*
 * Two readers of one open file do no harm.  One open file, two readers: no record is given twice or torn
 * for the module's fault.
 */
TEST_F(race, one_file_two_readers)
{
	struct vmaview_request request = door_request(getpid(), VMAVIEW_WANT_ALL);
	uint64_t end = now_ms() + 1000;
	int fd = door_open(), status;
	pid_t other;

	use_all_cpus();
	door_bind(fd, &request);
	other = fork();
	for (unsigned int i = 0; now_ms() < end; i++) {
		char some[777];
		ssize_t got = read(fd, some, 1 + i % sizeof(some));

		if (got < 0)
			fail("read: %s", strerrorname_np(errno));
		if (!got && door_bind(fd, &request))
			fail("bind: %s", strerrorname_np(errno));
	}
	if (!other)
		_exit(failed());
	if (waitpid(other, &status, 0) != other || status)
		fail("the other reader failed");
}

SCENE_MAIN
