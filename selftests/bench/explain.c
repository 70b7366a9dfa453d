// SPDX-License-Identifier: GPL-2.0
/* explain.c - 10,000 addresses of 1 GiB: what is there, against three files of /proc, an address at a time. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lib/contest.h"
#include "lib/die.h"
#include "lib/readers.h"
#include "lib/report.h"

#define ADDRESSES 10000
/* From one to the next: another page, and mostly another table. */
#define STRIDE (100003 * PAGE)

static uint64_t address_of(const struct scene *scene, size_t i)
{
	return scene->place.start + i * STRIDE % RESIDENT;
}

static uint64_t explain(const struct scene *scene)
{
	static struct vmaview_explain answers[VMAVIEW_EXPLAIN_MAX];
	uint64_t addresses[VMAVIEW_EXPLAIN_MAX], sum = 0;
	int fd = open(VMAVIEW_DEVICE, O_RDONLY | O_CLOEXEC);

	for (size_t i = 0; i < ADDRESSES;) {
		struct vmaview_explain_request request = {
			.size = sizeof(request),
			.target = scene->pid,
			.addresses = (uintptr_t)addresses,
			.answers = (uintptr_t)answers,
			.answer_size = sizeof(*answers),
		};

		while (request.nr < VMAVIEW_EXPLAIN_MAX && i < ADDRESSES)
			addresses[request.nr++] = address_of(scene, i++);
		if (ioctl(fd, VMAVIEW_IOC_EXPLAIN, &request) || request.answered != request.nr)
			die("explain: %s", strerror(errno));
		sum += request.nr * sizeof(*answers);
	}
	close(fd);
	return sum;
}

static uint64_t entry_of(int fd, uint64_t index)
{
	uint64_t entry;

	if (pread(fd, &entry, sizeof(entry), index * sizeof(entry)) != sizeof(entry))
		die("no entry: %s", strerror(errno));
	return entry;
}

static uint64_t pagemap(const struct scene *scene)
{
	int map = open_proc(scene->pid, "/proc/%d/pagemap");
	int count = open_proc(scene->pid, "/proc/kpagecount"), flags = open_proc(scene->pid, "/proc/kpageflags");
	uint64_t sum = 0;

	for (size_t i = 0; i < ADDRESSES; i++) {
		uint64_t pfn = entry_of(map, address_of(scene, i) / PAGE) & ((1ULL << 55) - 1);

		sum += entry_of(count, pfn) + entry_of(flags, pfn);
	}
	close(map);
	close(count);
	close(flags);
	return sum;
}

int main(int argc, char **argv)
{
	unsigned int rounds = rounds_of(argc, argv);
	const struct plan plan = { .build = build_resident, .size = RESIDENT };
	struct scene scene;
	struct entrant entrant[] = {
		{ .run = explain, .scene = &scene },
		{ .run = pagemap, .scene = &scene },
	};

	scene_start(&scene, &plan);
	contest(entrant, 2, rounds);
	scene_end(&scene);
	report_table("10,000 addresses all over 1 GiB", "how\ttime\tan address");
	report_row("explained, 64 a call\t%.1f ms\t%.2f us", entrant[0].best_ns / 1e6,
		   entrant[0].best_ns / 1e3 / ADDRESSES);
	report_row("pagemap, kpagecount and kpageflags alone\t%.1f ms\t%.2f us", entrant[1].best_ns / 1e6,
		   entrant[1].best_ns / 1e3 / ADDRESSES);
	return 0;
}
