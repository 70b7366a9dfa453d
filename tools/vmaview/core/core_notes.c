// SPDX-License-Identifier: GPL-2.0
/* core_notes.c - in: the notes of a core; out: whose memory it is, which files are mapped where, what exec() said. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <elf.h>

#include "core/core_notes.h"

#define SMALLEST_PAGE 4096
#define LARGEST_PAGE (1 << 20)

static int damaged(const struct core_notes *notes, const char *why)
{
	notes->core->why = why;
	return -EBADMSG;
}

static int no_memory(const struct core_notes *notes)
{
	notes->core->why = "out of memory";
	return -ENOMEM;
}

/* Its tail is the same everywhere: pid, ppid, pgrp, sid, 16 bytes of comm, 80 of arguments. */
#define PSINFO_ARGS	80
#define PSINFO_COMM	(PSINFO_ARGS + 16)
#define PSINFO_PID	(PSINFO_COMM + 16)

/* The arguments, with a blank after each; what fills all the room there is may have been cut. */
static int take_arguments(struct process *process, const char *arguments)
{
	size_t length = strnlen(arguments, PSINFO_ARGS);
	bool cut = length >= PSINFO_ARGS - 1;

	while (length && arguments[length - 1] == ' ')
		length--;
	if (!length) {
		char *title = process_room(process, strlen(process->comm) + 2);

		if (title)
			stpcpy(stpcpy(stpcpy(title, "["), process->comm), "]");
		process->title = title;
		return title ? 0 : -ENOMEM;
	}
	process->title = process_keep(process, arguments, length);
	process->cmdline = cut ? NULL : process->title;
	return process->title ? 0 : -ENOMEM;
}

static int take_process(struct core_notes *notes, const struct core_note *note)
{
	const unsigned char *end = note->bytes + note->length;
	struct process *process = notes->process;
	const char *comm = (const char *)end - PSINFO_COMM;

	if (notes->knows_process)
		return 0;
	if (note->length < PSINFO_PID + 8)
		return damaged(notes, "it is damaged: its NT_PRPSINFO is too short");
	process->pid = (int32_t)core_number(notes->core, end - PSINFO_PID, 4);
	if (process->pid <= 0)
		return damaged(notes, "it is damaged: it is of no process");
	process->comm = process_keep(process, comm, strnlen(comm, PSINFO_COMM - PSINFO_ARGS));
	notes->knows_process = true;
	if (!process->comm || take_arguments(process, (const char *)end - PSINFO_ARGS))
		return no_memory(notes);
	return 0;
}

/* Where the fs register of a thread points, of x86-64: by that its stack is known. */
#define PRSTATUS64_SIZE	336
#define PRSTATUS64_PID	32
#define PRSTATUS64_FS	(112 + 21 * 8)

static int take_thread(struct core_notes *notes, const struct core_note *note)
{
	struct vmaview_segment *segment;

	if (notes->core->machine != EM_X86_64 || notes->core->word != 8 || note->length != PRSTATUS64_SIZE)
		return 0;
	segment = process_add_segment(notes->process);
	if (!segment)
		return no_memory(notes);
	*segment = (struct vmaview_segment){
		.kind = VMAVIEW_SEGMENT_FS,
		.tid = core_number(notes->core, note->bytes + PRSTATUS64_PID, 4),
		.base = core_number(notes->core, note->bytes + PRSTATUS64_FS, 8),
	};
	return 0;
}

static int take_auxv(struct core_notes *notes, const struct core_note *note)
{
	unsigned int word = notes->core->word;

	for (size_t at = 0; at + 2 * word <= note->length; at += 2 * word) {
		uint64_t value = core_number(notes->core, note->bytes + at + word, word);

		switch (core_number(notes->core, note->bytes + at, word)) {
		case AT_NULL:
			return 0;
		case AT_PAGESZ:
			if (value < SMALLEST_PAGE || value > LARGEST_PAGE || value & (value - 1))
				return damaged(notes, "it is damaged: no machine has pages of that size");
			notes->process->page_size = value;
			break;
		case AT_SYSINFO_EHDR:
			notes->vdso = value;
			break;
		case AT_RANDOM:
			notes->random = value;
			break;
		case AT_EXECFN:
			notes->execfn = value;
			break;
		}
	}
	return 0;
}

