// SPDX-License-Identifier: GPL-2.0
/* options.c - in: argv; out: options, or one line that says what is wrong with it. */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "command/moment.h"
#include "command/operands.h"
#include "command/option_rows.h"
#include "command/options.h"
#include "command/usage.h"
#include "text/nearest.h"

void options_choose(struct options *options, unsigned int flags)
{
	const struct column_set *set = options->row->columns;

	options->nr_columns = 0;
	for (size_t i = 0; i < set->nr; i++)
		if ((set->columns[i].flags & flags) == flags && !(set->columns[i].flags & COL_PART))
			options->columns[options->nr_columns++] = &set->columns[i];
}

/* May there be several, today or another time?  What a script reads has the same columns then. */
static bool may_be_several(const struct options *options)
{
	return options->several_saved || options->targets.nr > 1 ||
	       (options->selection.nr && !selection_is_named(&options->selection));
}

static bool is_called(const struct column *column)
{
	return column->flags & COL_CALLED;
}

void options_choose_default(struct options *options)
{
	const struct column *pid = column_find(options->row->columns, "Pid", 3);

	options_choose(options, COL_DEFAULT);
	for (size_t i = 0; options->labels && i < options->row->columns->nr; i++)
		if (is_called(&options->row->columns->columns[i]))
			options->columns[options->nr_columns++] = &options->row->columns->columns[i];
	if (!pid || !options->raw || !may_be_several(options))
		return;
	memmove(options->columns + 1, options->columns,
		options->nr_columns++ * sizeof(options->columns[0]));
	options->columns[0] = pid;
}

static bool is_place(const struct column *column)
{
	return column->flags & COL_PLACE;
}

static bool is_kind(const struct column *column)
{
	return column->flags & COL_KIND;
}

/* JSON that names no columns has all that are not for the eye; what --labels names is shown by itself. */
static bool need(const struct options *options, bool (*is)(const struct column *))
{
	const struct column_set *set = options->row->columns;

	if ((options->sort && is(options->sort)) || (options->filter && filter_uses(options->filter, is)))
		return true;
	for (size_t i = 0; i < options->nr_columns; i++)
		if (is(options->columns[i]))
			return true;
	for (size_t i = 0; set && !options->nr_columns && i < set->nr; i++)
		if (is(&set->columns[i]) && ((options->json && !(set->columns[i].flags & COL_VIEW)) ||
					     (options->labels && is_called(&set->columns[i]))))
			return true;
	return false;
}

bool options_need_places(const struct options *options)
{
	return need(options, is_place);
}

bool options_need_kinds(const struct options *options)
{
	return need(options, is_kind);
}

bool options_show_called(const struct options *options)
{
	return need(options, is_called);
}

static const struct column *find_column(const struct options *options, const char *name,
					size_t length)
{
	const struct column_set *set = options->row->columns;
	const struct column *column = column_find(set, name, length);
	const char *near = column ? NULL : column_suggest(set, name, length);

	if (!column && near)
		say("no column is called '%.*s'; did you mean %s?", (int)length, name, near);
	else if (!column)
		say("no column is called '%.*s'; --help lists them", (int)length, name);
	return column;
}

/* "Address,RSS", or "+Pss" to add to the default view, or to what was chosen before. */
static int parse_columns(struct options *options, const char *list)
{
	if (*list != '+')
		options->nr_columns = 0;
	else if (!options->nr_columns)
		options_choose(options, COL_DEFAULT);
	list += *list == '+';
	do {
		size_t length = strcspn(list, ",");
		const struct column *column = find_column(options, list, length);

		if (!column)
			return EXIT_USAGE;
		if (options->nr_columns == COLUMNS_MAX) {
			say("more than %d columns", COLUMNS_MAX);
			return EXIT_USAGE;
		}
		options->columns[options->nr_columns++] = column;
		list += length;
	} while (*list++);
	return EXIT_DONE;
}

static int parse_filter(struct options *options, const char *expression)
{
	struct filter_error error;

	filter_free(options->filter);
	options->filter = filter_parse(options->row->columns, expression, &error);
	if (options->filter)
		return EXIT_DONE;
	say("--filter: %s, at '%.40s'", error.why, expression + error.at);
	return EXIT_USAGE;
}

