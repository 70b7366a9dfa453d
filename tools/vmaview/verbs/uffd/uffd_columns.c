// SPDX-License-Identifier: GPL-2.0
/* uffd_columns.c - in: an area and who holds its userfaultfd; out: the columns of it. */
#include <stdio.h>

#include <vmaview_words.h>

#include "columns/column_text.h"
#include "verbs/uffd/uffd.h"

static const struct uffd_row *row_of(const struct cell *cell)
{
	return cell->row;
}

/* What a column of the view shows of the area. */
static const struct area *area_of(const struct cell *cell)
{
	return process_find_area(cell->process, row_of(cell)->area->start);
}

COLUMN_GETTER(target, cell->process->pid)
COLUMN_GETTER(start, row_of(cell)->area->start)
COLUMN_GETTER(end, row_of(cell)->area->end)
COLUMN_GETTER(size, row_of(cell)->area->end - row_of(cell)->area->start)
COLUMN_GETTER(context, row_of(cell)->area->context)

/* One that has no number in our PID namespace. */
static bool number_pid(const struct cell *cell, uint64_t *number)
{
	const struct vmaview_uffd *holder = row_of(cell)->holder;

	*number = holder ? holder->pid : 0;
	return holder && holder->pid > 0;
}

static bool number_tid(const struct cell *cell, uint64_t *number)
{
	const struct vmaview_uffd *holder = row_of(cell)->holder;

	*number = holder ? holder->tid : 0;
	return holder && holder->tid > 0;
}

static bool number_fd(const struct cell *cell, uint64_t *number)
{
	const struct vmaview_uffd *holder = row_of(cell)->holder;

	*number = holder ? holder->fd : 0;
	return holder && holder->fd >= 0;
}

static int text_command(const struct cell *cell, char *out, size_t room)
{
	const struct vmaview_uffd *holder = row_of(cell)->holder;

	return holder ? snprintf(out, room, "%s", holder->comm) : -1;
}

struct word {
	uint64_t bit;
	const char *word;
};

/* Bits without a word stay a number. */
static int text_words(const struct word *words, size_t nr, uint64_t bits, char *out, size_t room)
{
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < nr; i++) {
		if (!(bits & words[i].bit))
			continue;
		used += snprintf(out + used, room - used, "%s%s", used ? " " : "", words[i].word);
		bits &= ~words[i].bit;
	}
	if (bits)
		used += snprintf(out + used, room - used, "%s0x%llx", used ? " " : "", (unsigned long long)bits);
	return used;
}

static int text_modes(const struct cell *cell, char *out, size_t room)
{
#define WORD(value, name) { value, name },
	static const struct word words[] = { VMAVIEW_UFFD_MODE_WORDS(WORD) };
#undef WORD

	return text_words(words, sizeof(words) / sizeof(words[0]), row_of(cell)->area->modes, out, room);
}

/* UFFD_FEATURE_ of linux/userfaultfd.h, of which a system's header may not have all. */
static int text_features(const struct cell *cell, char *out, size_t room)
{
	static const struct word words[] = {
		{ 1 << 0, "pagefault-flag-wp" }, { 1 << 1, "event-fork" }, { 1 << 2, "event-remap" },
		{ 1 << 3, "event-remove" }, { 1 << 4, "missing-hugetlbfs" }, { 1 << 5, "missing-shmem" },
		{ 1 << 6, "event-unmap" }, { 1 << 7, "sigbus" }, { 1 << 8, "thread-id" },
		{ 1 << 9, "minor-hugetlbfs" }, { 1 << 10, "minor-shmem" }, { 1 << 11, "exact-address" },
		{ 1 << 12, "wp-hugetlbfs-shmem" }, { 1 << 13, "wp-unpopulated" }, { 1 << 14, "poison" },
		{ 1 << 15, "wp-async" }, { 1 << 16, "move" }, { 1 << 17, "rwp" }, { 1 << 18, "rwp-async" },
	};
	const struct vmaview_uffd *area = row_of(cell)->area;

	if (!(area->flags & VMAVIEW_UFFD_FEATURES))
		return -1;
	return text_words(words, sizeof(words) / sizeof(words[0]), area->features, out, room);
}

static int text_state(const struct cell *cell, char *out, size_t room)
{
	const struct uffd_row *row = row_of(cell);

	if (row->changed)
		return snprintf(out, room, "changed");
	if (!row->holder)
		return snprintf(out, room, "nobody-seen");
	return snprintf(out, room, "%s", row->holder->pid < 0 ? "other-namespace" : "");
}

TEXT_WITH_AREA(area_name, area_of(cell), text_name)
TEXT_WITH_AREA(area_mapping, area_of(cell), text_mapping)

#define D COL_DEFAULT

static const struct column columns[] = {
	COLUMN_NUMBER("Pid", NULL, "target", COUNT, COL_VIEW, number_target, "the process that was asked about"),
	COLUMN_NUMBER("Address", "Start", "start", ADDRESS, D, number_start, "first address of the area"),
	COLUMN_NUMBER("End", NULL, "end", ADDRESS, 0, number_end, "end of the area"),
	COLUMN_NUMBER("Kbytes", "Size", "size", SIZE, D, number_size, "size of the area"),
	COLUMN_TEXT("Modes", NULL, "modes", WORDS, D, text_modes, "faults that are served: missing, wp, minor, rwp"),
	COLUMN_NUMBER("Context", NULL, "context", COUNT, D, number_context,
		      "number of the userfaultfd, in this output"),
	COLUMN_NUMBER("Holder", NULL, "pid", COUNT, D, number_pid, "PID of who holds the other end, here"),
	COLUMN_TEXT("Command", NULL, "comm", TEXT, D, text_command, "name of its command"),
	COLUMN_NUMBER("FD", NULL, "fd", COUNT, D, number_fd, "its file descriptor"),
	COLUMN_NUMBER("Thread", NULL, "tid", COUNT, 0, number_tid, "the thread whose descriptor it is"),
	COLUMN_TEXT("Features", NULL, "features", WORDS, 0, text_features, "what was enabled with UFFDIO_API"),
	COLUMN_TEXT("State", NULL, "state", WORDS, 0, text_state,
		    "nobody-seen, other-namespace, or changed: not all is known"),
	COLUMN_TEXT("Name", NULL, "name", TEXT, COL_TRUNC, text_area_name, "name of the area as maps shows it"),
	COLUMN_TEXT("Mapping", NULL, "mapping", TEXT, D | COL_VIEW | COL_TRUNC, text_area_mapping, "name of the area"),
};

const struct column_set uffd_columns = { columns, sizeof(columns) / sizeof(columns[0]) };
