// SPDX-License-Identifier: GPL-2.0
/* elf_core.c - in: segments and notes one by one; out: a core file in memory. */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "elf_core.h"

void elf_core_begin(struct elf_core *core, unsigned int word, bool big_endian)
{
	memset(core, 0, sizeof(*core));
	core->word = word;
	core->big_endian = big_endian;
	core->type = ET_CORE;
	core->machine = word == 8 && !big_endian ? EM_X86_64 : big_endian ? EM_PPC : EM_386;
}

void elf_core_load(struct elf_core *core, uint64_t start, uint64_t size, uint32_t flags)
{
	if (core->nr_loads == ELF_CORE_MOST)
		abort();
	core->loads[core->nr_loads++] = (struct elf_core_load){ start, size, flags, 0 };
}

unsigned char *elf_core_put(const struct elf_core *core, unsigned char *to, uint64_t number, size_t size)
{
	for (size_t i = 0; i < size; i++)
		to[core->big_endian ? size - 1 - i : i] = number >> 8 * i;
	return to + size;
}

static size_t padded(size_t length)
{
	return (length + 3) & ~(size_t)3;
}

void elf_core_note(struct elf_core *core, const char *owner, uint32_t type, const void *bytes, size_t length)
{
	unsigned char *to = core->notes + core->notes_length;
	size_t name = strlen(owner) + 1;

	core->notes_length += 12 + padded(name) + padded(length);
	if (core->notes_length > sizeof(core->notes))
		abort();
	to = elf_core_put(core, to, name, 4);
	to = elf_core_put(core, to, length, 4);
	to = elf_core_put(core, to, type, 4);
	memcpy(to, owner, name);
	memcpy(to + padded(name), bytes, length);
}

void elf_core_thread(struct elf_core *core, int tid, uint64_t fs)
{
	unsigned char status[336] = { 0 };

	elf_core_put(core, status + (core->word == 8 ? 32 : 24), tid, 4);
	if (core->word == 8)
		elf_core_put(core, status + 112 + 21 * 8, fs, 8);
	elf_core_note(core, "CORE", NT_PRSTATUS, status, core->word == 8 ? sizeof(status) : 144);
}

void elf_core_process(struct elf_core *core, int pid, const char *comm, const char *arguments)
{
	size_t length = core->word == 8 ? 136 : 124;
	unsigned char info[136] = { 0 };

	elf_core_put(core, info + length - 112, pid, 4);
	memcpy(info + length - 96, comm, strnlen(comm, 16));
	memcpy(info + length - 80, arguments, strnlen(arguments, 80));
	elf_core_note(core, "CORE", NT_PRPSINFO, info, length);
}

void elf_core_auxv(struct elf_core *core, const uint64_t (*pairs)[2])
{
	unsigned char bytes[512] = { 0 }, *to = bytes;

	for (; (*pairs)[0]; pairs++) {
		to = elf_core_put(core, to, (*pairs)[0], core->word);
		to = elf_core_put(core, to, (*pairs)[1], core->word);
	}
	elf_core_note(core, "CORE", NT_AUXV, bytes, to - bytes + 2 * core->word);
}

void elf_core_files(struct elf_core *core, uint64_t unit, const struct elf_core_file *files, size_t nr)
{
	unsigned char bytes[6000] = { 0 }, *to = bytes;

	to = elf_core_put(core, to, nr, core->word);
	to = elf_core_put(core, to, unit, core->word);
	for (size_t i = 0; i < nr; i++) {
		to = elf_core_put(core, to, files[i].start, core->word);
		to = elf_core_put(core, to, files[i].end, core->word);
		to = elf_core_put(core, to, files[i].offset, core->word);
	}
	for (size_t i = 0; i < nr; i++)
		to = (unsigned char *)stpcpy((char *)to, files[i].name) + 1;
	elf_core_note(core, "CORE", NT_FILE, bytes, to - bytes);
}

/* One program header: 32 bytes with 4 a word, 56 with 8, in another order. */
static unsigned char *put_header(const struct elf_core *core, unsigned char *to, uint32_t type, uint64_t offset,
				 const struct elf_core_load *load)
{
	unsigned int word = core->word;

	to = elf_core_put(core, to, type, 4);
	if (word == 8)
		to = elf_core_put(core, to, load->flags, 4);
	to = elf_core_put(core, to, offset, word);
	to = elf_core_put(core, to, load->start, word);
	to = elf_core_put(core, to, 0, word);
	to = elf_core_put(core, to, load->saved, word);
	to = elf_core_put(core, to, load->size, word);
	if (word == 4)
		to = elf_core_put(core, to, load->flags, 4);
	return elf_core_put(core, to, type == PT_NOTE ? 4 : 4096, word);
}

