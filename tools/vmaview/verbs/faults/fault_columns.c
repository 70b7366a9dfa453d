// SPDX-License-Identifier: GPL-2.0
/* fault_columns.c - in: a row of faults; out: its columns. */
#include <stdio.h>
#include <string.h>

#include "verbs/faults/fault_columns.h"
#include "verbs/faults/fault_sums.h"

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

	if (!fault || fault_is_lock(fault->end))
		return false;
	*number = fault->addr;
	return true;
}

/* No address of the kernel is shown. */
static bool number_ip(const struct cell *cell, uint64_t *number)
{
	const struct fault *fault = row_of(cell)->fault;

	if (!fault || fault_is_lock(fault->end) || (int64_t)fault->ip < 0)
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
	const struct fault_times *times = &row_of(cell)->times;

	if (times->nr)
		*number = times->sum / times->nr;
	return times->nr;
}

static bool number_latency_max(const struct cell *cell, uint64_t *number)
{
	*number = row_of(cell)->times.max;
	return row_of(cell)->times.nr;
}

static bool number_p50(const struct cell *cell, uint64_t *number)
{
	*number = fault_times_percentile(&row_of(cell)->times, 50);
	return row_of(cell)->times.nr;
}

static bool number_p99(const struct cell *cell, uint64_t *number)
{
	*number = fault_times_percentile(&row_of(cell)->times, 99);
	return row_of(cell)->times.nr;
}

/* Ranges with none are left out. */
static int text_ranges(const struct cell *cell, char *out, size_t room)
{
	const struct fault_times *times = &row_of(cell)->times;
	size_t used = 0;

	if (!times->nr)
		return -1;
	for (int range = 0; range < FAULT_RANGES && used < room; range++)
		if (times->in_range[range])
			used += snprintf(out + used, room - used, "%s%llu=%llu", used ? " " : "",
					 (unsigned long long)fault_range_start(range),
					 (unsigned long long)times->in_range[range]);
	return used;
}

static int text_area_mapping(const struct cell *cell, char *out, size_t room)
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

static int text_area_name(const struct cell *cell, char *out, size_t room)
{
	return row_of(cell)->has_area ? snprintf(out, room, "%s", row_of(cell)->name) : -1;
}

#define D COL_DEFAULT

static const struct column columns[] = {
	COLUMN_NUMBER("Address", NULL, "start", ADDRESS, D, number_start, "first address of the area"),
	COLUMN_TEXT("Perms", NULL, "perms", TEXT, D, text_perms, "permissions of the area as maps shows them"),
	COLUMN_TEXT("Kind", NULL, "kind", TEXT, D, text_kind, "how they were served, or which lock was waited for"),
	COLUMN_NUMBER("Faults", NULL, "faults", COUNT, D, number_faults, "how many"),
	COLUMN_NUMBER("Rate", NULL, "rate", COUNT, D, number_rate, "how many a second"),
	COLUMN_NUMBER("Latency", NULL, "latency_ns", COUNT, D, number_latency,
		      "mean ns from the exception to when it was served, or for a lock"),
	COLUMN_NUMBER("Latency_Max", NULL, "latency_max_ns", COUNT, D, number_latency_max, "the longest of them"),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, D | COL_VIEW | COL_TRUNC, text_area_mapping,
		    "file, or what else is mapped"),
	COLUMN_NUMBER("Time", NULL, "time_ns", COUNT, 0, number_time,
		      "ns since the beginning: of a fault, or of the end of what is counted"),
	COLUMN_NUMBER("Tid", NULL, "tid", COUNT, 0, number_tid, "of one fault: its thread"),
	COLUMN_NUMBER("At", NULL, "at", ADDRESS, 0, number_at, "of one fault: the address that was touched"),
	COLUMN_NUMBER("Ip", NULL, "ip", ADDRESS, 0, number_ip,
		      "of one fault: the instruction that touched it, if the program's own"),
	COLUMN_TEXT("Access", NULL, "access", TEXT, 0, text_access,
		    "of one fault: read, write or exec, and kernel where a system call did it"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, 0, number_end, "first address after the area"),
	COLUMN_NUMBER("Latency_P50", NULL, "latency_p50_ns", COUNT, 0, number_p50, "half of them took no longer, ns"),
	COLUMN_NUMBER("Latency_P99", NULL, "latency_p99_ns", COUNT, 0, number_p99, "99 of 100 of them took no longer"),
	COLUMN_TEXT("Latency_Log2", NULL, "latency_log2", SIZES, 0, text_ranges,
		    "how many took from 2^N ns, which is shown, up to twice as long"),
	COLUMN_TEXT("Name", NULL, "name", TEXT, COL_TRUNC, text_area_name, "name of the area as maps shows it"),
};

const struct column_set fault_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
