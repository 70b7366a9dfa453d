// SPDX-License-Identifier: GPL-2.0
/*
 * writer.c - what a process that changes its memory notices of being read: how long its mmap() and
 * munmap(), its mprotect(), beside what is read longest and in it, and its threads' page faults take
 * while nobody reads it, while smaps is read over and over, while the device is.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "lib/clock.h"
#include "lib/die.h"
#include "lib/readers.h"
#include "lib/report.h"

#define MANY_CALLS 300000
#define WRITING_NS (2 * NS_PER_S)
/* Longer than that where calls wait long: a p99 of fewer would be a maximum. */
#define FEW_CALLS 200
#define FAULTING_THREADS 2
#define FAULTING_PAGES 64
#define LARGE (4UL << 30)

/* What one thread has measured. */
struct calls {
	size_t nr;
	uint32_t ns[MANY_CALLS];
};

/**
 * struct work - shared with the writer
 * @kind: what it is to do when it is told to go on: one of kinds[]
 * @place: the memory of the scene, which is what is read longest
 * @calls: of each thread
 */
struct work {
	unsigned int kind;
	struct place place;
	struct calls calls[FAULTING_THREADS];
};

/**
 * struct latency - what calls took, in microseconds; the lowest of several rounds
 * @reads: whole reads in the last round, by the reader beside the writer
 */
struct latency {
	double p50;
	double p99;
	double max;
	unsigned int reads;
};

/* What the receipts reported, the lowest of all streams. */
static uint64_t longest_hold;

static void read_smaps(pid_t pid)
{
	read_proc(pid, SMAPS);
}

static void read_stream(pid_t pid)
{
	struct vmaview_end end;

	read_device(pid, &end);
	if (!longest_hold || end.longest_hold < longest_hold)
		longest_hold = end.longest_hold;
}

/* Who reads meanwhile. */
static const struct reader {
	const char *name;
	void (*read)(pid_t pid);
} readers[] = {
	{ "nobody", NULL },
	{ "smaps", read_smaps },
	{ "vmaview's stream", read_stream },
};
#define NR_READERS (int)(sizeof(readers) / sizeof(readers[0]))

static uint32_t since(uint64_t began)
{
	uint64_t ns = now_ns() - began;

	return ns < UINT32_MAX ? ns : UINT32_MAX;
}

static bool goes_on(const struct calls *calls, uint64_t began)
{
	return calls->nr < FEW_CALLS || (calls->nr < MANY_CALLS && now_ns() - began < WRITING_NS);
}

static void took(struct calls *calls, uint64_t began)
{
	uint32_t ns = since(began);

	if (calls->nr < MANY_CALLS)
		calls->ns[calls->nr++] = ns;
}

