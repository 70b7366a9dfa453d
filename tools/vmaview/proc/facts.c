// SPDX-License-Identifier: GPL-2.0
/*
 * facts.c - in: a PID; out: names and kind of the process.
 *
 * Names are kept as they are: what libproc2 gives of them is meant for a terminal, with a "?" for each byte
 * that it would not print, and a blank for a newline.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libproc2/pids.h>

#include "proc/facts.h"
#include "proc/who.h"

#define PF_KTHREAD 0x00200000	/* include/linux/sched.h; field 9 of /proc/PID/stat */

/* More than exec() takes of arguments, unless the stack may be larger than usual. */
#define CMDLINE_MAX (2 << 20)

enum { AT_TGID, AT_CMD, AT_FLAGS, AT_NR };

static enum pids_item items[AT_NR] = {
	[AT_TGID] = PIDS_ID_TGID,
	[AT_CMD] = PIDS_CMD,
	[AT_FLAGS] = PIDS_FLAGS,
};

/* Up to @room bytes of /proc/PID/@name; how many there are, 0 where it cannot be read. */
static size_t read_file(pid_t pid, const char *name, char *text, size_t room)
{
	size_t length = 0;
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	file = fopen(path, "re");
	if (file) {
		length = fread(text, 1, room, file);
		fclose(file);
	}
	return length;
}

/*
 * The arguments, a space between two; NULL where there are none.  A process that has put a title in their
 * place leaves NULs after it.
 */
static const char *read_cmdline(struct process *process, pid_t thread)
{
	char *text = malloc(CMDLINE_MAX);
	size_t length = text ? read_file(thread, "cmdline", text, CMDLINE_MAX) : 0;
	const char *cmdline;
	bool empty = !length;

	while (length && !text[length - 1])
		length--;
	for (size_t i = 0; i < length; i++)
		if (!text[i])
			text[i] = ' ';
	cmdline = empty ? NULL : process_keep(process, text, length);
	free(text);
	return cmdline;
}

/* As pmap: the name in brackets where there are no arguments. */
static bool take_title(struct process *process, pid_t thread)
{
	size_t length = strlen(process->comm);
	char *title;

	process->cmdline = read_cmdline(process, thread);
	process->title = process->cmdline;
	if (process->cmdline && *process->cmdline)
		return true;
	title = process_room(process, length + 2);
	if (title)
		snprintf(title, length + 3, "[%s]", process->comm);
	process->title = title;
	return title;
}

/* /proc/PID/comm, which ends with a newline of its own; where that cannot be read, what there is. */
static bool take_name(struct process *process, const struct pids_result *result)
{
	const char *shown = result[AT_CMD].result.str;
	char comm[256];
	size_t length;

	process->pid = result[AT_TGID].result.s_int;
	length = read_file(process->pid, "comm", comm, sizeof(comm));
	process->comm = length ? process_keep(process, comm, length - 1) :
			process_keep(process, shown, strlen(shown));
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
static enum facts find_thread(struct process *process, pid_t pid)
{
	struct who who;

	if (!who_is(pid, &who))
		return FACTS_NOBODY;
	process->thread = who.thread;
	if (!who.thread)
		return FACTS_ZOMBIE;
	return who.thread == who.pid || take_title(process, who.thread) ? FACTS_FOUND : FACTS_FAILED;
}

static enum facts read_all(struct process *process, struct pids_info *info, pid_t pid)
{
	enum facts facts;
	const struct pids_result *result = look_up(info, pid, &facts);

	if (!result)
		return facts;
	if (!take_name(process, result) || !take_title(process, process->pid))
		return FACTS_FAILED;
	if (result[AT_FLAGS].result.ul_int & PF_KTHREAD)
		return FACTS_KERNEL_THREAD;
	return find_thread(process, pid);
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