static int parse_color(struct options *options, const char *when)
{
	if (!when || !strcmp(when, "always")) {
		options->color = COLOR_ALWAYS;
	} else if (!strcmp(when, "never")) {
		options->color = COLOR_NEVER;
	} else if (!strcmp(when, "auto")) {
		options->color = COLOR_AUTO;
	} else {
		say("--color takes auto, always or never, not '%s'", when);
		return EXIT_USAGE;
	}
	return EXIT_DONE;
}

static int parse_tries(struct options *options, const char *number)
{
	char *end;
	unsigned long tries = strtoul(number, &end, 10);

	if (!isdigit((unsigned char)*number) || *end || !tries || tries > 1000) {
		say("--tries takes a number from 1 to 1000, not '%s'", number);
		return EXIT_USAGE;
	}
	options->tries = tries;
	return EXIT_DONE;
}

/* Seconds, with a fraction or without; 1 where there are none. */
static int parse_watch(struct options *options, const char *seconds)
{
	double value = 1;
	char *end;

	options->watch = true;
	if (seconds) {
		value = strtod(seconds, &end);
		if (!isdigit((unsigned char)*seconds) || *end || !(value >= 0.01 && value <= 86400)) {
			say("--watch takes seconds from 0.01 to 86400, not '%s'", seconds);
			return EXIT_USAGE;
		}
	}
	options->watch_ms = value * 1000;
	return EXIT_DONE;
}

static int parse_interval(struct options *options, const char *number)
{
	char *end;
	double seconds = strtod(number, &end);

	if (!isdigit((unsigned char)*number) || *end || !(seconds >= 0.01 && seconds <= 86400)) {
		say("--interval takes seconds from 0.01 to 86400, not '%s'", number);
		return EXIT_USAGE;
	}
	options->series = true;
	options->interval = seconds * 1e9;
	return EXIT_DONE;
}

static int parse_max_groups(struct options *options, const char *number)
{
	char *end;
	unsigned long groups = strtoul(number, &end, 10);

	if (!isdigit((unsigned char)*number) || *end || groups > UINT32_MAX) {
		say("--max-groups takes a number, not '%s'", number);
		return EXIT_USAGE;
	}
	options->max_groups = groups;
	return EXIT_DONE;
}

static int parse_duty(struct options *options, const char *number)
{
	char *end;
	double percent = strtod(number, &end);

	if (!isdigit((unsigned char)*number) || *end || !(percent >= 0.01 && percent <= 100)) {
		say("--duty takes percent from 0.01 to 100, not '%s'", number);
		return EXIT_USAGE;
	}
	options->duty = percent;
	return EXIT_DONE;
}

static int parse_max_seconds(struct options *options, const char *number)
{
	char *end;
	double seconds = strtod(number, &end);

	if (!isdigit((unsigned char)*number) || *end || !(seconds >= 0.001 && seconds <= 86400)) {
		say("--max-seconds takes seconds from 0.001 to 86400, not '%s'", number);
		return EXIT_USAGE;
	}
	options->max_seconds = seconds;
	return EXIT_DONE;
}

/* A number from 1 up to what 32 bits hold; 0 where it is none, which was said. */
static unsigned int parse_number(const char *option, const char *number)
{
	char *end;
	unsigned long count = strtoul(number, &end, 10);

	if (isdigit((unsigned char)*number) && !*end && count && count <= UINT32_MAX)
		return count;
	say("--%s takes a number above 0, not '%s'", option, number);
	return 0;
}

static int parse_count(struct options *options, const char *number)
{
	options->series = true;
	options->count = parse_number("count", number);
	return options->count ? EXIT_DONE : EXIT_USAGE;
}

