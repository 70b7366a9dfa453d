// SPDX-License-Identifier: GPL-2.0
/* tour.c - memory at known addresses, a step at each line of stdin. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tour.h"

void tour_die(const char *what)
{
	fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, strerror(errno));
	exit(1);
}

char *tour_map(uintptr_t address, size_t pages, int prot, int flags, int fd)
{
	void *memory = mmap((void *)address, pages * PAGE, prot, flags | MAP_FIXED_NOREPLACE, fd, 0);

	if (memory != (void *)address)
		tour_die("mmap");
	return memory;
}

int tour_file(const char *name, size_t pages)
{
	const char *folder = getenv("TOUR_FILES");
	char path[4096], page[PAGE] = "on disk";
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder ? folder : ".", name);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	for (size_t i = 0; fd >= 0 && i < pages; i++)
		if (write(fd, page, sizeof(page)) != sizeof(page))
			fd = -1;
	if (fd < 0 || fsync(fd) || unlink(path))
		tour_die(path);
	return fd;
}

static void stay_here(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	if (sched_setaffinity(0, sizeof(one), &one))
		tour_die("sched_setaffinity");
}

/* madvise_cold() begins with lru_add_drain(), and leaves the page of its own in a batch. */
void tour_drain(void)
{
	static char *page;

	if (!page) {
		stay_here();
		page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (page == MAP_FAILED)
			tour_die("mmap");
		*page = 1;
	}
	if (madvise(page, PAGE, MADV_COLD) || madvise(page, PAGE, MADV_COLD))
		tour_die("madvise");
}

/* Here and below no file of stdio, vdprintf()'s among them: its buffer would be in the heap that is looked at. */
static void wait_line(void)
{
	char byte;

	do {
		if (read(STDIN_FILENO, &byte, 1) != 1)
			exit(0);
	} while (byte != '\n');
}

void tour_wait(const char *format, ...)
{
	char line[256];
	va_list args;
	int len;

	tour_drain();
	va_start(args, format);
	len = vsnprintf(line, sizeof(line) - 1, format, args);
	va_end(args);
	if (len < 0 || len >= (int)sizeof(line) - 1)
		exit(1);
	line[len++] = '\n';
	if (write(STDOUT_FILENO, line, len) != len)
		exit(1);
	wait_line();
}

int tour_fork(void)
{
	int pid = fork();

	if (pid < 0)
		tour_die("fork");
	if (!pid)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return pid;
}

long tour_fault_count(void)
{
	struct rusage usage;

	if (getrusage(RUSAGE_SELF, &usage))
		tour_die("getrusage");
	return usage.ru_minflt;
}
