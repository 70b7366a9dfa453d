// SPDX-License-Identifier: GPL-2.0
/* targets.c - in: rules, and who is there; out: a list without doubles, or words for why there is none. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libproc2/pids.h>

#include "proc/who.h"
#include "select/family.h"
#include "select/people.h"
#include "select/targets.h"
#include "text/say.h"
#include "vmaview/grow.h"

/* Of which process?  A thread may have been named; and nobody, which reading it says. */
static pid_t process_of(pid_t pid)
{
	struct who who;

	return who_is(pid, &who) ? who.pid : pid;
}

static int add(struct targets *targets, pid_t pid, uint64_t started)
{
	if (!grow(&targets->list, targets->nr, &targets->room, sizeof(*targets->list)))
		return -ENOMEM;
	targets->list[targets->nr++] = (struct target){ .pid = pid, .started = started };
	return 0;
}

/* In their order, each process once: by the PID that came first. */
static int add_named(struct targets *targets, const struct selection *selection)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < selection->nr; i++) {
		const struct rule *rule = &selection->rules[i];
		bool known = false;

		if (rule->by != BY_PID)
			continue;
		for (size_t j = 0; !known && j < targets->nr; j++)
			known = targets->list[j].pid == rule->pid ||
				process_of(targets->list[j].pid) == process_of(rule->pid);
		if (!known)
			ret = add(targets, rule->pid, 0);
	}
	return ret;
}

static int add_found(struct targets *targets, const struct selection *selection, struct progress *progress)
{
	size_t nr_named = targets->nr;
	struct people *people = &targets->people;
	int ret = people_read(people, selection, progress);

	for (size_t i = 0; !ret && i < selection->nr; i++)
		if (selection->rules[i].by == BY_TREE)
			ret = family_choose(people, selection->rules[i].pid);
	for (size_t i = 0; i < nr_named; i++) {
		struct person *person = people_find(people, process_of(targets->list[i].pid));

		if (person)
			person->chosen = false;
	}
	for (size_t i = 0; !ret && i < people->nr; i++)
		if (people->list[i].chosen)
			ret = add(targets, people->list[i].pid, people->list[i].started);
	return ret;
}

int targets_find(struct targets *targets, const struct selection *selection, struct progress *progress)
{
	int ret;

	*targets = (struct targets){ .list = NULL };
	ret = add_named(targets, selection);
	if (!ret && selection->nr && !selection_is_named(selection))
		ret = add_found(targets, selection, progress);
	return ret || targets->nr ? ret : -ESRCH;
}

static void say_nobody(const struct selection *selection)
{
	static const char *const words[] = {
		[BY_TREE] = "tree", [BY_NAME] = "name", [BY_USER] = "user", [BY_CGROUP] = "cgroup",
	};
	const struct rule *rule = selection->rules;

	if (selection->nr == 1 && rule->by != BY_ALL)
		say("no process is chosen by --%s %s%s", words[rule->by], rule->word, rule->by == BY_CGROUP ?
		    ", which goes by version 2: the line 0:: of /proc/PID/cgroup" : "");
	else
		say("no process is chosen: nobody is what was asked for");
}

int targets_say(int error, const struct selection *selection)
{
	switch (error) {
	case 0:
		return EXIT_DONE;
	case -ESRCH:
		say_nobody(selection);
		return EXIT_NOBODY;
	case -ENOMEM:
		say("out of memory");
		return EXIT_FAILED;
	default:
		say("/proc cannot be read: %s", strerror(-error));
		return EXIT_FAILED;
	}
}

void targets_free(struct targets *targets)
{
	free(targets->list);
	people_free(&targets->people);
	*targets = (struct targets){ .list = NULL };
}

/* As nsec_to_clock_t() of the kernel has it for /proc/PID/stat, where no time namespace moves what is there. */
bool target_began(const struct target *target, uint64_t ns)
{
	const uint64_t per_second = 1000000000, ticks = sysconf(_SC_CLK_TCK);

	return target->started && ns && ns / (per_second / ticks) == target->started;
}

bool target_is_there(const struct target *target)
{
	enum pids_item began = PIDS_TICS_BEGAN;
	unsigned int pid = target->pid;
	struct pids_info *info = NULL;
	const struct pids_fetch *fetch;
	bool there = false;

	if (!target->started)
		return true;
	if (procps_pids_new(&info, &began, 1))
		return false;
	fetch = procps_pids_select(info, &pid, 1, PIDS_SELECT_PID);
	if (fetch && fetch->counts->total)
		there = fetch->stacks[0]->head->result.ull_int == target->started;
	procps_pids_unref(&info);
	return there;
}