/* Bytes, or with a letter KiB, MiB, GiB. */
static int parse_when_grown(struct options *options, const char *size)
{
	size_t digits = strspn(size, "0123456789");
	const char *letters = "KMG", *letter = strchr(letters, size[digits]);
	uint64_t bytes = 0;

	if (digits && digits < 20)
		bytes = strtoull(size, NULL, 10);
	if (!letter || (*letter && size[digits + 1]) ||
	    (*letter && __builtin_mul_overflow(bytes, UINT64_C(1) << 10 * (letter - letters + 1), &bytes)))
		bytes = 0;
	if (!bytes) {
		say("--when-grown takes a number of bytes above 0, or of K, M or G, not '%s'", size);
		return EXIT_USAGE;
	}
	options->series = true;
	options->when_grown = bytes;
	return EXIT_DONE;
}

static int parse_head(struct options *options, const char *number)
{
	options->head = parse_number("head", number);
	return options->head ? EXIT_DONE : EXIT_USAGE;
}

static int parse_sort(struct options *options, const char *name)
{
	options->sort_down = *name == '-';
	name += options->sort_down;
	options->sort = find_column(options, name, strlen(name));
	return options->sort ? EXIT_DONE : EXIT_USAGE;
}

static int choose_tree(struct options *options, const char *word)
{
	pid_t pid;
	int ret = operand_pid(word, &pid);

	return ret ? ret : selection_add(&options->selection, BY_TREE, word, pid);
}

/* Whose processes; -1: it is no option of these. */
static int choose_by(struct options *options, int code, const char *argument)
{
	switch (code) {
	case OPTION_NAME:
		return selection_add(&options->selection, BY_NAME, argument, 0);
	case OPTION_USER:
		return selection_add(&options->selection, BY_USER, argument, 0);
	case OPTION_CGROUP:
		return selection_add(&options->selection, BY_CGROUP, argument, 0);
	case OPTION_TREE:
		return choose_tree(options, argument);
	case OPTION_ALL:
		return selection_add(&options->selection, BY_ALL, NULL, 0);
	}
	return -1;
}

/* Of which there is nothing to do but to keep it. */
struct plain_option {
	int code;
	size_t member;		/* where it is in struct options */
};

/* Options whose argument is taken as it is. */
static const struct plain_option text_options[] = {
	{ OPTION_BY, offsetof(struct options, by) },
	{ OPTION_LABELS, offsetof(struct options, labels) },
	{ OPTION_HEAT, offsetof(struct options, heat) },
	{ OPTION_HTML, offsetof(struct options, html) },
	{ OPTION_SVG, offsetof(struct options, svg) },
	{ OPTION_TEXTFILE, offsetof(struct options, textfile) },
	{ 'f', offsetof(struct options, file) },
};

static int keep_argument(struct options *options, int code, const char *argument)
{
	for (size_t i = 0; i < sizeof(text_options) / sizeof(text_options[0]); i++)
		if (text_options[i].code == code)
			*(const char **)((char *)options + text_options[i].member) = argument;
	return EXIT_DONE;
}

/* What needs more than to be kept. */
static int apply_argument(struct options *options, int code, const char *argument)
{
	switch (code) {
	case 'o':
		return parse_columns(options, argument);
	case OPTION_FROM:
		options->from = argument;
		return moment_parse(argument, &options->from_path, &options->from_moment);
	case 'A':
		return operand_range(argument, &options->low, &options->high);
	case OPTION_SORT:
		return parse_sort(options, argument);
	case OPTION_HEAD:
		return parse_head(options, argument);
	case 'Q':
		return parse_filter(options, argument);
	case OPTION_COLOR:
		return parse_color(options, argument);
	case OPTION_TRIES:
		return parse_tries(options, argument);
	case OPTION_WATCH:
		return parse_watch(options, argument);
	case OPTION_INTERVAL:
		return parse_interval(options, argument);
	case OPTION_COUNT:
		return parse_count(options, argument);
	case OPTION_WHEN_GROWN:
		return parse_when_grown(options, argument);
	case OPTION_MAX_GROUPS:
		return parse_max_groups(options, argument);
	case OPTION_DUTY:
		return parse_duty(options, argument);
	case OPTION_MAX_SECONDS:
		return parse_max_seconds(options, argument);
	}
	return keep_argument(options, code, argument);
}

