// SPDX-License-Identifier: GPL-2.0
/* fault_area.c - in: the module, or /proc/PID/maps; out: which area an address is in. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "proc/facts.h"
#include "proc/procfs.h"
#include "verbs/faults/fault_area.h"

/* The heading is a line, too. */
static bool has_swap(void)
{
	FILE *file = fopen("/proc/swaps", "re");
	int lines = 0, letter;

	if (!file)
		return false;
	while ((letter = fgetc(file)) != EOF)
		lines += letter == '\n';
	fclose(file);
	return lines > 1;
}

static uint64_t flags_like(const struct process *process, const char *word)
{
	uint64_t bits = 0;

	for (int bit = 0; bit < VMFLAGS_MAX; bit++)
		if (!strncmp(process->vmflag[bit].word, word, strlen(word)))
			bits |= UINT64_C(1) << bit;
	return bits;
}

/* maps, not smaps: to count pages, as the latter does, would hold the lock that faults need. */
static enum collected read_proc(struct fault_areas *areas, struct process *process)
{
	struct utsname uts;
	char number[16];
	int ret;

	snprintf(number, sizeof(number), "%d", process->thread);
	process->source = SOURCE_PROC;
	process->page_size = sysconf(_SC_PAGESIZE);
	if (!uname(&uts))
		process->release = process_keep(process, uts.release, strlen(uts.release));
	ret = procfs_read_file(process, number, "maps");
	if (!ret && process->nr_areas)
		return COLLECT_NO_MODULE;
	snprintf(areas->collector.why, sizeof(areas->collector.why),
		 "its /proc/PID/maps %s%s", ret ? "cannot be read: " : "is empty",
		 ret ? strerror(-ret) : "");
	return COLLECT_FAILED;
}

/* COLLECTED, COLLECT_NO_MODULE: @process is filled; else free it. */
static enum collected read_areas(struct fault_areas *areas, struct process *process, pid_t pid)
{
	enum collected collected = COLLECT_NO_MODULE;

	if (!areas->collector.proc_only) {
		collected = collect_process(&areas->collector, process, pid);
	} else {
		process_init(process);
		if (facts_read(process, pid) != FACTS_FOUND)
			return COLLECT_NOBODY;
	}
	return collected == COLLECT_NO_MODULE ? read_proc(areas, process) : collected;
}

static void take(struct fault_areas *areas, const struct process *process)
{
	areas->process = *process;
	areas->swap = has_swap();
	areas->userfault = flags_like(process, "uffd_");
	areas->hugetlb = flags_like(process, "hugetlb");
}

enum collected fault_areas_open(struct fault_areas *areas, pid_t pid)
{
	enum collected collected;
	struct process process;

	memset(areas, 0, sizeof(*areas));
	fault_places_find(&areas->places);
	collector_init(&areas->collector);
	areas->collector.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_VMFLAGS;
	areas->collector.module_only = true;
	collected = read_areas(areas, &process, pid);
	areas->collector.proc_only = collected == COLLECT_NO_MODULE;
	take(areas, &process);
	return collected;
}

void fault_areas_close(struct fault_areas *areas)
{
	process_free(&areas->process);
}

void fault_areas_read(struct fault_areas *areas)
{
	enum collected collected;
	struct process process;

	collected = read_areas(areas, &process, areas->process.pid);
	if (collected != COLLECTED && collected != COLLECT_NO_MODULE) {
		process_free(&process);
		return;
	}
	process_free(&areas->process);
	take(areas, &process);
}

const struct area *fault_areas_find(const struct fault_areas *areas, uint64_t addr)
{
	return process_area_at(&areas->process, addr);
}

void fault_areas_tell(const struct fault_areas *areas, const struct area *area,
		      struct fault_facts *facts)
{
	facts->swap = areas->swap;
	if (!area)
		return;
	facts->backing = fault_backing(area, areas->hugetlb, &areas->places);
	facts->shared = area->perms[3] == 's';
	facts->writable = area->perms[1] == 'w';
	facts->userfault = area->vm_flags & areas->userfault;
}
