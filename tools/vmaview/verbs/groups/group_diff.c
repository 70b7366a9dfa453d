// SPDX-License-Identifier: GPL-2.0
/* group_diff.c - in: OLD and NEW, and --by; out: what has changed of their groups. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/moment.h"
#include "command/operands.h"
#include "draw/sheet.h"
#include "verbs/groups/group_diff.h"
#include "verbs/groups/group_diff_columns.h"
#include "verbs/groups/group_diff_json.h"

/* What shows areas, or chooses columns of theirs. */
static int check(const struct options *options)
{
	if (options->stat)
		say("diff --by sums up by its own keys; it takes no --stat");
	else if (options->nr_columns || options->sort)
		say("diff --by has its own columns; it takes no -o, -O or --sort");
	else if (options->json && options->head)
		say("diff -J prints all that differs; it takes no --head");
	else
		return EXIT_DONE;
	return EXIT_USAGE;
}

/* A state is chosen as groups chooses what it reads. */
static int parse_word(struct group_diff_side *side)
{
	const char *word = side->word;
	int ret;

	if (operand_is_pid(word)) {
		ret = operand_pid(word, &side->pid);
		return ret ? ret : selection_add(&side->options.selection, BY_PID, word, side->pid);
	}
	side->options.from = word;
	return moment_parse(word, &side->options.from_path, &side->options.from_moment);
}

static int parse(struct group_diff_side *side, const struct options *options, const char *word)
{
	int ret;

	*side = (struct group_diff_side){ .options = *options, .word = word };
	process_init(&side->groups.source);
	side->options.selection = (struct selection){ .nr = 0 };
	ret = parse_word(side);
	return ret ? ret : group_choose(&side->choice, &side->options, GROUP_BY_NAME);
}

static int read_side(struct group_diff_side *side)
{
	int ret = side->pid ? options_choose_targets(&side->options) : EXIT_DONE;

	if (ret)
		return ret;
	side->read = true;
	ret = groups_read(&side->groups, &side->options, &side->choice.by);
	if (ret || side->groups.read || !side->options.from_pid)
		return ret ? ret : groups_exit_code(&side->groups);
	say("%s: it has no process %d", side->word, side->options.from_pid);
	return EXIT_NOBODY;
}

static void free_side(struct group_diff_side *side)
{
	if (side->read)
		groups_free(&side->groups);
	group_choice_free(&side->choice);
	free(side->options.from_path);
	selection_free(&side->options.selection);
	targets_free(&side->options.targets);
}

static void print_total(const struct group_changes *changes)
{
	const struct group_change *total = &changes->total;

	if (!changes->nr) {
		puts("\nnothing differs");
		return;
	}
	printf("\n%zu group%s", changes->nr, changes->nr == 1 ? "" : "s");
	if (total->known >> COUNT_FRAMES & 1)
		printf("; Frames %+lld kB", (long long)total->delta[COUNT_FRAMES] / 1024);
	if (total->known >> (COUNT_SUMS + GROUP_RSS) & 1)
		printf("; Rss %+lld kB", (long long)total->delta[COUNT_SUMS + GROUP_RSS] / 1024);
	puts("");
}

static int print(const struct options *options, const struct group_by *by, const struct group_changes *changes)
{
	struct sheet sheet = { .rows = changes->changes, .nr = changes->nr, .size = sizeof(*changes->changes) };
	struct options chosen = *options;
	struct group_diff_keys keys;
	int ret;

	chosen.nr_columns = group_diff_columns(by, &keys, chosen.columns);
	ret = sheet_print(&chosen, &sheet, 1);
	if (!ret && !options->quiet && !options->raw)
		print_total(changes);
	return ret;
}

static int show(const struct options *options, const struct group_diff_side *sides)
{
	struct group_changes changes;
	int ret = group_changes_find(&changes, &sides[0].groups.rows, &sides[1].groups.rows);
	bool differs = changes.nr;

	if (!ret && options->json)
		group_diff_json(sides, &changes);
	else if (!ret)
		ret = print(options, &sides[1].choice.by, &changes);
	group_changes_free(&changes);
	if (!ret)
		return options->exit_code && differs ? EXIT_DIFFERS : EXIT_DONE;
	say("out of memory");
	return EXIT_FAILED;
}

/* One PID and one file: that process and its past. */
static void pair(struct group_diff_side *sides)
{
	sides[0].options.from_pid = sides[0].pid ? 0 : sides[1].pid;
	sides[1].options.from_pid = sides[1].pid ? 0 : sides[0].pid;
}

static int compare(const struct options *options, struct group_diff_side *sides)
{
	int ret = parse(&sides[0], options, options->words[0]);

	if (!ret)
		ret = parse(&sides[1], options, options->words[1]);
	pair(sides);
	for (int i = 0; !ret && i < 2; i++)
		ret = read_side(&sides[i]);
	return ret ? ret : show(options, sides);
}

int group_diff_main(struct options *options)
{
	struct group_diff_side *sides;
	int ret = check(options);

	if (ret)
		return ret;
	sides = calloc(2, sizeof(*sides));
	if (!sides) {
		say("out of memory");
		return EXIT_FAILED;
	}
	ret = compare(options, sides);
	free_side(&sides[0]);
	free_side(&sides[1]);
	free(sides);
	return ret;
}
