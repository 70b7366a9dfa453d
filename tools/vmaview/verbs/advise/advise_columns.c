// SPDX-License-Identifier: GPL-2.0
/* advise_columns.c - in: a finding; out: the columns of it. */
#include <stdio.h>

#include "verbs/advise/advise.h"
#include "verbs/advise/findings.h"

static const struct finding *finding_of(const struct cell *cell)
{
	return *(const struct finding *const *)cell->row;
}

COLUMN_GETTER(bytes, finding_of(cell)->bytes)

static int put(char *out, size_t room, const char *text)
{
	return snprintf(out, room, "%s", text);
}

static int text_kind(const struct cell *cell, char *out, size_t room)
{
	return put(out, room, finding_of(cell)->row->kind);
}

static int text_what(const struct cell *cell, char *out, size_t room)
{
	return put(out, room, finding_of(cell)->row->what);
}

static int text_sure(const struct cell *cell, char *out, size_t room)
{
	return put(out, room, finding_of(cell)->row->maybe ? "maybe" : "exact");
}

/* Of who has the most. */
static int text_command(const struct cell *cell, char *out, size_t room)
{
	const struct finding *finding = finding_of(cell);

	if (!finding->row->after || !finding->nr)
		return put(out, room, finding->row->command);
	return snprintf(out, room, "%s%d%s", finding->row->command, finding->who->pid, finding->row->after);
}

static int text_remedy(const struct cell *cell, char *out, size_t room)
{
	return put(out, room, finding_of(cell)->row->remedy);
}

/* As many as a cell has room for. */
static int text_pids(const struct cell *cell, char *out, size_t room)
{
	const struct finding *finding = finding_of(cell);
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < finding->nr && used + 16 < room; i++)
		used += snprintf(out + used, room - used, "%s%d", i ? " " : "", finding->who[i].pid);
	return used;
}

#define D COL_DEFAULT

static const struct column columns[] = {
	COLUMN_TEXT("Kind", NULL, "kind", TEXT, 0, text_kind, "a word for what was found: see vmaview(8)"),
	COLUMN_NUMBER("Kbytes", "Size", "bytes", SIZE, D, number_bytes, "how much memory it is about"),
	COLUMN_TEXT("Sure", NULL, "sure", TEXT, D, text_sure, "exact, or maybe: not all of it can be known"),
	COLUMN_TEXT("What", NULL, "what", TEXT, D, text_what, "what was found"),
	COLUMN_TEXT("Command", NULL, "command", TEXT, D, text_command,
		    "what shows it, of the process that has the most"),
	COLUMN_TEXT("Remedy", NULL, "remedy", TEXT, D | COL_TRUNC, text_remedy, "what usually removes it"),
	COLUMN_TEXT("Pids", NULL, "pids", WORDS, COL_VIEW, text_pids, "whose it is, the most bytes first"),
};

const struct column_set advise_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
