// SPDX-License-Identifier: GPL-2.0
/* people.c - in: each process, one after the other; out: the little of it that is kept, and whether it is meant. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libproc2/pids.h>

#include "select/people.h"
#include "vmaview/grow.h"

#define PF_KTHREAD 0x00200000	/* include/linux/sched.h; field 9 of /proc/PID/stat */

enum {
	AT_PID, AT_PARENT, AT_SESSION, AT_STARTED, AT_FLAGS, AT_STATE, AT_THREADS, AT_COMM, AT_USER, AT_STATUS,
	AT_WORDS, AT_CGROUPS, AT_NR
};

/* What is asked for last is only read where a rule wants it: it is another file. */
static enum pids_item items[AT_NR] = {
	[AT_PID] = PIDS_ID_PID,
	[AT_PARENT] = PIDS_ID_PPID,
	[AT_SESSION] = PIDS_ID_SESSION,
	[AT_STARTED] = PIDS_TICS_BEGAN,
	[AT_FLAGS] = PIDS_FLAGS,
	[AT_STATE] = PIDS_STATE,
	[AT_THREADS] = PIDS_NLWP,
	[AT_COMM] = PIDS_CMD,
	[AT_USER] = PIDS_ID_EUID,
	/*
	 * So that status is read, which has the effective user in its own words.  Else the library takes who owns
	 * /proc/PID: the same in the kernel's, not in a folder that stands in for it.
	 */
	[AT_STATUS] = PIDS_ID_SUID,
	[AT_WORDS] = PIDS_CMDLINE_V,
	[AT_CGROUPS] = PIDS_CGROUP_V,
};

static bool has_rule(const struct selection *selection, enum chosen_by by)
{
	for (size_t i = 0; i < selection->nr; i++)
		if (selection->rules[i].by == by)
			return true;
	return false;
}

static void choose_items(enum pids_item *wanted, const struct selection *selection)
{
	memcpy(wanted, items, sizeof(items));
	if (!has_rule(selection, BY_USER))
		wanted[AT_USER] = wanted[AT_STATUS] = PIDS_noop;
	if (!has_rule(selection, BY_NAME))
		wanted[AT_WORDS] = PIDS_noop;
	if (!has_rule(selection, BY_CGROUP))
		wanted[AT_CGROUPS] = PIDS_noop;
}

/* The name, or the base name of the first argument. */
static bool has_name(const struct pids_result *result, const regex_t *name)
{
	char **words = result[AT_WORDS].result.strv;
	const char *first = words && words[0] ? words[0] : "", *slash = strrchr(first, '/');

	if (!regexec(name, result[AT_COMM].result.str, 0, NULL, 0))
		return true;
	return *first && !regexec(name, slash ? slash + 1 : first, 0, NULL, 0);
}

/* In the line of version 2, that cgroup or one below it. */
static bool is_in(const struct pids_result *result, const char *cgroup)
{
	char **line = result[AT_CGROUPS].result.strv;
	size_t length = strlen(cgroup);

	while (line && *line && strncmp(*line, "0::", 3))
		line++;
	if (!line || !*line || strncmp(*line + 3, cgroup, length))
		return false;
	return !(*line)[3 + length] || (*line)[3 + length] == '/';
}

static bool is_meant(const struct pids_result *result, const struct rule *rule)
{
	switch (rule->by) {
	case BY_NAME:
		return has_name(result, &rule->name);
	case BY_USER:
		return result[AT_USER].result.u_int == rule->user;
	case BY_CGROUP:
		return is_in(result, rule->cgroup);
	case BY_ALL:
		return true;
	default:
		return false;	/* by who others are */
	}
}

/* A process whose first thread has ended lives on in the others. */
static bool has_memory(const struct pids_result *result)
{
	char state = result[AT_STATE].result.s_ch;

	if (result[AT_FLAGS].result.ul_int & PF_KTHREAD)
		return false;
	return (state != 'Z' && state != 'X') || result[AT_THREADS].result.s_int > 1;
}

static int take(struct people *people, const struct pids_result *result, const struct selection *selection)
{
	struct person *person;

	if (!grow(&people->list, people->nr, &people->room, sizeof(*people->list)))
		return -ENOMEM;
	person = &people->list[people->nr++];
	*person = (struct person){
		.pid = result[AT_PID].result.s_int,
		.parent = result[AT_PARENT].result.s_int,
		.session = result[AT_SESSION].result.s_int,
		.started = result[AT_STARTED].result.ull_int,
		.has_memory = has_memory(result),
	};
	for (size_t i = 0; person->has_memory && !person->chosen && i < selection->nr; i++)
		person->chosen = is_meant(result, &selection->rules[i]);
	return 0;
}

static int by_pid(const void *a, const void *b)
{
	const struct person *person_a = a, *person_b = b;

	return (person_a->pid > person_b->pid) - (person_a->pid < person_b->pid);
}

/* What libproc2 finds one after the other. */
static int take_all(struct people *people, struct pids_info *info, const struct selection *selection,
		    struct progress *progress)
{
	const struct pids_stack *stack;
	int ret = 0;

	errno = 0;
	while (!ret && (stack = procps_pids_get(info, PIDS_FETCH_TASKS_ONLY))) {
		ret = take(people, stack->head, selection);
		if (progress)
			progress_step(progress, people->nr);
	}
	if (!ret && !people->nr)
		ret = errno ? -errno : -ENOENT;
	return ret;
}

int people_read(struct people *people, const struct selection *selection, struct progress *progress)
{
	enum pids_item wanted[AT_NR];
	struct pids_info *info = NULL;
	int ret;

	*people = (struct people){ .list = NULL };
	choose_items(wanted, selection);
	ret = procps_pids_new(&info, wanted, AT_NR);
	if (!ret)
		ret = take_all(people, info, selection, progress);
	if (info)
		procps_pids_unref(&info);
	if (people->nr)
		qsort(people->list, people->nr, sizeof(*people->list), by_pid);
	return ret;
}

void people_free(struct people *people)
{
	free(people->list);
	*people = (struct people){ .list = NULL };
}

struct person *people_find(const struct people *people, pid_t pid)
{
	struct person wanted = { .pid = pid };

	return people->nr ? bsearch(&wanted, people->list, people->nr, sizeof(wanted), by_pid) : NULL;
}