/* As maps writes it. */
static const char *keep_name(struct process *process, const char *name, size_t length)
{
	size_t newlines = 0;
	char *text, *to;

	for (size_t i = 0; i < length; i++)
		newlines += name[i] == '\n';
	text = to = process_room(process, length + 3 * newlines);
	for (size_t i = 0; text && i < length; i++) {
		if (name[i] == '\n')
			to = stpcpy(to, "\\012");
		else
			*to++ = name[i];
	}
	return text;
}

/* Where the next name is; NULL: it has none, or none that a file has. */
static const char *next_name(const char *names, const char *end, size_t *length)
{
	*length = strnlen(names, end - names);
	return *length == (size_t)(end - names) || *length >= PATH_MAX ? NULL : names + *length + 1;
}

/* One row: where it starts and ends, and its offset in units of @unit. */
static bool read_mapping(const struct core_notes *notes, const unsigned char *row, uint64_t unit,
			 struct core_mapping *file)
{
	unsigned int word = notes->core->word;
	uint64_t offset = core_number(notes->core, row + 2 * word, word);

	file->start = core_number(notes->core, row, word);
	file->end = core_number(notes->core, row + word, word);
	return file->start < file->end && !__builtin_mul_overflow(offset, unit, &file->offset);
}

static int by_start(const void *a, const void *b)
{
	const struct core_mapping *one = a, *two = b;

	return (one->start > two->start) - (one->start < two->start);
}

static int put_in_order(const struct core_notes *notes)
{
	qsort(notes->files, notes->nr_files, sizeof(*notes->files), by_start);
	for (size_t i = 1; i < notes->nr_files; i++)
		if (notes->files[i].start < notes->files[i - 1].end)
			return damaged(notes, "it is damaged: two of its files are mapped at one place");
	return 0;
}

static int take_mappings(struct core_notes *notes, const struct core_note *note, uint64_t nr, uint64_t unit)
{
	unsigned int word = notes->core->word;
	const unsigned char *row = note->bytes + 2 * word;
	const char *name = (const char *)row + 3 * word * nr, *end = (const char *)note->bytes + note->length;

	notes->files = calloc(nr + 1, sizeof(*notes->files));
	if (!notes->files)
		return no_memory(notes);
	for (; notes->nr_files < nr; row += 3 * word) {
		struct core_mapping *file = &notes->files[notes->nr_files++];
		size_t length;
		const char *next = next_name(name, end, &length);

		if (!next || !read_mapping(notes, row, unit, file))
			return damaged(notes, "it is damaged: its list of files is none");
		file->name = keep_name(notes->process, name, length);
		if (!file->name)
			return no_memory(notes);
		name = next;
	}
	return put_in_order(notes);
}

/* How many there are, the unit of offsets (a page, or a byte), so many rows, and then their names. */
static int take_files(struct core_notes *notes, const struct core_note *note)
{
	unsigned int word = notes->core->word;
	uint64_t nr, unit;

	if (notes->knows_files)
		return 0;
	notes->knows_files = true;
	if (note->length < 2 * word)
		return damaged(notes, "it is damaged: its list of files is none");
	nr = core_number(notes->core, note->bytes, word);
	unit = core_number(notes->core, note->bytes + word, word);
	if (nr > (note->length - 2 * word) / (3 * word))
		return damaged(notes, "it is damaged: its list of files is none");
	return take_mappings(notes, note, nr, unit);
}

/* The kernel writes a thread first. */
static int take(const struct core_note *note, void *context)
{
	struct core_notes *notes = context;

	if (!notes->nr_notes++)
		notes->by_kernel = note->type == NT_PRSTATUS;
	if (!strcmp(note->owner, "GDB"))
		notes->by_kernel = false;
	if (strcmp(note->owner, "CORE"))
		return 0;
	switch (note->type) {
	case NT_PRPSINFO:
		return take_process(notes, note);
	case NT_PRSTATUS:
		return take_thread(notes, note);
	case NT_AUXV:
		return take_auxv(notes, note);
	case NT_FILE:
		return take_files(notes, note);
	}
	return 0;
}

int core_notes_read(struct core_notes *notes, struct core_file *core, struct process *process)
{
	int ret;

	memset(notes, 0, sizeof(*notes));
	notes->core = core;
	notes->process = process;
	ret = core_file_notes(core, take, notes);
	if (!ret && !notes->knows_process)
		ret = damaged(notes, "it does not say of which process it is: it has no NT_PRPSINFO");
	return ret;
}

void core_notes_free(struct core_notes *notes)
{
	free(notes->files);
	notes->files = NULL;
}
