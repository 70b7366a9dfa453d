// SPDX-License-Identifier: GPL-2.0
/* verify_print.c - in: verdicts; out: one row a difference, one line a process. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <json-c/json.h>

#include "json.h"
#include "table.h"
#include "verify_print.h"

enum { AT_PID, AT_ADDRESS, AT_KEY, AT_OURS, AT_WITNESS, AT_THEIRS, AT_NR };

static struct table *new_table(const struct options *options)
{
	static const char *const headings[AT_NR] = {
		"Pid", "Address", "Key", "Vmaview", "Witness", "Says",
	};
	struct table_style style = {
		.raw = options->raw,
		.noheadings = options->noheadings,
		.color = color_wanted(options->color),
	};
	struct table *table = table_new(&style);

	for (size_t i = 0; table && i < AT_NR; i++) {
		if (table_add_column(table, headings[i], i == AT_PID, i == AT_THEIRS)) {
			table_free(table);
			return NULL;
		}
	}
	return table;
}

static int add_difference(struct table *table, pid_t pid, const struct difference *difference)
{
	char number[16], address[24];
	const char *text[AT_NR] = {
		[AT_PID] = number,
		[AT_ADDRESS] = address,
		[AT_KEY] = difference->key,
		[AT_OURS] = difference->ours,
		[AT_WITNESS] = witness_name[difference->witness],
		[AT_THEIRS] = difference->theirs,
	};
	int ret = table_add_row(table);

	snprintf(number, sizeof(number), "%d", pid);
	snprintf(address, sizeof(address), "%016llx", (unsigned long long)difference->address);
	for (size_t i = 0; !ret && i < AT_NR; i++)
		ret = table_set(table, i, text[i], strlen(text[i]), NULL);
	return ret;
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

static int print_table(const struct options *options, const struct verdict *verdicts, size_t nr)
{
	struct table *table = new_table(options);
	size_t rows = 0;
	int ret = table ? 0 : -ENOMEM;

	for (size_t i = 0; i < nr; i++)
		for (size_t j = 0; !ret && j < verdicts[i].differences.nr; j++, rows++)
			ret = add_difference(table, verdicts[i].pid,
					     &verdicts[i].differences.list[j]);
	if (!ret && (rows || options->raw))
		ret = table_print(table);
	for (size_t i = 0; !ret && !options->raw && i < nr; i++)
		print_verdict(&verdicts[i]);
	table_free(table);
	return ret;
}

static void add_text(struct json_object *object, const char *key, const char *text)
{
	json_object_object_add(object, key, json_object_new_string(text));
}

static struct json_object *json_difference(const struct difference *difference)
{
	struct json_object *object = json_object_new_object();
	char address[24];

	snprintf(address, sizeof(address), "0x%llx", (unsigned long long)difference->address);
	add_text(object, "start", address);
	add_text(object, "key", difference->key);
	add_text(object, "vmaview", difference->ours);
	add_text(object, "witness", witness_name[difference->witness]);
	add_text(object, "says", difference->theirs);
	return object;
}

static struct json_object *json_verdict(const struct verdict *verdict)
{
	struct json_object *object = json_object_new_object();
	struct json_object *list = json_object_new_array();

	json_object_object_add(object, "pid", json_object_new_int(verdict->pid));
	json_object_object_add(object, "areas", json_object_new_uint64(verdict->areas));
	json_object_object_add(object, "values",
			       json_object_new_uint64(verdict->differences.values));
	json_object_object_add(object, "tries", json_object_new_uint64(verdict->tries));
	for (size_t i = 0; i < verdict->differences.nr; i++)
		json_object_array_add(list, json_difference(&verdict->differences.list[i]));
	json_object_object_add(object, "differences", list);
	return object;
}

static int print_json(const struct verdict *verdicts, size_t nr)
{
	struct json_object *object = json_object_new_object();
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < nr; i++)
		json_object_array_add(list, json_verdict(&verdicts[i]));
	json_object_object_add(object, "verify", list);
	return json_write(object);
}

int verify_print(const struct options *options, const struct verdict *verdicts, size_t nr)
{
	return options->json ? print_json(verdicts, nr) : print_table(options, verdicts, nr);
}
