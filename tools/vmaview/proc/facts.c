// SPDX-License-Identifier: GPL-2.0
/* facts.c - in: a PID; out: names and kind of the process, as procps tells them. */
#include <string.h>

#include <libproc2/pids.h>

#include "proc/facts.h"
#include "proc/who.h"

#define PF_KTHREAD 0x00200000	/* include/linux/sched.h; field 9 of /proc/PID/stat */

enum { AT_TGID, AT_CMD, AT_CMDLINE, AT_CMDLINE_V, AT_FLAGS, AT_NR };

static enum pids_item items[AT_NR] = {
	[AT_TGID] = PIDS_ID_TGID,
	[AT_CMD] = PIDS_CMD,
	[AT_CMDLINE] = PIDS_CMDLINE,
	[AT_CMDLINE_V] = PIDS_CMDLINE_V,
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

static bool take_title(struct process *process, const struct pids_result *result)
{
	const char *title = result[AT_CMDLINE].result.str;

	process->title = process_keep(process, title, strlen(title));
	process->cmdline = join(process, result[AT_CMDLINE_V].result.strv, title);
	return process->title;
}

static bool take_name(struct process *process, const struct pids_result *result)
{
	const char *comm = result[AT_CMD].result.str;

	process->pid = result[AT_TGID].result.s_int;
	process->comm = process_keep(process, comm, strlen(comm));
	return process->comm;
}

/* NULL: nobody has this PID, or *@facts says that it failed. */
static const struct pids_result *look_up(struct pids_info *info, pid_t pid, enum facts *facts)
{
	unsigned int wanted = pid;
	struct pids_fetch *fetch = procps_pids_select(info, &wanted, 1, PIDS_SELECT_PID);

	*facts = !fetch ? FACTS_FAILED : fetch->counts->total ? FACTS_FOUND : FACTS_NOBODY;
	return *facts == FACTS_FOUND ? fetch->stacks[0]->head : NULL;
}

/* A thread that has ended has no command line any more: the others still have it. */
static enum facts find_thread(struct process *process, struct pids_info *info, pid_t pid)
{
	const struct pids_result *result;
	enum facts facts;
	struct who who;

	if (!who_is(pid, &who))
		return FACTS_NOBODY;
	process->thread = who.thread;
	if (!who.thread)
		return FACTS_ZOMBIE;
	if (who.thread == who.pid)
		return FACTS_FOUND;
	result = look_up(info, who.thread, &facts);
	if (result && !take_title(process, result))
		return FACTS_FAILED;
	return facts;
}

static enum facts read_all(struct process *process, struct pids_info *info, pid_t pid)
{
	enum facts facts;
	const struct pids_result *result = look_up(info, pid, &facts);

	if (!result)
		return facts;
	if (!take_name(process, result) || !take_title(process, result))
		return FACTS_FAILED;
	if (result[AT_FLAGS].result.ul_int & PF_KTHREAD)
		return FACTS_KERNEL_THREAD;
	return find_thread(process, info, pid);
}

enum facts facts_read(struct process *process, pid_t pid)
{
	struct pids_info *info = NULL;
	enum facts facts;

	if (procps_pids_new(&info, items, AT_NR))
		return FACTS_FAILED;
	facts = read_all(process, info, pid);
	procps_pids_unref(&info);
	return facts;
}
