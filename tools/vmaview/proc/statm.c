// SPDX-License-Identifier: GPL-2.0
/* statm.c - in: a PID; out: how much of it is in memory, by libproc2. */
#include <unistd.h>

#include <libproc2/pids.h>

#include "proc/statm.h"

bool statm_resident(pid_t pid, uint64_t *bytes)
{
	enum pids_item item = PIDS_MEM_RES_PGS;
	unsigned int number = pid;
	struct pids_info *info = NULL;
	const struct pids_fetch *fetch;
	bool known = false;

	if (procps_pids_new(&info, &item, 1))
		return false;
	fetch = procps_pids_select(info, &number, 1, PIDS_SELECT_PID);
	if (fetch && fetch->counts->total) {
		*bytes = fetch->stacks[0]->head->result.ul_int * sysconf(_SC_PAGESIZE);
		known = true;
	}
	procps_pids_unref(&info);
	return known;
}