/* Options that only set a flag. */
static const struct plain_option flag_options[] = {
	{ 'H', offsetof(struct options, list_columns) },
	{ 'J', offsetof(struct options, json) },
	{ 'r', offsetof(struct options, raw) },
	{ 'n', offsetof(struct options, noheadings) },
	{ 'b', offsetof(struct options, bytes) },
	{ 'p', offsetof(struct options, show_path) },
	{ 'q', offsetof(struct options, quiet) },
	{ OPTION_NO_PFN, offsetof(struct options, no_pfn) },
	{ OPTION_PAGES, offsetof(struct options, pages) },
	{ OPTION_AREAS, offsetof(struct options, areas) },
	{ OPTION_UNHELD, offsetof(struct options, unheld) },
	{ OPTION_STREAM, offsetof(struct options, stream) },
	{ OPTION_HISTOGRAM, offsetof(struct options, histogram) },
	{ OPTION_LOCK_WAITS, offsetof(struct options, lock_waits) },
	{ OPTION_ASCII, offsetof(struct options, ascii) },
	{ OPTION_BATCH, offsetof(struct options, batch) },
	{ OPTION_ONCE, offsetof(struct options, once) },
	{ OPTION_SMAPS, offsetof(struct options, smaps) },
	{ OPTION_STRUCTS, offsetof(struct options, structs) },
	{ OPTION_LOAD, offsetof(struct options, load) },
	{ OPTION_STAT, offsetof(struct options, stat) },
	{ OPTION_EXIT_CODE, offsetof(struct options, exit_code) },
};

static bool set_flag(struct options *options, int code)
{
	for (size_t i = 0; i < sizeof(flag_options) / sizeof(flag_options[0]); i++) {
		if (flag_options[i].code != code)
			continue;
		*(bool *)((char *)options + flag_options[i].member) = true;
		return true;
	}
	return false;
}

static int apply(struct options *options, int code, const char *argument)
{
	int ret = choose_by(options, code, argument);

	if (ret >= 0 || set_flag(options, code))
		return ret > 0 ? ret : EXIT_DONE;
	switch (code) {
	case 'O':
		options_choose(options, 0);
		return EXIT_DONE;
	case 'h':
		usage_help(options->verbs, options->row);
		return -1;
	case 'V':
		usage_version();
		return -1;
	}
	return apply_argument(options, code, argument);
}

/* getopt's own tables, from ours: a colon first, and one after a letter with an argument; the end is all 0. */
struct getopt_tables {
	char letters[2 * OPTIONS_MAX + 2];
	struct option names[OPTIONS_MAX + 1];
};

static void fill_tables(struct getopt_tables *tables)
{
	char *letter = tables->letters;

	memset(tables, 0, sizeof(*tables));
	*letter++ = ':';
	for (size_t i = 0; i < nr_option_rows; i++) {
		const struct option_row *row = &option_rows[i];
		bool optional = row->argument && !strncmp(row->argument, "[=", 2);

		tables->names[i].name = row->name;
		tables->names[i].val = row->code;
		tables->names[i].has_arg = optional ? optional_argument :
			row->argument ? required_argument : no_argument;
		if (row->code > 255)
			continue;
		*letter++ = row->code;
		if (row->argument)
			*letter++ = ':';
	}
}

static const struct option_row *row_of(int code)
{
	for (size_t i = 0; i < nr_option_rows; i++)
		if (option_rows[i].code == code)
			return &option_rows[i];
	return NULL;
}

static int say_unknown_name(const char *given)
{
	const char *name = given + strspn(given, "-");
	struct nearest nearest = nearest_to(name, strcspn(name, "="));

	for (size_t i = 0; i < nr_option_rows; i++)
		nearest_offer(&nearest, option_rows[i].name);
	if (nearest.best)
		say("no option is called '%s'; did you mean --%s?", given, nearest.best);
	else
		say("no option is called '%s'; --help lists them", given);
	return EXIT_USAGE;
}

/* The word with the letter that getopt has just refused: it stays at one until its last letter is read. */
static const char *refused_word(char **argv)
{
	const char *before = argv[optind - 1];

	return before[0] == '-' && before[1] != '-' && before[strlen(before) - 1] == optopt ? before : argv[optind];
}

