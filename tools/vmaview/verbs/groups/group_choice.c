// SPDX-License-Identifier: GPL-2.0
/* group_choice.c - in: --by and --labels; out: what groups are made by. */
#include "proc/memory.h"
#include "verbs/groups/group_choice.h"

/* Of a file there is what the file says. */
static void choose_objects(struct group_choice *choice, const struct options *options)
{
	objects_init(&choice->objects);
	if (!group_by_has(&choice->by, GROUP_BY_OBJECT))
		return;
	choice->objects.live = !options->from;
	choice->objects.swapped = memory_is_swapped();
	choice->by.objects = &choice->objects;
}

int group_choose(struct group_choice *choice, const struct options *options, enum group_key fallback)
{
	bool by_label;
	int ret;

	*choice = (struct group_choice){ .by = { .key = { fallback }, .nr = 1 } };
	ret = options->by ? group_by_parse(&choice->by, options->by) : EXIT_DONE;
	if (ret)
		return ret;
	choose_objects(choice, options);
	by_label = group_by_has(&choice->by, GROUP_BY_LABEL);
	if (by_label == !options->labels) {
		say(by_label ? "--by label needs to know the labels: --labels FILE" :
		    "--labels has no effect but with --by label");
		return EXIT_USAGE;
	}
	if (!by_label)
		return EXIT_DONE;
	choice->by.labels = &choice->labels;
	return labels_read(&choice->labels, options->labels);
}

void group_choice_free(struct group_choice *choice)
{
	labels_free(&choice->labels);
	objects_free(&choice->objects);
}
