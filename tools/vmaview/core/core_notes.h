/* SPDX-License-Identifier: GPL-2.0 */
/* core_notes.h - in: the notes of a core; out: whose memory it is, which files are mapped where, what exec() said. */
#ifndef VMAVIEW_CORE_NOTES_H
#define VMAVIEW_CORE_NOTES_H

#include "core/core_file.h"
#include "vmaview/model.h"

/* Of NT_FILE. */
struct core_mapping {
	uint64_t start;
	uint64_t end;
	uint64_t offset;		/* in bytes */
	const char *name;		/* as maps has it; the process keeps it */
};

struct core_notes {
	struct core_file *core;
	struct process *process;
	bool knows_process;		/* NT_PRPSINFO was there, */
	bool knows_files;		/* and NT_FILE */
	bool by_kernel;			/* it wrote the notes, and not a program that looked at the process */
	size_t nr_notes;
	struct core_mapping *files;	/* in the order of addresses, none overlaps the next */
	size_t nr_files;
	uint64_t vdso;			/* AT_SYSINFO_EHDR, or 0 */
	uint64_t random;		/* AT_RANDOM: on the first stack, or 0 */
	uint64_t execfn;		/* AT_EXECFN: likewise */
};

/*
 * Fills @process->pid, comm, title, cmdline, page_size and its segments, too.  0, or -errno as core_file_open(), with
 * core->why.  Free them whatever comes.
 */
int core_notes_read(struct core_notes *notes, struct core_file *core, struct process *process);
void core_notes_free(struct core_notes *notes);

#endif /* VMAVIEW_CORE_NOTES_H */