static int say_wrong_option(int code, char **argv)
{
	const char *given = argv[optind - 1];
	const struct option_row *row = row_of(optopt);

	if (!optopt)
		return say_unknown_name(given);
	if (row && code == ':')
		say("option --%s needs an argument: %s", row->name, row->argument);
	else if (row)
		say("option --%s takes no argument", row->name);
	else if (isdigit(optopt))
		say("'%s' is no PID: these are above 0", refused_word(argv));
	else
		say("no option is called '-%c'; --help lists them", optopt);
	return EXIT_USAGE;
}

/* An option that a verb would ignore is a mistake. */
static int check_used(const struct options *options, const struct option_row *row)
{
	if (row->verbs & options->row->verb)
		return EXIT_DONE;
	say("%s takes no option --%s", verb_name(options->row), row->name);
	return EXIT_USAGE;
}

/*
 * getopt moves all options before all other words: the first of those, which may be a verb, decides
 * what the options mean.
 */
static int find_verb(struct options *options, const struct getopt_tables *tables, int argc,
		     char **argv)
{
	int code;

	opterr = 0;
	while ((code = getopt_long(argc, argv, tables->letters, tables->names, NULL)) != -1)
		if (code == '?' || code == ':')
			return say_wrong_option(code, argv);
	if (operands_verb(options, argv[optind]))
		return EXIT_USAGE;
	optind = 0;	/* glibc's and musl's way to start over */
	return EXIT_DONE;
}

static int parse_options(struct options *options, const struct getopt_tables *tables, int argc,
			 char **argv)
{
	int code, ret;

	while ((code = getopt_long(argc, argv, tables->letters, tables->names, NULL)) != -1) {
		ret = check_used(options, row_of(code));
		if (!ret)
			ret = apply(options, code, optarg);
		if (ret)
			return ret;
	}
	if (options->json && options->raw) {
		say("--json and --raw exclude each other");
		return EXIT_USAGE;
	}
	return EXIT_DONE;
}

/* For whoever completes a command line: no process is asked for. */
static int list_columns(const struct options *options)
{
	if (options->json) {
		say("--list-columns and --json exclude each other");
		return EXIT_USAGE;
	}
	usage_columns(options->row->columns, options->raw, !options->noheadings);
	return -1;
}

int options_parse(struct options *options, const struct verb_list *verbs, int argc, char **argv)
{
	struct getopt_tables tables;
	int ret;

	memset(options, 0, sizeof(*options));
	options->verbs = verbs;
	options->high = UINT64_MAX;
	options->tries = 3;
	options->max_groups = 50;
	options->duty = 1;
	options->interval = 1000000000;
	fill_tables(&tables);
	ret = find_verb(options, &tables, argc, argv);
	if (!ret)
		ret = parse_options(options, &tables, argc, argv);
	if (ret)
		return ret;
	if (options->list_columns)
		return list_columns(options);
	return operands_parse(options, argv + optind + (options->row->verb != VERB_VIEW));
}

static bool takes_one(const struct options *options)
{
	return options->row->operands == OPERANDS_PID || options->row->operands == OPERANDS_PID_WORDS;
}

int options_choose_targets(struct options *options)
{
	struct progress progress = progress_search();
	int ret = targets_find(&options->targets, &options->selection, &progress);

	progress_hide(&progress);
	if (ret) {
		int code = targets_say(ret, &options->selection);

		/* A file of before has numbers of who was there then. */
		return ret == -ESRCH && options->textfile ? EXIT_DONE : code;
	}
	if (options->targets.nr == 1 || !takes_one(options))
		return EXIT_DONE;
	say("%s takes one process, and %zu are chosen: PID %d, PID %d ...", verb_name(options->row),
	    options->targets.nr, options->targets.list[0].pid, options->targets.list[1].pid);
	return EXIT_USAGE;
}

void options_free(struct options *options)
{
	free(options->from_path);
	filter_free(options->filter);
	selection_free(&options->selection);
	targets_free(&options->targets);
}
