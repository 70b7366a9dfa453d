// SPDX-License-Identifier: GPL-2.0
/*
 * writer.c - what a process that maps and unmaps memory notices of being read: how long its calls
 * take while nobody reads it, while smaps is read over and over, while the device is.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "lib/clock.h"
#include "lib/die.h"
#include "lib/readers.h"
#include "lib/report.h"

#define MANY_CALLS 400000
#define WRITING_NS (2 * NS_PER_S)

/* Shared with the writer. */
struct calls {
	size_t nr;
	uint32_t ns[MANY_CALLS];
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

/* That the receipts told, the lowest of all streams. */
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

static uint32_t since(uint64_t began)
{
	uint64_t ns = now_ns() - began;

	return ns < UINT32_MAX ? ns : UINT32_MAX;
}

/* In the scene: each call of mmap() and munmap() is timed on its own. */
static void write_calls(void *arg)
{
	uint64_t began = now_ns(), start;
	struct calls *calls = arg;
	void *addr;

	for (calls->nr = 0; calls->nr + 2 <= MANY_CALLS && now_ns() - began < WRITING_NS;) {
		start = now_ns();
		addr = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		calls->ns[calls->nr++] = since(start);
		start = now_ns();
		munmap(addr, PAGE);
		calls->ns[calls->nr++] = since(start);
	}
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

static void run_once(const struct scene *scene, struct calls *calls, const struct reader *reader,
		     struct latency *latency)
{
	scene_go(scene);
	for (latency->reads = 0; reader->read && still_writing(scene); latency->reads++)
		reader->read(scene->pid);
	scene_done(scene);
	if (calls->nr < 100)
		die("the writer got through only %zu calls", calls->nr);
	qsort(calls->ns, calls->nr, sizeof(*calls->ns), by_size);
	keep_lowest(&latency->p50, calls->ns[calls->nr / 2]);
	keep_lowest(&latency->p99, calls->ns[calls->nr - 1 - calls->nr / 100]);
	keep_lowest(&latency->max, calls->ns[calls->nr - 1]);
}

static void measure(const struct plan *plan, unsigned int rounds)
{
	struct latency latency[3] = { { 0 } };
	struct scene scene;

	longest_hold = 0;
	scene_start(&scene, plan);
	for (unsigned int round = 0; round < rounds; round++)
		for (int i = 0; i < 3; i++)
			run_once(&scene, plan->arg, &readers[i], &latency[i]);
	scene_end(&scene);
	for (int i = 0; i < 3; i++)
		report_row("%s\t%.1f us\t%.1f us\t%.1f us\t%u", readers[i].name, latency[i].p50,
			   latency[i].p99, latency[i].max, latency[i].reads);
	report_row("longest hold of mmap_lock by vmaview\t\t\t%.1f us\t",
		   longest_hold / 1e3);
}

int main(int argc, char **argv)
{
	unsigned int rounds = rounds_of(argc, argv);
	struct calls *calls = mmap(NULL, sizeof(*calls), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	struct plan areas = { build_areas, NR_AREAS, write_calls, calls };
	struct plan resident = { build_resident, RESIDENT, write_calls, calls };
	static const char columns[] = "read by\tp50\tp99\tmax\treads";

	if (calls == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	report_table("What a writer's mmap() and munmap() take: 60,000 areas", columns);
	measure(&areas, rounds);
	report_table("What a writer's mmap() and munmap() take: 1 GiB resident", columns);
	measure(&resident, rounds);
	return 0;
}
