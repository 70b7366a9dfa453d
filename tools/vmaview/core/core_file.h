/* SPDX-License-Identifier: GPL-2.0 */
/* core_file.h - in: a core file, by libelf; out: its segments and notes, which nobody vouches for, checked. */
#ifndef VMAVIEW_CORE_FILE_H
#define VMAVIEW_CORE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libelf.h>

struct core_file {
	Elf *elf;
	uint64_t length;		/* of the file, in bytes */
	size_t nr_headers;
	unsigned int word;		/* bytes of a long of its program: 4 or 8 */
	bool big_endian;
	uint16_t machine;		/* EM_X86_64, ... */
	const char *why;		/* what the last error was about, in words */
};

/* One PT_LOAD that has addresses. */
struct core_load {
	uint64_t start;
	uint64_t end;
	uint32_t flags;			/* PF_R, PF_W, PF_X */
};

/* Its bytes are those of the file: core_number() reads them. */
struct core_note {
	const char *owner;		/* ends with a NUL */
	uint32_t type;
	const unsigned char *bytes;
	size_t length;
};

/* 0 goes on; else what core_file_notes() returns. */
typedef int core_take_note(const struct core_note *note, void *context);

/*
 * @fd is of a regular file, and stays the caller's.  0; -EBADMSG: it is no core, or damaged; -ENODATA: it is cut;
 * -ENOMEM.  Close it whatever comes.
 */
int core_file_open(struct core_file *core, int fd);
void core_file_close(struct core_file *core);

/* In the order of addresses, none overlaps the next; free() them whatever comes.  As core_file_open(). */
int core_file_loads(struct core_file *core, struct core_load **loads, size_t *nr);

/* Of all PT_NOTE, in their order.  As core_file_open(), or what @take returned. */
int core_file_notes(struct core_file *core, core_take_note *take, void *context);

/* A number of @size bytes, at most 8, as the core's machine has it. */
uint64_t core_number(const struct core_file *core, const unsigned char *bytes, size_t size);

#endif /* VMAVIEW_CORE_FILE_H */