static char *map_pages(size_t nr)
{
	char *addr = mmap(NULL, nr * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (addr == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	return addr;
}

static void map_and_unmap(struct work *work)
{
	struct calls *calls = work->calls;
	uint64_t began = now_ns(), start;
	char *addr;

	while (goes_on(calls, began)) {
		start = now_ns();
		addr = map_pages(1);
		took(calls, start);
		start = now_ns();
		munmap(addr, PAGE);
		took(calls, start);
	}
}

/* The page's area is split, and put together again. */
static void protect_page(struct calls *calls, char *page)
{
	uint64_t began = now_ns(), start;

	while (goes_on(calls, began)) {
		start = now_ns();
		mprotect(page, PAGE, PROT_READ);
		took(calls, start);
		start = now_ns();
		mprotect(page, PAGE, PROT_READ | PROT_WRITE);
		took(calls, start);
	}
}

static void protect(struct work *work)
{
	char *addr = map_pages(2);

	protect_page(work->calls, addr);
	munmap(addr, 2 * PAGE);
}

/* The last page of the large area, or the area that is the last of many. */
static void protect_what_is_read(struct work *work)
{
	protect_page(work->calls, (char *)(uintptr_t)work->place.end - PAGE);
}

static void *fault(void *arg)
{
	volatile char *addr = map_pages(FAULTING_PAGES);
	uint64_t began = now_ns(), start;
	struct calls *calls = arg;

	while (goes_on(calls, began)) {
		for (int i = 0; i < FAULTING_PAGES; i++) {
			start = now_ns();
			addr[i * PAGE] = 1;
			took(calls, start);
		}
		madvise((void *)addr, FAULTING_PAGES * PAGE, MADV_DONTNEED);
	}
	munmap((void *)addr, FAULTING_PAGES * PAGE);
	return NULL;
}

static void fault_in_threads(struct work *work)
{
	pthread_t threads[FAULTING_THREADS];

	for (int i = 0; i < FAULTING_THREADS; i++)
		if (pthread_create(&threads[i], NULL, fault, &work->calls[i]))
			die("no thread");
	for (int i = 0; i < FAULTING_THREADS; i++)
		pthread_join(threads[i], NULL);
}

static const struct kind {
	const char *name;
	void (*write)(struct work *work);
} kinds[] = {
	{ "mmap(), munmap()", map_and_unmap },
	{ "mprotect()", protect },
	{ "mprotect() in what is read", protect_what_is_read },
	{ "page faults of 2 threads", fault_in_threads },
};
#define NR_KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* In the scene. */
static void write_calls(void *arg)
{
	struct work *work = arg;

	for (int i = 0; i < FAULTING_THREADS; i++)
		work->calls[i].nr = 0;
	kinds[work->kind].write(work);
}

static bool still_writing(const struct scene *scene)
{
	struct pollfd fd = { .fd = scene->from, .events = POLLIN };

	return !poll(&fd, 1, 0);
}

static int by_size(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return (left > right) - (left < right);
}

static void keep_lowest(double *lowest, uint32_t ns)
{
	if (!*lowest || ns / 1e3 < *lowest)
		*lowest = ns / 1e3;
}

/* All that the threads have measured, in order. Return: how many. */
static size_t gather(const struct work *work, uint32_t *all)
{
	size_t nr = 0;

	for (int i = 0; i < FAULTING_THREADS; i++) {
		memcpy(all + nr, work->calls[i].ns, work->calls[i].nr * sizeof(*all));
		nr += work->calls[i].nr;
	}
	if (nr < 100)
		die("the writer got through only %zu calls", nr);
	qsort(all, nr, sizeof(*all), by_size);
	return nr;
}

static void run_once(const struct scene *scene, const struct work *work, const struct reader *reader,
		     struct latency *latency)
{
	static uint32_t all[FAULTING_THREADS * MANY_CALLS];
	size_t nr;

	scene_go(scene);
	for (latency->reads = 0; reader->read && still_writing(scene); latency->reads++)
		reader->read(scene->pid);
	scene_done(scene);
	nr = gather(work, all);
	keep_lowest(&latency->p50, all[nr / 2]);
	keep_lowest(&latency->p99, all[nr - 1 - nr / 100]);
	keep_lowest(&latency->max, all[nr - 1]);
}

/* What is asked for is "below"; where nobody waits for a reader both are what nobody's are, by chance more or less. */
static const char *verdict_on(double ours, double smaps)
{
	return ours > smaps && ours <= 1.1 * smaps ? "equal" : verdict(ours <= smaps);
}

static void report(const char *name, const struct latency latency[NR_READERS])
{
	const struct latency *smaps = &latency[1], *ours = &latency[2];

	for (int i = 0; i < NR_READERS; i++, name = "") {
		char verdicts[64] = "";

		if (&latency[i] == ours)
			snprintf(verdicts, sizeof(verdicts), "p99 %s, max %s",
				 verdict_on(ours->p99, smaps->p99), verdict_on(ours->max, smaps->max));
		report_row("%s\t%s\t%.1f us\t%.1f us\t%.1f us\t%u\t%s\t%s", name, readers[i].name,
			   latency[i].p50, latency[i].p99, latency[i].max, latency[i].reads,
			   *verdicts ? "below smaps's" : "", verdicts);
	}
}

static void measure(const char *title, const struct plan *plan, unsigned int rounds)
{
	struct work *work = plan->arg;
	struct scene scene;

	longest_hold = 0;
	scene_start(&scene, plan);
	work->place = scene.place;
	report_table(title, "call\tread by\tp50\tp99\tmax\treads\ttarget\tverdict");
	for (work->kind = 0; work->kind < NR_KINDS; work->kind++) {
		struct latency latency[NR_READERS] = { { 0 } };

		for (unsigned int round = 0; round < rounds; round++)
			for (int i = 0; i < NR_READERS; i++)
				run_once(&scene, work, &readers[i], &latency[i]);
		report(kinds[work->kind].name, latency);
	}
	scene_end(&scene);
	report_row("longest hold\tby vmaview's stream\t\t\t%.1f us\t\t\t", longest_hold / 1e3);
}

int main(int argc, char **argv)
{
	unsigned int rounds = rounds_of(argc, argv);
	struct work *work = mmap(NULL, sizeof(*work), PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	struct plan areas = { build_areas, NR_AREAS, write_calls, work };
	struct plan resident = { build_resident, LARGE, write_calls, work };

	if (work == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	measure("A writer of 60,000 areas", &areas, rounds);
	measure("A writer with 4 GiB resident", &resident, rounds);
	return 0;
}
