// SPDX-License-Identifier: GPL-2.0
/* facts.c - in: a PID; out: names and kind of the process, as procps tells them. */
#include <string.h>

#include <libproc2/pids.h>

#include "proc/facts.h"

#define PF_KTHREAD 0x00200000	/* include/linux/sched.h; field 9 of /proc/PID/stat */

enum { AT_TGID, AT_CMD, AT_CMDLINE, AT_CMDLINE_V, AT_STATE, AT_FLAGS, AT_NR };

static enum pids_item items[AT_NR] = {
	[AT_TGID] = PIDS_ID_TGID,
	[AT_CMD] = PIDS_CMD,
	[AT_CMDLINE] = PIDS_CMDLINE,
	[AT_CMDLINE_V] = PIDS_CMDLINE_V,
	[AT_STATE] = PIDS_STATE,
	[AT_FLAGS] = PIDS_FLAGS,
};

/*
 * The arguments, a space between two.  For an empty command line libproc2 gives a lone "-", which
 * only its other form tells from an argument.
 */
static const char *join(struct process *process, char **argv, const char *title)
{
	size_t length = 0;
	char *joined, *at;

	if (!argv || !argv[0] || (!argv[1] && !strcmp(argv[0], "-") && strcmp(title, "-")))
		return NULL;
	for (char **arg = argv; *arg; arg++)
		length += strlen(*arg) + 1;
	joined = process_room(process, length - 1);
	if (!joined)
		return NULL;
	at = joined;
	for (char **arg = argv; *arg; arg++) {
		at = stpcpy(at, *arg);
		if (arg[1])
			*at++ = ' ';
	}
	return joined;
}

static enum facts take(struct process *process, const struct pids_result *result)
{
	const char *comm = result[AT_CMD].result.str;
	const char *title = result[AT_CMDLINE].result.str;

	process->pid = result[AT_TGID].result.s_int;
	process->comm = process_keep(process, comm, strlen(comm));
	process->title = process_keep(process, title, strlen(title));
	process->cmdline = join(process, result[AT_CMDLINE_V].result.strv, title);
	if (!process->comm || !process->title)
		return FACTS_FAILED;
	if (result[AT_FLAGS].result.ul_int & PF_KTHREAD)
		return FACTS_KERNEL_THREAD;
	return result[AT_STATE].result.s_ch == 'Z' ? FACTS_ZOMBIE : FACTS_FOUND;
}

enum facts facts_read(struct process *process, pid_t pid)
{
	struct pids_info *info = NULL;
	struct pids_fetch *fetch;
	unsigned int wanted = pid;
	enum facts facts = FACTS_FAILED;

	if (procps_pids_new(&info, items, AT_NR))
		return FACTS_FAILED;
	fetch = procps_pids_select(info, &wanted, 1, PIDS_SELECT_PID);
	if (fetch)
		facts = fetch->counts->total ? take(process, fetch->stacks[0]->head) :
			FACTS_NOBODY;
	procps_pids_unref(&info);
	return facts;
}