static unsigned char *put_elf_header(const struct elf_core *core, unsigned char *to, uint16_t headers,
				     uint64_t sections)
{
	unsigned int word = core->word;
	unsigned char ident[EI_NIDENT] = {
		0x7f, 'E', 'L', 'F', word == 8 ? ELFCLASS64 : ELFCLASS32,
		core->big_endian ? ELFDATA2MSB : ELFDATA2LSB, EV_CURRENT,
	};

	memcpy(to, ident, sizeof(ident));
	to = elf_core_put(core, to + sizeof(ident), core->type, 2);
	to = elf_core_put(core, to, core->machine, 2);
	to = elf_core_put(core, to, EV_CURRENT, 4);
	to = elf_core_put(core, to, 0, word);
	to = elf_core_put(core, to, word == 8 ? 64 : 52, word);
	to = elf_core_put(core, to, sections, word);
	to = elf_core_put(core, to, 0, 4);
	to = elf_core_put(core, to, word == 8 ? 64 : 52, 2);
	to = elf_core_put(core, to, word == 8 ? 56 : 32, 2);
	to = elf_core_put(core, to, headers, 2);
	to = elf_core_put(core, to, word == 8 ? 64 : 40, 2);
	to = elf_core_put(core, to, sections ? 1 : 0, 2);
	return elf_core_put(core, to, 0, 2);
}

/* Headers, the first section where that counts them, notes, and what is saved. */
void elf_core_build(struct elf_core *core)
{
	unsigned int word = core->word, head = word == 8 ? 64 : 52, header = word == 8 ? 56 : 32;
	size_t section = head + header * (core->nr_loads + 1), notes = section + (core->many ? 64 : 0);
	struct elf_core_load note = { .saved = core->notes_length };
	uint64_t at = notes + core->notes_length;
	unsigned char *to;

	core->length = at;
	for (size_t i = 0; i < core->nr_loads; i++)
		core->length += core->loads[i].saved < 65536 ? core->loads[i].saved : 0;
	core->bytes = calloc(1, core->length);
	if (!core->bytes)
		abort();
	to = put_elf_header(core, core->bytes, core->many ? PN_XNUM : core->header_count ? core->header_count :
			    core->nr_loads + 1, core->many ? section : 0);
	to = put_header(core, to, PT_NOTE, notes, &note);
	for (size_t i = 0; i < core->nr_loads; i++) {
		to = put_header(core, to, PT_LOAD, at, &core->loads[i]);
		at += core->loads[i].saved;
	}
	/* sh_info */
	if (core->many)
		elf_core_put(core, to + (word == 8 ? 44 : 28), core->many, 4);
	memcpy(core->bytes + notes, core->notes, core->notes_length);
}

void elf_core_free(struct elf_core *core)
{
	free(core->bytes);
	core->bytes = NULL;
}

void elf_core_program(struct elf_core *core, unsigned int word, bool big_endian)
{
	static const struct elf_core_file files[] = {
		{ 0x10000, 0x12000, 0, "/usr/bin/program" },
		{ 0x12000, 0x13000, 2, "/usr/bin/program" },
		{ 0x500000, 0x520000, 0x10, "/usr/lib/lib one.so" },
	};
	static const uint64_t auxv[][2] = {
		{ AT_SYSINFO_EHDR, 0x700000 }, { AT_PAGESZ, 4096 }, { AT_RANDOM, 0x7f0150 }, { AT_EXECFN, 0x7f0ff0 },
		{ 0, 0 },
	};

	elf_core_begin(core, word, big_endian);
	elf_core_load(core, 0x10000, 0x2000, PF_R | PF_X);
	elf_core_load(core, 0x12000, 0x1000, PF_R | PF_W);
	elf_core_load(core, 0x20000, 0x5000, PF_R | PF_W);
	elf_core_load(core, 0x400000, 0x8000, PF_R | PF_W);
	elf_core_load(core, 0x500000, 0x20000, PF_R);
	elf_core_load(core, 0x600000, 0x1000, 0);
	elf_core_load(core, 0x700000, 0x1000, PF_R | PF_X);
	elf_core_load(core, 0x7f0000, 0x1000, PF_R | PF_W);
	core->loads[1].saved = 0x1000;
	elf_core_thread(core, 4711, 0x20100);
	elf_core_process(core, 4711, "program", "program -x y ");
	elf_core_auxv(core, auxv);
	elf_core_files(core, 4096, files, sizeof(files) / sizeof(files[0]));
	elf_core_thread(core, 4712, 0x407000);
}
