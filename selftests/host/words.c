// SPDX-License-Identifier: GPL-2.0
/* words.c - what goes in and out as text: escapes, ranges, PIDs, suggestions. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "columns/columns.h"
#include "command/operands.h"
#include "ktap.h"
#include "text/escape.h"
#include "text/nearest.h"

static bool escapes_to(const char *text, const char *expect, size_t room)
{
	char out[256];

	escape_text(text, out, room);
	return !strcmp(out, expect) ? true : ktap_note("'%s' became '%s'", expect, out);
}

static bool plain_text(void)
{
	return escapes_to("/usr/bin/a b\\012", "/usr/bin/a b\\012", 256);
}

static bool controls(void)
{
	return escapes_to("a\x1b[0m\n\x7f", "a\\033[0m\\012\\177", 256);
}

static bool c1_controls(void)
{
	return escapes_to("\xc2\x9b" "31m", "\\302\\23331m", 256);
}

static bool utf8(void)
{
	return escapes_to("\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\xa7", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\xa7",
			  256);
}

static bool not_utf8(void)
{
	return escapes_to("\xff\xc3", "\\377\\303", 256) &&
	       escapes_to("\xc0\xaf", "\\300\\257", 256) &&
	       escapes_to("\xed\xa0\x80", "\\355\\240\\200", 256) &&
	       escapes_to("\xf4\x90\x80\x80", "\\364\\220\\200\\200", 256);
}

static bool cuts_between(void)
{
	return escapes_to("abcdef", "abc", 4) && escapes_to("ab\xe2\x82\xac", "ab", 5) &&
	       escapes_to("ab\n", "ab", 6) && escapes_to("ab\n", "ab\\012", 7);
}

static bool range_is(const char *text, uint64_t low, uint64_t high)
{
	uint64_t got_low, got_high;

	if (operand_range(text, &got_low, &got_high) == EXIT_DONE && got_low == low &&
	    got_high == high)
		return true;
	return ktap_note("'%s' is %llx,%llx", text, (unsigned long long)got_low,
			 (unsigned long long)got_high);
}

static bool ranges(void)
{
	return range_is("1000", 0x1000, 0x1000) && range_is("0x1000,2000", 0x1000, 0x2000) &&
	       range_is("1000,", 0x1000, UINT64_MAX) && range_is(",2fFf", 0, 0x2fff) &&
	       range_is(",", 0, UINT64_MAX) &&
	       range_is("0,ffffffffffffffff", 0, UINT64_MAX);
}

/* What they say on stderr is none of ours here. */
static bool range_is_refused(const char *text)
{
	uint64_t low, high;

	return operand_range(text, &low, &high) == EXIT_USAGE ? true :
		ktap_note("'%s' is taken", text);
}

static bool wrong_ranges(void)
{
	return range_is_refused("") && range_is_refused("2000,1000") && range_is_refused("-1") &&
	       range_is_refused(" 1000") && range_is_refused("10g") && range_is_refused("0x") &&
	       range_is_refused("1000,2000,3000") && range_is_refused("10000000000000000");
}

static bool pid_is(const char *text, int code, pid_t expect)
{
	pid_t pid = 0;
	int ret = operand_pid(text, &pid);

	return ret == code && pid == expect ? true : ktap_note("'%s' is %d, %d", text, ret, pid);
}

static bool pids(void)
{
	return pid_is("1", EXIT_DONE, 1) && pid_is("/proc/4711", EXIT_DONE, 4711) &&
	       pid_is("/proc/4711/", EXIT_DONE, 4711) &&
	       pid_is("2147483647", EXIT_DONE, 2147483647);
}

static bool wrong_pids(void)
{
	static const char *const words[] = {
		"0", "-1", "+1", " 1", "1x", "0x10", "1/", "2147483648", "99999999999999999999",
		"4294967297", "/proc/", "/proc/self", "/proc/0", "", "1.5",
	};
	bool holds = true;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		holds &= pid_is(words[i], EXIT_USAGE, 0);
	return holds;
}

static bool suggests(const char *typed, const char *expect)
{
	const char *best = column_suggest(&area_columns, typed, strlen(typed));

	if (!best || !expect)
		return best == expect;
	return !strcmp(best, expect) ? true : ktap_note("%s for %s", best, typed);
}

