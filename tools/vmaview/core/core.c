// SPDX-License-Identifier: GPL-2.0
/* core.c - in: a core file; out: the process that it is of, as far as a core knows it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <elf.h>

#include "core/core.h"
#include "core/core_file.h"
#include "core/core_notes.h"

#define SMALLEST_PAGE 4096
#define VSYSCALL 0xffffffffff600000ULL

/* What is known of a piece of addresses: one of the two may be missing. */
struct piece {
	uint64_t start;
	uint64_t end;
	const struct core_load *load;
	const struct core_mapping *file;
};

bool core_is_elf(int fd)
{
	unsigned char magic[SELFMAG];
	struct stat st;

	return !fstat(fd, &st) && S_ISREG(st.st_mode) && pread(fd, magic, sizeof(magic), 0) == sizeof(magic) &&
	       !memcmp(magic, ELFMAG, SELFMAG);
}

/* A program that looks at a process marks all as readable, and leaves out what it need not save. */
static void take_perms(struct area *area, const struct core_load *load, bool by_kernel)
{
	memcpy(area->perms, "????", 5);
	if (!load)
		return;
	if (by_kernel)
		area->perms[0] = load->flags & PF_R ? 'r' : '-';
	area->perms[1] = load->flags & PF_W ? 'w' : '-';
	area->perms[2] = load->flags & PF_X ? 'x' : '-';
}

static void take_file(struct area *area, const struct piece *piece)
{
	area->lacks = AREA_LACKS_FILE;
	if (piece->file) {
		area->name = piece->file->name;
		area->offset = piece->file->offset + (piece->start - piece->file->start);
	} else {
		area->lacks |= AREA_LACKS_OFFSET | AREA_LACKS_NAME;
	}
}

static int add_area(struct core_notes *notes, const struct piece *piece)
{
	uint64_t page = notes->process->page_size ? notes->process->page_size : SMALLEST_PAGE;
	struct area *area;

	if ((piece->start | piece->end) & (page - 1)) {
		notes->core->why = "it is damaged: an area does not begin or end with a page";
		return -EBADMSG;
	}
	area = process_add_area(notes->process);
	if (!area) {
		notes->core->why = "out of memory";
		return -ENOMEM;
	}
	area->start = piece->start;
	area->end = piece->end;
	area_set(area, KEY_SIZE, piece->end - piece->start);
	take_perms(area, piece->load, notes->by_kernel);
	take_file(area, piece);
	return 0;
}

/* A part of [*start, *end): what of it covers its start, or where it ends because that begins there. */
static bool covers(uint64_t from, uint64_t to, uint64_t start, uint64_t *end)
{
	if (from > start) {
		*end = from < *end ? from : *end;
		return false;
	}
	*end = to < *end ? to : *end;
	return true;
}

/* The kernel has a segment for each area; others leave some out whose file is there. */
static int merge(struct core_notes *notes, const struct core_load *loads, size_t nr)
{
	uint64_t at = 0;
	size_t i = 0, j = 0;
	int ret = 0;

	while (!ret && (i < nr || j < notes->nr_files)) {
		const struct core_load *load = i < nr ? &loads[i] : NULL;
		const struct core_mapping *file = j < notes->nr_files ? &notes->files[j] : NULL;
		struct piece piece = { .start = UINT64_MAX, .end = UINT64_MAX };

		if (load)
			piece.start = load->start;
		if (file && file->start < piece.start)
			piece.start = file->start;
		if (piece.start < at)
			piece.start = at;
		piece.load = load && covers(load->start, load->end, piece.start, &piece.end) ? load : NULL;
		piece.file = file && covers(file->start, file->end, piece.start, &piece.end) ? file : NULL;
		ret = add_area(notes, &piece);
		at = piece.end;
		i += load && load->end <= at;
		j += file && file->end <= at;
	}
	return ret;
}

static struct area *unnamed_at(struct process *process, uint64_t addr)
{
	const struct area *area = addr ? process_area_at(process, addr) : NULL;

	return area && area->lacks & AREA_LACKS_NAME ? &process->areas[area - process->areas] : NULL;
}

static void name_area(struct area *area, const char *name)
{
	area->name = name;
	area->lacks &= ~AREA_LACKS_NAME;
}

/* exec() put both on the stack that it began with. */
static void name_stack(const struct core_notes *notes)
{
	struct area *area = unnamed_at(notes->process, notes->random);

	if (area && area == unnamed_at(notes->process, notes->execfn) && area->perms[1] == 'w')
		name_area(area, "[stack]");
}

static void name_areas(const struct core_notes *notes)
{
	struct area *area = unnamed_at(notes->process, notes->vdso);

	if (area && area->start == notes->vdso)
		name_area(area, "[vdso]");
	name_stack(notes);
	area = notes->core->machine == EM_X86_64 ? unnamed_at(notes->process, VSYSCALL) : NULL;
	if (area && area->start == VSYSCALL) {
		name_area(area, "[vsyscall]");
		area->gate = true;
	}
}

static int read_areas(struct core_file *core, struct process *process)
{
	struct core_load *loads = NULL;
	struct core_notes notes;
	size_t nr = 0;
	int ret = core_notes_read(&notes, core, process);

	if (!ret)
		ret = core_file_loads(core, &loads, &nr);
	if (!ret)
		ret = merge(&notes, loads, nr);
	if (!ret)
		name_areas(&notes);
	free(loads);
	core_notes_free(&notes);
	return ret;
}

int core_read(struct process *process, int fd, const char **why)
{
	struct core_file core;
	int ret = core_file_open(&core, fd);

	process->source = SOURCE_FILE;
	process->is_core = true;
	if (!ret)
		ret = read_areas(&core, process);
	core_file_close(&core);
	*why = core.why;
	return ret;
}
