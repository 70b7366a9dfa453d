// SPDX-License-Identifier: GPL-2.0
/* tables.c - a long table has the bytes that libsmartcols would draw. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "draw/table.h"
#include "ktap.h"

/* Longer than a byte can say. */
#define LONG_NAME "/a name that is as long as only a path can be, of folders that are in folders, which are in " \
	"folders again and again, until nobody remembers any more in which folder of which folder all of that " \
	"once began, and it goes on and on and on, as if the one who named it were paid by the letter"

/* Rows of a few cells each; NULL: the cell is not set. */
static const char *const rows[][4] = {
	{ "00007f0000000000", "4", "rw---", "[ anon ]" },
	{ "00007f0000001000", "123456789", ".", "caf\xc3\xa9 \xe2\x82\xac.so" },
	{ "00007f0000002000", "0", "\xe6\xbc\xa2\xe5\xad\x97", "x" },
	{ "----------------", "-------", NULL, NULL },
	{ "00007f0000003000", NULL, "y", "z" },
	{ "total", "4", "", "" },
	{ "\\012 x", "4", " ", "a b\\" },
	{ "00007f0000004000", "4", "", LONG_NAME },
	{ "00007f0000005000", "4", "", LONG_NAME "\xc3\xa9" },
};

static int fill(struct table *table)
{
	static const char *const headings[] = { "Address", "Kbytes", "Mode", "Mapping" };
	int ret = 0;

	for (size_t i = 0; i < 4; i++)
		ret |= table_add_column(table, headings[i], i == 1, i == 3);
	for (size_t row = 0; row < sizeof(rows) / sizeof(rows[0]); row++) {
		ret |= table_add_row(table);
		for (size_t i = 0; i < 4; i++)
			if (rows[row][i])
				ret |= table_set(table, i, rows[row][i], strlen(rows[row][i]), NULL);
	}
	return ret;
}

#define DRAWN 16384

/* What a table of this style prints, in a string of the caller's. */
static char *drawn(const struct table_style *style)
{
	FILE *file = tmpfile();
	int saved = dup(STDOUT_FILENO);
	char *text = calloc(1, DRAWN);
	struct table *table;

	fflush(stdout);
	if (!file || saved < 0 || !text || dup2(fileno(file), STDOUT_FILENO) < 0)
		abort();
	/* What is no terminal is drawn otherwise from the beginning. */
	table = table_new(style);
	if (!table || fill(table) || table_print(table))
		abort();
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	rewind(file);
	if (!fread(text, 1, DRAWN - 1, file))
		ktap_note("nothing was drawn");
	fclose(file);
	table_free(table);
	return text;
}

static bool same(struct table_style style)
{
	char *by_library = drawn(&style), *by_us;
	bool holds;

	style.rows = TABLE_LONG;
	by_us = drawn(&style);
	holds = !strcmp(by_library, by_us) ? true :
		ktap_note("library:\n%s# and we:\n%s#", by_library, by_us);
	free(by_library);
	free(by_us);
	return holds;
}

static bool with_headings(void)
{
	return same((struct table_style){ .raw = false });
}

static bool without_headings(void)
{
	return same((struct table_style){ .noheadings = true });
}

static bool raw(void)
{
	return same((struct table_style){ .raw = true });
}

static const struct ktap_test tests[] = {
	{ "a long table has the bytes of a short one", with_headings },
	{ "also without headings", without_headings },
	{ "and where cells are raw", raw },
};

int main(void)
{
	if (!setlocale(LC_ALL, "C.UTF-8"))
		ktap_note("no locale C.UTF-8");
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