static bool suggestions(void)
{
	return suggests("Rsss", "RSS") && suggests("cowdebt", "Cow_Debt") &&
	       suggests("maping", "Mapping") && suggests("Reclaim_Nevr", "Reclaim_Never") &&
	       suggests("completely_different", NULL);
}

static const struct column *find(const char *name)
{
	return column_find(&area_columns, name, strlen(name));
}

static bool column_names(void)
{
	bool holds = find("rss") == find("RSS") && find("size") == find("KBYTES") &&
		     !find("rs") && !find("rsss") && !find("");

	/* No name and no alias is taken twice. */
	for (size_t i = 0; i < area_columns.nr; i++) {
		const struct column *column = &area_columns.columns[i];

		holds &= find(column->name) == column;
		holds &= !column->alias || find(column->alias) == column;
	}
	return holds;
}

static const struct column *column_of_key(enum key key)
{
	enum key_group group = key_rows[key].group;
	char name[64];

	snprintf(name, sizeof(name), "%s%s%s", group ? key_groups[group].name : "", group ? "." : "",
		 key_rows[key].name);
	return find(name);
}

/* Each number of `areas` and each group of them can be asked for by its name there. */
static bool every_key_is_a_column(void)
{
	for (int key = 0; key < KEY_NR; key++) {
		const struct column *column = column_of_key(key);
		enum key_group group = key_rows[key].group;

		if (!column || column_key(column) != (enum key)key || (group && !find(key_groups[group].name)))
			return ktap_note("no column of %s", key_rows[key].name);
	}
	return true;
}

/* Some stand in the default view by hand: what is said of them there is what the list says. */
static bool columns_follow_their_keys(void)
{
	for (int key = 0; key < KEY_NR; key++) {
		const struct column *column = column_of_key(key);
		const struct key_row *row = &key_rows[key];
		bool size = column && column->kind == KIND_SIZE;

		if (!column || size != (row->unit == UNIT_BYTES) || !!(column->flags & COL_PROC) != row->smaps ||
		    !!(column->flags & COL_PART) != !!row->group || strcmp(column_help(column), row->help))
			return ktap_note("the column of %s is not as its key", row->name);
	}
	return true;
}

/* JSON has the names of `areas` in lower case; those of parts are names already. */
static bool json_keys_are_names(void)
{
	for (int key = 0; key < KEY_NR; key++) {
		const struct key_row *row = &key_rows[key];

		if (row->group ? strcmp(row->json, row->name) : strcasecmp(row->json, row->name) ||
		    strpbrk(row->json, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
			return ktap_note("%s in JSON is %s", row->name, row->json);
	}
	return true;
}

/* The parts of a group are those from its first to its last, and no others. */
static bool parts_are_in_their_group(void)
{
	for (int key = 0; key < KEY_NR; key++)
		for (int group = GROUP_NONE + 1; group < GROUP_NR; group++)
			if ((key >= (int)key_groups[group].first && key <= (int)key_groups[group].last) !=
			    ((int)key_rows[key].group == group))
				return ktap_note("%s and %s", key_groups[group].name, key_rows[key].name);
	return true;
}

static const struct ktap_test tests[] = {
	{ "plain text and what the kernel escaped stay", plain_text },
	{ "control characters become octal", controls },
	{ "so do those above 0x80", c1_controls },
	{ "UTF-8 stays", utf8 },
	{ "what is no UTF-8 becomes octal", not_utf8 },
	{ "text is never cut inside of a character", cuts_between },
	{ "ranges are those of pmap -A", ranges },
	{ "ranges that are reversed or malformed are refused", wrong_ranges },
	{ "PIDs are numbers or /proc/PID", pids },
	{ "what is no PID is refused", wrong_pids },
	{ "a mistyped column has a suggestion", suggestions },
	{ "columns are found in any case, by either name, and no name is taken twice", column_names },
	{ "each key of the kernel's text is a column", every_key_is_a_column },
	{ "of its unit, with its help, and from /proc where smaps has it", columns_follow_their_keys },
	{ "keys in JSON are those of the text in lower case", json_keys_are_names },
	{ "a group has the parts from its first to its last", parts_are_in_their_group },
};

int main(void)
{
	if (!freopen("/dev/null", "w", stderr))
		return 1;
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
