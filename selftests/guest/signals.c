// SPDX-License-Identifier: GPL-2.0
/* signals - how soon a long read ends when a signal comes, and that nothing is lost by it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/random.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/text.h"

SCENE(signals)

enum { AREAS = 12000, SIGNALS = 20, TRIES = 200 };

static struct child child;

static size_t nr_areas = AREAS;

/* Many areas: `summary` gives no byte before it has seen the last of them. */
static int many_areas(void *arg)
{
	char *memory = scene_map(nr_areas * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	(void)arg;
	for (size_t i = 0; i < nr_areas; i += 2)
		if (mprotect(memory + i * PAGE, PAGE, PROT_READ | PROT_WRITE))
			return 1;
	child_ready();
	return 0;
}

static uint64_t now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

static int open_summary(void)
{
	char path[64];
	int fd;

	door_attach(child.pid);
	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%d/summary", child.pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die("%s: %s", path, strerror(errno));
	return fd;
}

static uint64_t one_read(void)
{
	uint64_t began = now_ns();
	char text[4096];
	int fd = open_summary();

	if (read(fd, text, sizeof(text)) < 100)
		die("no summary: %s", strerror(errno));
	close(fd);
	return now_ns() - began;
}

/* ns of the shortest of some reads that nothing disturbs: others of this machine may have disturbed the longer. */
static uint64_t undisturbed(void)
{
	uint64_t shortest = UINT64_MAX;

	for (int i = 0; i < 4; i++) {
		uint64_t ns = one_read();

		if (ns < shortest)
			shortest = ns;
	}
	return shortest;
}

static volatile sig_atomic_t signals;

static void count(int signal)
{
	(void)signal;
	signals++;
}

static void on_alarm(int flags)
{
	sigaction(SIGALRM, &(struct sigaction){ .sa_handler = count, .sa_flags = flags }, NULL);
}

static timer_t timer;

static void fire_at(uint64_t ns)
{
	struct itimerspec when = {
		.it_value = { ns / 1000000000, ns % 1000000000 },
	};

	if (timer_settime(timer, TIMER_ABSTIME, &when, NULL))
		die("timer_settime: %s", strerror(errno));
}

static int compare(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

	return (one > other) - (one < other);
}

/* From the signal to the end of read(), or 0 where the read was over before. */
static uint64_t latency(uint64_t after)
{
	char text[4096];
	int fd = open_summary();
	uint64_t due = now_ns() + after, done;
	ssize_t got;

	fire_at(due);
	got = read(fd, text, sizeof(text));
	done = now_ns();
	if (got < 0 && errno != EINTR)
		fail("read: %s", strerrorname_np(errno));
	if (got < 0 && (read(fd, text, sizeof(text)) < 100 || !strstr(text, "Rss:")))
		fail("the read after EINTR: %s", strerror(errno));
	close(fd);
	return got < 0 ? done - due : 0;
}

static void begin(void)
{
	timer_create(CLOCK_MONOTONIC, &(struct sigevent){ .sigev_notify = SIGEV_SIGNAL,
							  .sigev_signo = SIGALRM }, &timer);
	child_start(&child, many_areas, NULL);
}

/* A signal ends a long read soon, and the next read goes on. */
TEST_F(signals, soon)
{
	struct dice dice = dice_new(0);
	uint64_t whole, took[SIGNALS];
	size_t nr = 0;

	begin();
	on_alarm(0);
	whole = undisturbed();
	for (int tries = 0; nr < SIGNALS; tries++) {
		uint64_t ns = latency(whole / 10 + roll_below(&dice, whole / 2));

		if (ns)
			took[nr++] = ns;
		else if (tries > TRIES)
			die("only %zu of %d signals came while a read was under way", nr, TRIES);
	}
	qsort(took, nr, sizeof(*took), compare);
	note("a read of %llu us ends %llu us (median), %llu us (longest of %zu) after a signal",
	     (unsigned long long)whole / 1000, (unsigned long long)took[nr / 2] / 1000,
	     (unsigned long long)took[nr - 1] / 1000, nr);
	if (took[nr / 2] > whole / 4)	/* one that no signal ends goes on for half of it or more */
		fail("that is late for a read of that length");
}

/* A signal whose handler wants it restarts the read. */
TEST_F(signals, restarted)
{
	char text[4096];
	uint64_t whole;
	int fd;

	begin();
	on_alarm(SA_RESTART);
	whole = undisturbed();
	fd = open_summary();
	signals = 0;
	fire_at(now_ns() + whole / 3);
	if (read(fd, text, sizeof(text)) < 100)
		fail("read: %s", strerror(errno));
	if (!signals)
		fail("no signal came");
}

/*
 * A stream read under a storm of signals is whole.  Every millisecond: the stream comes in pieces, and
 * is whole.
 */
TEST_F(signals, storm)
{
	struct vmaview_request request;
	struct itimerval often = { { 0, 1000 }, { 0, 1000 } };
	static char buffer[1 << 20];
	struct bytes bytes = { calloc(32, 1 << 20), 0 };
	struct stream stream;
	unsigned int interrupted = 0;
	const char *wrong;
	ssize_t got;
	int fd = door_open();

	begin();
	on_alarm(0);
	request = door_request(child.pid, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_MM);
	if (door_bind(fd, &request))
		die("bind failed");
	setitimer(ITIMER_REAL, &often, NULL);
	while ((got = read(fd, buffer, sizeof(buffer)))) {
		if (got < 0 && errno != EINTR)
			die("read: %s", strerror(errno));
		interrupted += got < 0;
		if (got > 0 && bytes.len + got < 31u << 20)
			memcpy(bytes.data + bytes.len, buffer, got);
		bytes.len += got > 0 ? got : 0;
	}
	setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, NULL);
	wrong = stream_parse(&bytes, &stream);
	if (wrong)
		die("%s", wrong);
	if (stream.areas.nr < AREAS)
		fail("expected %d areas or more, got %zu", AREAS, stream.areas.nr);
	note("%d signals, %u reads ended in EINTR", (int)signals, interrupted);
	if (signals < 3)
		fail("hardly a signal came");
}

static int keep_reading(void *arg)
{
	struct bytes bytes;

	(void)arg;
	child_ready();
	for (;;) {
		door_text(child.pid, "summary", &bytes);
		bytes_free(&bytes);
	}
	return 0;
}

/*
 * A reader that is killed is gone soon.  A longer read than the others', beside which the exit of a
 * process takes no time.
 */
TEST_F(signals, killed)
{
	uint64_t whole, took[SIGNALS];

	nr_areas = 4 * AREAS;
	begin();
	whole = undisturbed();
	for (int i = 0; i < SIGNALS; i++) {
		struct child reader;

		child_start(&reader, keep_reading, NULL);
		if (write(reader.to, "g", 1) != 1)
			die("the reader is gone");
		usleep(whole / 1000 / 3 * (1 + i % 3));	/* into the middle of a read */
		took[i] = now_ns();
		child_kill(&reader);
		took[i] = now_ns() - took[i];
	}
	qsort(took, SIGNALS, sizeof(*took), compare);
	note("a reader that is killed in a read of %llu us is gone after %llu us (median), %llu us (longest)",
	     (unsigned long long)whole / 1000, (unsigned long long)took[SIGNALS / 2] / 1000,
	     (unsigned long long)took[SIGNALS - 1] / 1000);
	if (took[SIGNALS / 2] > whole / 4)
		fail("that is late for a read of that length");
}

SCENE_MAIN
