// SPDX-License-Identifier: GPL-2.0
/* ksm.c - in: /sys/kernel/mm/ksm, /proc/PID/ksm_stat; out: what ksmd does, and what it knows. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "proc/ksm.h"

#define FOLDER "/sys/kernel/mm/ksm"

const char *const ksm_run_words[] = {
	[KSM_RUN_UNKNOWN] = "unknown", [KSM_RUN_NEVER] = "never", [KSM_RUN_STOPPED] = "stopped",
	[KSM_RUN_RUNS] = "runs", [KSM_RUN_UNMERGES] = "unmerges",
};

static bool number_in(const char *name, uint64_t *number)
{
	char path[64];
	FILE *file;
	bool read;

	snprintf(path, sizeof(path), FOLDER "/%s", name);
	file = fopen(path, "re");
	read = file && fscanf(file, "%" SCNu64, number) == 1;
	if (file)
		fclose(file);
	return read;
}

/* Where sysfs is not mounted, nothing is known. */
static enum ksm_run read_run(void)
{
	static const uint8_t runs[] = { KSM_RUN_STOPPED, KSM_RUN_RUNS, KSM_RUN_UNMERGES };
	uint64_t number;

	if (access(FOLDER, F_OK) && errno == ENOENT && !access("/sys/kernel/mm", F_OK))
		return KSM_RUN_NEVER;
	if (!number_in("run", &number) || number >= sizeof(runs))
		return KSM_RUN_UNKNOWN;
	return runs[number];
}

void ksm_read(struct ksm_machine *machine)
{
	uint64_t smart = 0;

	*machine = (struct ksm_machine){ .run = read_run() };
	machine->knows_pages = number_in("pages_unshared", &machine->unshared) &&
			       number_in("pages_volatile", &machine->changing);
	/* Kernels before 6.7 have no such file, and pass over nothing. */
	if (!number_in("smart_scan", &smart))
		smart = !access(FOLDER "/smart_scan", F_OK);
	machine->skips = smart;
}

bool ksm_of_process(pid_t thread, uint64_t *pages, bool *inherited)
{
	char path[64], line[128];
	bool found = false;
	uint64_t zero;
	FILE *file;

	/*
	 * ksm_fork() of 6.18, and of stable kernels that took it over, sets ksm_rmap_items to 0; before, it is
	 * as dup_mm() copied it.  A kernel before 6.6 has no such line and no such correction; of one between
	 * nothing says it.
	 */
	*inherited = true;
	snprintf(path, sizeof(path), "/proc/%d/ksm_stat", thread);
	file = fopen(path, "re");
	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "ksm_rmap_items %" SCNu64, pages) == 1)
			found = true;
		if (sscanf(line, "ksm_zero_pages %" SCNu64, &zero) == 1)
			*inherited = false;
	}
	if (file)
		fclose(file);
	return found;
}
