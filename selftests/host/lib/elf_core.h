/* SPDX-License-Identifier: GPL-2.0 */
/* elf_core.h - in: segments and notes one by one; out: a core file in memory, right or wrong as the test wants. */
#ifndef HOST_ELF_CORE_H
#define HOST_ELF_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ELF_CORE_MOST 16

struct elf_core {
	unsigned int word;		/* bytes of a long: 4 or 8 */
	bool big_endian;
	uint16_t type;
	uint16_t machine;
	struct elf_core_load {
		uint64_t start;
		uint64_t size;
		uint32_t flags;		/* PF_R, ... */
		uint64_t saved;		/* bytes in the file, all the same */
	} loads[ELF_CORE_MOST];
	size_t nr_loads;
	unsigned char notes[8192];
	size_t notes_length;
	uint64_t many;			/* segments that are said to be there; 0: as many as there are */
	uint16_t header_count;		/* e_phnum where that is not it */
	unsigned char *bytes;		/* all of it, once it is built */
	size_t length;
};

/* Of a program of that kind, with nothing in it. */
void elf_core_begin(struct elf_core *core, unsigned int word, bool big_endian);
void elf_core_load(struct elf_core *core, uint64_t start, uint64_t size, uint32_t flags);
void elf_core_note(struct elf_core *core, const char *owner, uint32_t type, const void *bytes, size_t length);

/* A number as such a machine has it; where the next one is. */
unsigned char *elf_core_put(const struct elf_core *core, unsigned char *to, uint64_t number, size_t size);

/* Notes as the kernel writes them.  NT_PRSTATUS of one thread, NT_PRPSINFO, NT_AUXV of pairs that end with 0. */
void elf_core_thread(struct elf_core *core, int tid, uint64_t fs);
void elf_core_process(struct elf_core *core, int pid, const char *comm, const char *arguments);
void elf_core_auxv(struct elf_core *core, const uint64_t (*pairs)[2]);
/* NT_FILE: @offsets are in units of @unit. */
struct elf_core_file {
	uint64_t start;
	uint64_t end;
	uint64_t offset;
	const char *name;
};
void elf_core_files(struct elf_core *core, uint64_t unit, const struct elf_core_file *files, size_t nr);

/* Into @bytes; elf_core_free() afterwards. */
void elf_core_build(struct elf_core *core);
void elf_core_free(struct elf_core *core);

/* What most tests begin with: a program, its library, a heap, a thread and its stack, a vdso, a stack. */
void elf_core_program(struct elf_core *core, unsigned int word, bool big_endian);

#endif /* HOST_ELF_CORE_H */
