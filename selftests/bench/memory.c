// SPDX-License-Identifier: GPL-2.0
/*
 * memory.c - what an open file holds in the kernel while it is read: many of them are opened, begun,
 * and what the kernel allocated meanwhile is divided by their number.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/die.h"
#include "lib/readers.h"
#include "lib/report.h"

#define NR_FILES 100
#define LIMIT_KIB 64
#define BEGUN (64 << 10)	/* bytes: well inside a large process, past the end of a small one */

static int open_text(pid_t pid)
{
	return open_proc(pid, DEBUGFS_AREAS);
}

static int open_smaps(pid_t pid)
{
	return open_proc(pid, SMAPS);
}

/* The counters are kept per processor: have them added up first. */
static void fold_counters(void)
{
	char buffer[16];
	int fd = open("/proc/sys/vm/stat_refresh", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, buffer, sizeof(buffer)) < 0)
		die("stat_refresh: %s", strerror(errno));
	close(fd);
}

/* KiB of all that the kernel allocated for itself, large kmalloc()s and vmalloc()s included. */
static long kernel_kib(void)
{
	FILE *file;
	char line[128];
	long sum = 0, kib;

	fold_counters();
	file = fopen("/proc/meminfo", "re");
	if (!file)
		die("meminfo: %s", strerror(errno));
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "Slab: %ld", &kib) == 1 || sscanf(line, "VmallocUsed: %ld", &kib) == 1 ||
		    sscanf(line, "Percpu: %ld", &kib) == 1)
			sum += kib;
	fclose(file);
	return sum;
}

static void begin(int fd)
{
	static char buffer[BEGUN];

	for (size_t done = 0; done < sizeof(buffer);) {
		ssize_t got = read(fd, buffer, sizeof(buffer) - done);

		if (got < 0)
			die("read: %s", strerror(errno));
		if (!got)
			break;
		done += got;
	}
}

static double once(int (*open_one)(pid_t pid), pid_t pid)
{
	int fd[NR_FILES];
	long before = kernel_kib(), after;

	for (int i = 0; i < NR_FILES; i++) {
		fd[i] = open_one(pid);
		begin(fd[i]);
	}
	after = kernel_kib();
	for (int i = 0; i < NR_FILES; i++)
		close(fd[i]);
	return (double)(after - before) / NR_FILES;
}

/* The highest of some: what the allocator kept from the last time does not count again. */
static double per_file(int (*open_one)(pid_t pid), pid_t pid, unsigned int rounds)
{
	double highest = 0;

	for (unsigned int i = 0; i < rounds; i++) {
		double kib = once(open_one, pid);

		highest = kib > highest ? kib : highest;
	}
	return highest;
}

static void measure(const char *name, const struct plan *plan, unsigned int rounds)
{
	struct scene scene;
	double device, text, smaps;

	scene_start(&scene, plan);
	attach(scene.pid);
	smaps = per_file(open_smaps, scene.pid, rounds);
	device = per_file(open_device, scene.pid, rounds);
	text = per_file(open_text, scene.pid, rounds);
	detach(scene.pid);
	scene_end(&scene);
	report_row("%s\t%.1f KiB\t%.1f KiB\t%.1f KiB\t<= %d KiB\t%s", name, device, text, smaps,
		   LIMIT_KIB, verdict(device <= LIMIT_KIB && text <= LIMIT_KIB));
}

int main(int argc, char **argv)
{
	static const struct plan hole = { .build = build_hole, .size = PAGE };
	static const struct plan areas = { .build = build_areas, .size = NR_AREAS };
	static const struct plan resident = { .build = build_resident, .size = RESIDENT / 8 };
	unsigned int rounds = rounds_of(argc, argv);

	report_table("Kernel memory of an open file that is being read",
		     "process\tdevice\ttext `areas`\tsmaps\ttarget\tverdict");
	measure("small", &hole, rounds);
	measure("60,000 areas", &areas, rounds);
	measure("128 MiB resident", &resident, rounds);	/* each file walks it all */
	return 0;
}
