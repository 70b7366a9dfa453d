// SPDX-License-Identifier: GPL-2.0
/* verify_print.c - in: verdicts; out: one row a difference, one line a process. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "draw/json.h"
#include "draw/sheet.h"
#include "verbs/verify/verify_print.h"

/* A row of the table. */
struct found {
	pid_t pid;
	const struct difference *difference;
};

static const struct difference *difference_of(const struct cell *cell)
{
	return ((const struct found *)cell->row)->difference;
}

static bool number_pid(const struct cell *cell, uint64_t *number)
{
	*number = ((const struct found *)cell->row)->pid;
	return true;
}

static bool number_address(const struct cell *cell, uint64_t *number)
{
	*number = difference_of(cell)->address;
	return true;
}

static int text_key(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", difference_of(cell)->key);
}

static int text_ours(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", difference_of(cell)->ours);
}

static int text_witness(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", witness_name[difference_of(cell)->witness]);
}

static int text_theirs(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", difference_of(cell)->theirs);
}

#define D COL_DEFAULT

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "pid", COUNT, D | COL_VIEW, number_pid, "the process"),
	COLUMN_NUMBER("Address", NULL, "start", ADDRESS, D, number_address, "first address of the area"),
	COLUMN_TEXT("Key", NULL, "key", TEXT, D, text_key, "what differs"),
	COLUMN_TEXT("Vmaview", NULL, "vmaview", TEXT, D, text_ours, "what the module says"),
	COLUMN_TEXT("Witness", NULL, "witness", TEXT, D, text_witness,
		    "who says something else: maps, smaps or pmap"),
	COLUMN_TEXT("Says", NULL, "says", TEXT, D | COL_TRUNC, text_theirs, "what that is"),
};

const struct column_set verify_columns = { columns, sizeof(columns) / sizeof(columns[0]) };

static size_t count(const struct verdict *verdicts, size_t nr)
{
	size_t rows = 0;

	for (size_t i = 0; i < nr; i++)
		rows += verdicts[i].differences.nr;
	return rows;
}

/* Free its rows. */
static int fill(struct sheet *sheet, const struct verdict *verdicts, size_t nr)
{
	struct found *found = calloc(count(verdicts, nr) + 1, sizeof(*found));

	*sheet = (struct sheet){ .rows = found, .size = sizeof(*found) };
	if (!found)
		return -ENOMEM;
	for (size_t i = 0; i < nr; i++)
		for (size_t j = 0; j < verdicts[i].differences.nr; j++)
			found[sheet->nr++] = (struct found){
				verdicts[i].pid, &verdicts[i].differences.list[j],
			};
	return 0;
}

static void names_of_witnesses(unsigned int asked, char *out, size_t room)
{
	size_t used = 0;

	*out = '\0';
	for (int witness = WITNESS_MAPS; witness <= WITNESS_PMAP; witness++)
		if (asked >> witness & 1)
			used += snprintf(out + used, room - used, "%s%s", used ? ", " : "",
					 witness_name[witness]);
}

static void print_verdict(const struct verdict *verdict)
{
	char witnesses[64];

	names_of_witnesses(verdict->asked, witnesses, sizeof(witnesses));
	printf("%d: %zu areas, %zu values against %s, read %u %s: ", verdict->pid, verdict->areas,
	       verdict->differences.values, witnesses, verdict->tries,
	       verdict->tries == 1 ? "time" : "times");
	if (verdict->differences.nr)
		printf("%zu differences; stop the process (kill -STOP) to be sure that they are "
		       "not its own doing\n", verdict->differences.nr);
	else
		puts("no difference");
}

static int print_table(struct options *options, const struct verdict *verdicts, size_t nr)
{
	struct sheet sheet;
	int ret = fill(&sheet, verdicts, nr);

	if (!ret && (sheet.nr || options->raw)) {
		if (!options->nr_columns)
			options_choose(options, COL_DEFAULT);
		sheet_sort(options, &sheet);
		ret = sheet_print(options, &sheet, 1);
	}
	for (size_t i = 0; !ret && !options->raw && i < nr; i++)
		print_verdict(&verdicts[i]);
	free(sheet.rows);
	return ret;
}

static void put_differences(struct json_out *out, const struct options *options, const struct sheet *sheet)
{
	json_open_array(out);
	for (size_t i = 0; i < options_head(options, sheet->nr); i++) {
		struct cell cell = sheet_cell(sheet, i);

		json_row(out, options, &cell);
	}
	json_end(out);
}

static void put_verdict(struct json_out *out, const struct options *options, const struct verdict *verdict,
			const struct sheet *sheet)
{
	json_open_object(out);
	json_put_int(out, "pid", verdict->pid);
	json_put_uint(out, "areas", verdict->areas);
	json_put_uint(out, "values", verdict->differences.values);
	json_put_uint(out, "tries", verdict->tries);
	json_key(out, "differences");
	put_differences(out, options, sheet);
	json_end(out);
}

static void put_verdicts(const struct options *options, const struct verdict *verdicts, const struct sheet *sheets,
			 size_t nr)
{
	struct json_out out;

	json_start(&out, JSON_PRETTY);
	json_open_object(&out);
	json_key(&out, "verify");
	json_open_array(&out);
	for (size_t i = 0; i < nr; i++)
		put_verdict(&out, options, &verdicts[i], &sheets[i]);
	json_end(&out);
	json_end(&out);
	json_finish(&out);
}

/* What can fail is done before anything is printed. */
static int print_json(const struct options *options, const struct verdict *verdicts, size_t nr)
{
	struct sheet *sheets = calloc(nr + 1, sizeof(*sheets));
	int ret = sheets ? 0 : -ENOMEM;

	for (size_t i = 0; !ret && i < nr; i++) {
		ret = fill(&sheets[i], &verdicts[i], 1);
		if (!ret)
			sheet_sort(options, &sheets[i]);
	}
	if (!ret)
		put_verdicts(options, verdicts, sheets, nr);
	for (size_t i = 0; sheets && i < nr; i++)
		free(sheets[i].rows);
	free(sheets);
	return ret;
}

int verify_print(struct options *options, const struct verdict *verdicts, size_t nr)
{
	return options->json ? print_json(options, verdicts, nr) : print_table(options, verdicts, nr);
}
