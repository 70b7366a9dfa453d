// SPDX-License-Identifier: GPL-2.0
/* selection.c - in: words of the command line; out: rules that were checked. */
#include <ctype.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "select/cgroup_path.h"
#include "select/selection.h"
#include "text/say.h"
#include "vmaview/grow.h"

static int say_no_memory(void)
{
	say("out of memory");
	return EXIT_FAILED;
}

static int parse_name(struct rule *rule)
{
	char why[256];
	int ret = regcomp(&rule->name, rule->word, REG_EXTENDED | REG_NOSUB);

	if (!ret && *rule->word)
		return EXIT_DONE;
	if (!ret)
		regfree(&rule->name);
	snprintf(why, sizeof(why), "it is empty");
	if (ret)
		regerror(ret, &rule->name, why, sizeof(why));
	say("--name takes a regular expression, not '%s': %s", rule->word, why);
	return EXIT_USAGE;
}

/* The highest number stands for nobody in system calls. */
static bool parse_number(const char *word, uid_t *user)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(word, &end, 10);
	*user = number;
	return isdigit((unsigned char)*word) && !*end && !errno && number < (uid_t)-1;
}

static int parse_user(struct rule *rule)
{
	const struct passwd *entry = *rule->word ? getpwnam(rule->word) : NULL;

	if (entry)
		rule->user = entry->pw_uid;
	if (entry || parse_number(rule->word, &rule->user))
		return EXIT_DONE;
	say("--user: no user is called '%s'", rule->word);
	return EXIT_USAGE;
}

static int parse_cgroup(struct rule *rule)
{
	const char *why;

	if (!cgroup_path(rule->word, &rule->cgroup, &why))
		return rule->cgroup ? EXIT_DONE : say_no_memory();
	say("--cgroup %s: %s", rule->word, why);
	return EXIT_USAGE;
}

static int parse(struct rule *rule)
{
	switch (rule->by) {
	case BY_NAME:
		return parse_name(rule);
	case BY_USER:
		return parse_user(rule);
	case BY_CGROUP:
		return parse_cgroup(rule);
	default:
		return EXIT_DONE;
	}
}

int selection_add(struct selection *selection, enum chosen_by by, const char *word, pid_t pid)
{
	struct rule *rule;
	int ret;

	if (!grow(&selection->rules, selection->nr, &selection->room, sizeof(*selection->rules)))
		return say_no_memory();
	rule = &selection->rules[selection->nr];
	*rule = (struct rule){ .by = by, .word = word, .pid = pid };
	ret = parse(rule);
	if (!ret)
		selection->nr++;
	return ret;
}

void selection_free(struct selection *selection)
{
	for (size_t i = 0; i < selection->nr; i++) {
		struct rule *rule = &selection->rules[i];

		if (rule->by == BY_NAME)
			regfree(&rule->name);
		free(rule->cgroup);
	}
	free(selection->rules);
	*selection = (struct selection){ .rules = NULL };
}

bool selection_is_named(const struct selection *selection)
{
	for (size_t i = 0; i < selection->nr; i++)
		if (selection->rules[i].by != BY_PID)
			return false;
	return selection->nr;
}
