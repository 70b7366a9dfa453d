// SPDX-License-Identifier: GPL-2.0
/* group_members.c - in: which processes are meant; out: each once, those of one family one after the other. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/groups/group_members.h"

int group_members_init(struct group_members *members, const struct targets *targets)
{
	static const struct selection nobody;
	int ret = 0;

	memset(members, 0, sizeof(*members));
	members->people = &targets->people;
	if (!targets->people.nr) {
		members->people = &members->read;
		ret = people_read(&members->read, &nobody, NULL);
	}
	if (ret)
		return ret;
	members->members = calloc(targets->nr + 1, sizeof(*members->members));
	members->identities = calloc(targets->nr + 1, sizeof(*members->identities));
	return members->members && members->identities ? 0 : -ENOMEM;
}

void group_members_free(struct group_members *members)
{
	for (size_t i = 0; i < members->nr; i++) {
		free(members->members[i].family);
		identity_free(members->members[i].identity);
	}
	free(members->members);
	free(members->identities);
	people_free(&members->read);
}

static bool is_member(const struct group_members *members, pid_t pid)
{
	for (size_t i = 0; i < members->nr; i++)
		if (members->members[i].identity->pid == pid)
			return true;
	return false;
}

/* Of those that were found each is there once. */
bool group_members_add(struct group_members *members, const struct target *target, pid_t pid)
{
	const struct person *person = people_find(members->people, pid);
	struct identity *identity = &members->identities[members->nr];

	if (!person)
		return false;
	if (!target->started && is_member(members, pid))
		return true;
	*identity = (struct identity){ .pid = pid, .session = person->session };
	members->members[members->nr++] = (struct group_member){ .target = target, .identity = identity };
	return true;
}

static int by_pid(const void *a, const void *b)
{
	const struct group_member *x = a, *y = b;

	return (x->identity->pid > y->identity->pid) - (x->identity->pid < y->identity->pid);
}

static const struct group_member *find(const struct group_members *members, pid_t pid)
{
	struct identity identity = { .pid = pid };
	struct group_member key = { .identity = &identity };

	return bsearch(&key, members->members, members->nr, sizeof(key), by_pid);
}

/* All were not read at one moment, so that the way up may be a circle: it is no longer than there are processes. */
static pid_t find_tree(const struct group_members *members, pid_t pid)
{
	const struct person *person = people_find(members->people, pid);
	pid_t tree = pid;

	for (size_t i = 0; person && i < members->people->nr; i++) {
		if (find(members, person->pid))
			tree = person->pid;
		person = people_find(members->people, person->parent);
	}
	return tree;
}

/* All values of keys of processes, each with its length before it. */
static char *make_family(const struct group_by *by, const struct group_member *member)
{
	char number[GROUP_NUMBER_MAX], *family = strdup("");

	for (size_t i = 0; family && i < by->nr; i++) {
		const char *value;
		char *longer;

		if (group_key_is_of_area(by->key[i]))
			continue;
		value = group_of_process(by->key[i], member->identity, member->tree, number);
		if (asprintf(&longer, "%s%zd:%s", family, value ? (ssize_t)strlen(value) : -1,
			     value ? value : "") < 0)
			longer = NULL;
		free(family);
		family = longer;
	}
	return family;
}

static int by_family(const void *a, const void *b)
{
	const struct group_member *x = a, *y = b;
	int ret = strcmp(x->family, y->family);

	return ret ? ret : by_pid(a, b);
}

int group_members_arrange(struct group_members *members, const struct group_by *by)
{
	qsort(members->members, members->nr, sizeof(*members->members), by_pid);
	for (size_t i = 0; i < members->nr; i++) {
		struct group_member *member = &members->members[i];

		identity_read(member->identity, group_by_texts(by), i ? member[-1].identity : NULL);
		if (group_by_has(by, GROUP_BY_TREE))
			member->tree = find_tree(members, member->identity->pid);
		member->family = make_family(by, member);
		if (!member->family)
			return -ENOMEM;
	}
	qsort(members->members, members->nr, sizeof(*members->members), by_family);
	return 0;
}
