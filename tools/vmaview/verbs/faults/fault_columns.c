// SPDX-License-Identifier: GPL-2.0
/* fault_columns.c - in: a row of faults; out: its columns. */
#include <stdio.h>
#include <string.h>

#include "verbs/faults/fault_sums.h"
#include "verbs/faults/faults.h"

static const struct fault_row *row_of(const struct cell *cell)
{
	return cell->row;
}

static bool number_time(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->time;
	return true;
}

static bool number_tid(const struct cell *cell, uint64_t *number)
{
	const struct fault *fault = row_of(cell)->fault;

	if (fault)
		*number = fault->tid;
	return fault;
}

static bool number_at(const struct cell *cell, uint64_t *number)
{
	const struct fault *fault = row_of(cell)->fault;

	if (fault)
		*number = fault->addr;
	return fault;
}

/* No address of the kernel is shown. */
static bool number_ip(const struct cell *cell, uint64_t *number)
{
	const struct fault *fault = row_of(cell)->fault;

	if (!fault || (int64_t)fault->ip < 0)
		return false;
	*number = fault->ip;
	return true;
}

/* Who touched it, and how. */
static int text_access(const struct cell *cell, char *out, size_t room)
{
	const struct fault *fault = row_of(cell)->fault;

	if (!fault || !fault->entered)
		return -1;
	return snprintf(out, room, "%s%s", fault->exec ? "exec" : fault->write ? "write" : "read",
			fault->by_kernel ? ",kernel" : "");
}

static bool number_start(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->start;
	return row_of(cell)->has_area;
}

static bool number_end(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->end;
	return row_of(cell)->has_area;
}

static int text_perms(const struct cell *cell, char *out, size_t room)
{
	return row_of(cell)->has_area ? snprintf(out, room, "%s", row_of(cell)->perms) : -1;
}

static int text_kind(const struct cell *cell, char *out, size_t room)
{
	return snprintf(out, room, "%s", fault_kind_name[row_of(cell)->kind]);
}

static bool number_faults(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->faults;
	return true;
}

static bool number_rate(const struct cell *cell, uint64_t *number)
{
	const struct fault_row *row = row_of(cell);

	if (row->span)
		*number = row->faults * 1e9 / row->span + 0.5;
	return row->span;
}

static bool number_latency(const struct cell *cell, uint64_t *number)
{
	const struct fault_row *row = row_of(cell);

	if (row->timed)
		*number = row->latency / row->timed;
	return row->timed;
}

static bool number_latency_max(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->latency_max;
	return row_of(cell)->timed;
}

static int text_mapping(const struct cell *cell, char *out, size_t room)
{
	const char *name = row_of(cell)->name;
	const char *slash = name[0] == '/' ? strrchr(name, '/') : NULL;

	if (!row_of(cell)->has_area)
		return -1;
	if (!name[0])
		name = "[ anon ]";
	else if (slash && slash[1] && !cell->show_path)
		name = slash + 1;
	return snprintf(out, room, "%s", name);
}

static int text_name(const struct cell *cell, char *out, size_t room)
{
	return row_of(cell)->has_area ? snprintf(out, room, "%s", row_of(cell)->name) : -1;
}

#define NUMBER(name, json, kind, number, flags, help) \
	{ name, NULL, json, KIND_##kind, KEY_NR, flags, number, NULL, help }
#define TEXT(name, json, text, flags, help) \
	{ name, NULL, json, KIND_TEXT, KEY_NR, flags, NULL, text, help }
#define D COL_DEFAULT

static const struct column columns[] = {
	NUMBER("Address", "start", ADDRESS, number_start, D, "first address of the area"),
	TEXT("Perms", "perms", text_perms, D, "permissions of the area as maps shows them"),
	TEXT("Kind", "kind", text_kind, D, "how they were served"),
	NUMBER("Faults", "faults", COUNT, number_faults, D, "how many"),
	NUMBER("Rate", "rate", COUNT, number_rate, D, "how many a second"),
	NUMBER("Latency", "latency_ns", COUNT, number_latency, D,
	       "mean ns from the exception to when it was served"),
	NUMBER("Latency_Max", "latency_max_ns", COUNT, number_latency_max, D, "the longest of them"),
	TEXT("Mapping", "mapping", text_mapping, D | COL_VIEW | COL_TRUNC,
	     "file, or what else is mapped"),
	NUMBER("Time", "time_ns", COUNT, number_time, 0,
	       "ns since the beginning: of a fault, or of the end of what is counted"),
	NUMBER("Tid", "tid", COUNT, number_tid, 0, "of one fault: its thread"),
	NUMBER("At", "at", ADDRESS, number_at, 0, "of one fault: the address that was touched"),
	NUMBER("Ip", "ip", ADDRESS, number_ip, 0, "of one fault: the instruction that touched it, if the program's "
		"own"),
	TEXT("Access", "access", text_access, 0,
	     "of one fault: read, write or exec, and kernel where a system call did it"),
	NUMBER("End", "end", ADDRESS, number_end, 0, "first address behind the area"),
	TEXT("Name", "name", text_name, COL_TRUNC, "name of the area as maps shows it"),
};

const struct column_set fault_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
