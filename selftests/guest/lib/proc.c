// SPDX-License-Identifier: GPL-2.0
/* proc.c - what /proc says of processes and pages: the second witness. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "proc.h"
#include "result.h"
#include "slurp.h"
#include "text.h"

void proc_pagemap(pid_t pid, const void *addr, size_t nr, uint64_t *entries)
{
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/pagemap", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || pread(fd, entries, nr * 8, (uintptr_t)addr / 4096 * 8) != (ssize_t)nr * 8)
		die("cannot read %s", path);
	close(fd);
}

uint64_t proc_page(const void *addr)
{
	uint64_t entry;

	proc_pagemap(getpid(), addr, 1, &entry);
	return entry;
}

static uint64_t of_pfn(const char *path, int *fd, uint64_t pfn)
{
	uint64_t value;

	if (*fd < 0)
		*fd = open(path, O_RDONLY | O_CLOEXEC);
	return pread(*fd, &value, 8, pfn * 8) == 8 ? value : ~0ULL;
}

uint64_t proc_kpagecount(uint64_t pfn)
{
	static int fd = -1;

	return of_pfn("/proc/kpagecount", &fd, pfn);
}

uint64_t proc_kpageflags(uint64_t pfn)
{
	static int fd = -1;

	return of_pfn("/proc/kpageflags", &fd, pfn);
}

size_t proc_referenced(pid_t pid, const void *addr, size_t nr)
{
	size_t referenced = 0;

	for (size_t i = 0; i < nr; i++) {
		uint64_t entry;

		proc_pagemap(pid, (const char *)addr + i * 4096, 1, &entry);
		if (entry & PAGEMAP_PRESENT)
			referenced += proc_kpageflags(PAGEMAP_PFN(entry)) >> KPF_REFERENCED_BIT & 1;
	}
	return referenced;
}

void proc_clear_refs(pid_t pid, const char *what)
{
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/clear_refs", pid);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, what, 1) != 1)
		die("%s: %s", path, strerror(errno));
	close(fd);
}

/* /proc/PID/stat from the state on, which is field 3: the name before it may hold anything. */
static bool stat_fields(pid_t pid, struct bytes *out, char **fields)
{
	char path[32], *paren;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if (slurp(path, out) || !(paren = strrchr(out->data, ')'))) {
		bytes_free(out);
		return false;
	}
	*fields = paren + 2;
	return true;
}

uint64_t proc_stat(pid_t pid, unsigned int number)
{
	struct bytes bytes;
	uint64_t value;
	char *field;

	if (!stat_fields(pid, &bytes, &field))
		return ~0ULL;
	for (unsigned int at = 3; at < number && field; at++) {
		field = strchr(field, ' ');
		field += !!field;
	}
	value = field ? strtoull(field, NULL, 10) : ~0ULL;
	bytes_free(&bytes);
	return value;
}

char proc_state(pid_t pid)
{
	struct bytes bytes;
	char *fields, state;

	if (!stat_fields(pid, &bytes, &fields))
		return 0;
	state = *fields;
	bytes_free(&bytes);
	return state;
}

uint64_t proc_status(pid_t pid, const char *key)
{
	char path[32];
	struct bytes bytes;
	uint64_t value = ~0ULL;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	if (!slurp(path, &bytes))
		text_number(bytes.data, key, &value);
	bytes_free(&bytes);
	return value;
}

uint64_t proc_smaps(const void *addr, const char *key)
{
	uint64_t start, end, value = ~0ULL;
	char line[8192], format[64];
	bool here = false;
	FILE *file = fopen("/proc/self/smaps", "re");

	if (!file)
		die("smaps: %s", strerror(errno));
	snprintf(format, sizeof(format), "%s: %%" SCNu64, key);
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%" SCNx64 "-%" SCNx64 " ", &start, &end) == 2)
			here = start <= (uintptr_t)addr && (uintptr_t)addr < end;
		else if (here)
			sscanf(line, format, &value);
	}
	fclose(file);
	return value;
}

bool proc_is_kernel_thread(pid_t pid)
{
	const uint64_t pf_kthread = 0x00200000;	/* include/linux/sched.h */

	return proc_stat(pid, 9) & pf_kthread;
}

static bool is_named(const char *pid, const char *comm)
{
	char path[300], name[32] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%s/comm", pid);
	file = atoi(pid) ? fopen(path, "r") : NULL;
	if (!file)
		return false;
	if (fgets(name, sizeof(name), file))
		name[strcspn(name, "\n")] = '\0';
	fclose(file);
	return !strcmp(name, comm);
}

pid_t proc_named(const char *comm)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	pid_t found = 0;

	while (dir && !found && (entry = readdir(dir)))
		if (is_named(entry->d_name, comm))
			found = atoi(entry->d_name);
	if (dir)
		closedir(dir);
	return found;
}

size_t proc_users(pid_t *pids, size_t room)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	size_t nr = 0;

	while (dir && nr < room && (entry = readdir(dir))) {
		pid_t pid = atoi(entry->d_name);
		char state = pid > 0 ? proc_state(pid) : 0;

		if (!state || state == 'Z' || state == 'X' || pid == getpid() ||
		    proc_is_kernel_thread(pid))
			continue;
		pids[nr++] = pid;
	}
	closedir(dir);
	return nr;
}

bool proc_await(pid_t pid, char state)
{
	const struct timespec tick = { .tv_nsec = 1000000 };

	for (int tries = 0; tries < 5000; tries++) {
		char now = proc_state(pid);

		if (now == state)
			return true;
		if (!now || now == 'Z')
			return false;
		nanosleep(&tick, NULL);	/* polling: the state has no event to wait for */
	}
	return false;
}

bool proc_stop(pid_t pid)
{
	return !kill(pid, SIGSTOP) && proc_await(pid, 'T');
}

void proc_continue(pid_t pid)
{
	kill(pid, SIGCONT);
}
