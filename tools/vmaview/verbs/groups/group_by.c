// SPDX-License-Identifier: GPL-2.0
/* group_by.c - in: what --by names; out: keys of processes and of areas, and what they are of each of these. */
#include <stdio.h>
#include <string.h>

#include "columns/column_text.h"
#include "proc/object_search.h"
#include "text/nearest.h"
#include "text/say.h"
#include "verbs/groups/group_by.h"
#include "vmaview/kind.h"

const char *const group_key_names[GROUP_BY_NR] = {
	[GROUP_BY_PID] = "pid",
	[GROUP_BY_NAME] = "name",
	[GROUP_BY_EXE] = "exe",
	[GROUP_BY_USER] = "user",
	[GROUP_BY_CGROUP] = "cgroup",
	[GROUP_BY_SESSION] = "session",
	[GROUP_BY_TREE] = "tree",
	[GROUP_BY_KIND] = "kind",
	[GROUP_BY_MAPPING] = "mapping",
	[GROUP_BY_FAULT] = "fault",
	[GROUP_BY_OPS] = "ops",
	[GROUP_BY_PERMS] = "perms",
	[GROUP_BY_LABEL] = "label",
	[GROUP_BY_OBJECT] = "object",
};

static int say_unknown(const char *word, size_t length)
{
	struct nearest nearest = nearest_to(word, length);

	for (size_t i = 0; i < GROUP_BY_NR; i++)
		nearest_offer(&nearest, group_key_names[i]);
	if (nearest.best)
		say("--by knows no '%.*s'; did you mean %s?", (int)length, word, nearest.best);
	else
		say("--by knows no '%.*s'; it takes pid, name, exe, user, cgroup, session, tree, kind, mapping, "
		    "fault, ops, perms, label, object", (int)length, word);
	return EXIT_USAGE;
}

static int add_key(struct group_by *by, const char *word, size_t length)
{
	size_t key = 0;

	while (key < GROUP_BY_NR &&
	       (strlen(group_key_names[key]) != length || strncmp(group_key_names[key], word, length)))
		key++;
	if (key == GROUP_BY_NR)
		return say_unknown(word, length);
	if (by->nr == GROUP_BY_MAX) {
		say("--by takes one key, or two");
		return EXIT_USAGE;
	}
	if (by->nr && by->key[0] == key) {
		say("--by names %s twice", group_key_names[key]);
		return EXIT_USAGE;
	}
	by->key[by->nr++] = key;
	return EXIT_DONE;
}

int group_by_parse(struct group_by *by, const char *text)
{
	int ret;

	by->nr = 0;
	do {
		size_t length = strcspn(text, ",");

		ret = add_key(by, text, length);
		text += length;
	} while (!ret && *text++);
	return ret;
}

bool group_by_areas(const struct group_by *by)
{
	for (size_t i = 0; i < by->nr; i++)
		if (group_key_is_of_area(by->key[i]))
			return true;
	return false;
}

unsigned int group_by_texts(const struct group_by *by)
{
	unsigned int texts = 0;

	for (size_t i = 0; i < by->nr; i++) {
		texts |= by->key[i] == GROUP_BY_NAME ? IDENTITY_NAME : 0;
		texts |= by->key[i] == GROUP_BY_EXE ? IDENTITY_EXE : 0;
		texts |= by->key[i] == GROUP_BY_CGROUP ? IDENTITY_CGROUP : 0;
		texts |= by->key[i] == GROUP_BY_USER ? IDENTITY_USER : 0;
	}
	return texts;
}

bool group_by_has(const struct group_by *by, enum group_key key)
{
	for (size_t i = 0; i < by->nr; i++)
		if (by->key[i] == key)
			return true;
	return false;
}

/* A kind goes by flags, and by where the threads are, which are on no object. */
unsigned int group_by_wants(const struct group_by *by)
{
	if (group_by_has(by, GROUP_BY_KIND))
		return VMAVIEW_WANT_VMFLAGS | VMAVIEW_WANT_LAYOUT;
	return group_by_has(by, GROUP_BY_OBJECT) ? VMAVIEW_WANT_VMFLAGS : 0;
}

const char *group_of_process(enum group_key key, const struct identity *identity, pid_t tree, char *number)
{
	switch (key) {
	case GROUP_BY_NAME:
		return identity->name;
	case GROUP_BY_EXE:
		return identity->exe;
	case GROUP_BY_USER:
		return identity->user;
	case GROUP_BY_CGROUP:
		return identity->cgroup;
	case GROUP_BY_PID:
		snprintf(number, GROUP_NUMBER_MAX, "%d", identity->pid);
		return number;
	case GROUP_BY_SESSION:
		snprintf(number, GROUP_NUMBER_MAX, "%d", identity->session);
		return number;
	default:
		snprintf(number, GROUP_NUMBER_MAX, "%d", tree);
		return number;
	}
}

/* An area was cut so that all of its pages have one. */
static const char *label_of(const struct group_by *by, const struct process *process, size_t index)
{
	uint64_t page_size = process->page_size ? process->page_size : 4096, next;
	const char *name = labels_find(by->labels, process->areas[index].start, page_size, &next);

	return *name ? name : NULL;
}

/* Most areas are of none. */
static const char *object_of(const struct group_by *by, const struct process *process, size_t index)
{
	static const unsigned char kinds[KIND_OF_NR] = {
		[KIND_OF_SHMEM] = OBJECT_SHMEM + 1,
		[KIND_OF_MEMFD] = OBJECT_MEMFD + 1,
		[KIND_OF_SYSV] = OBJECT_SYSV + 1,
		[KIND_OF_HUGETLB] = OBJECT_HUGETLB + 1,
	};
	unsigned int kind = kinds[kind_of_area(process, index)];
	const struct object *object;

	if (!kind)
		return NULL;
	object = object_of_area(by->objects, kind - 1, process, index);
	return object ? object->text : NULL;
}

static const char *kind_text(enum kind kind)
{
	return kind == KIND_OF_UNKNOWN ? NULL : kind_names[kind];
}

const char *group_of_area(const struct group_by *by, enum group_key key, const struct process *process, size_t index,
			  char *text)
{
	const struct cell cell = { .process = process, .area = &process->areas[index], .show_path = true };
	int length;

	switch (key) {
	case GROUP_BY_KIND:
		return kind_text(kind_of_area(process, index));
	case GROUP_BY_LABEL:
		return label_of(by, process, index);
	case GROUP_BY_OBJECT:
		return object_of(by, process, index);
	case GROUP_BY_MAPPING:
		length = text_mapping(&cell, text, GROUP_TEXT_MAX);
		break;
	case GROUP_BY_FAULT:
		length = text_fault(&cell, text, GROUP_TEXT_MAX);
		break;
	case GROUP_BY_OPS:
		length = text_ops(&cell, text, GROUP_TEXT_MAX);
		return length == 0 ? "none" : length > 0 ? text : NULL;
	default:
		length = text_perms(&cell, text, GROUP_TEXT_MAX);
		break;
	}
	return length < 0 ? NULL : text;
}
