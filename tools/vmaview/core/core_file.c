// SPDX-License-Identifier: GPL-2.0
/*
 * core_file.c - in: a core file, by libelf; out: its segments and notes, checked.
 *
 * libelf makes less of a table that its file does not hold, and says nothing: how long it should be is compared.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <gelf.h>

#include "core/core_file.h"

/* Far more than any process has: a file that is mostly holes may say anything. */
#define MOST_HEADERS (1 << 24)
#define MOST_NOTES (1 << 30)

static int fail(struct core_file *core, int error, const char *why)
{
	core->why = why;
	return -error;
}

static int fail_cut(struct core_file *core)
{
	return fail(core, ENODATA, "it is cut: a part of it would be after its end");
}

/* More than 65534 program headers are counted in the first section header. */
static int count_headers(struct core_file *core, const GElf_Ehdr *header)
{
	size_t wanted = header->e_phnum;
	GElf_Shdr section;

	if (wanted == PN_XNUM) {
		if (!gelf_getshdr(elf_getscn(core->elf, 0), &section))
			return fail(core, EBADMSG, "it is damaged: it does not say how many segments it has");
		wanted = section.sh_info;
	}
	if (elf_getphdrnum(core->elf, &core->nr_headers) || core->nr_headers != wanted)
		return fail_cut(core);
	return wanted <= MOST_HEADERS ? 0 : fail(core, EBADMSG, "it is damaged: no process has so many areas");
}

static int read_header(struct core_file *core)
{
	GElf_Ehdr header;

	if (!core->elf || elf_kind(core->elf) != ELF_K_ELF || !gelf_getehdr(core->elf, &header))
		return fail(core, EBADMSG, "it is damaged: it begins as an ELF file, and is none");
	if (header.e_type != ET_CORE)
		return fail(core, EBADMSG, "it is an ELF file, but no core");
	core->word = header.e_ident[EI_CLASS] == ELFCLASS32 ? 4 : 8;
	core->big_endian = header.e_ident[EI_DATA] == ELFDATA2MSB;
	core->machine = header.e_machine;
	return count_headers(core, &header);
}

int core_file_open(struct core_file *core, int fd)
{
	struct stat st;

	memset(core, 0, sizeof(*core));
	if (fstat(fd, &st))
		return fail(core, errno, "cannot be read");
	core->length = st.st_size;
	elf_version(EV_CURRENT);
	core->elf = elf_begin(fd, ELF_C_READ, NULL);
	return read_header(core);
}

void core_file_close(struct core_file *core)
{
	elf_end(core->elf);
	core->elf = NULL;
}

uint64_t core_number(const struct core_file *core, const unsigned char *bytes, size_t size)
{
	uint64_t number = 0;

	for (size_t i = 0; i < size; i++)
		number = number << 8 | bytes[core->big_endian ? i : size - 1 - i];
	return number;
}

/* What it has in the file is there. */
static int read_segment(struct core_file *core, size_t index, GElf_Phdr *segment)
{
	if (!gelf_getphdr(core->elf, index, segment))
		return fail_cut(core);
	if (segment->p_type != PT_LOAD && segment->p_type != PT_NOTE)
		return 0;
	if (segment->p_offset > core->length || segment->p_filesz > core->length - segment->p_offset)
		return fail_cut(core);
	return 0;
}

/* The space of a 32-bit program ends where 32 bits do. */
static int check_load(struct core_file *core, const GElf_Phdr *segment)
{
	uint64_t last = core->word == 4 ? UINT32_MAX : UINT64_MAX;

	if (segment->p_vaddr > last || segment->p_memsz > last - segment->p_vaddr)
		return fail(core, EBADMSG, "it is damaged: an area ends after the last address there is");
	if (segment->p_filesz > segment->p_memsz)
		return fail(core, EBADMSG, "it is damaged: more of an area is saved than it has");
	return 0;
}

static int by_start(const void *a, const void *b)
{
	const struct core_load *one = a, *two = b;

	return (one->start > two->start) - (one->start < two->start);
}

static int put_in_order(struct core_file *core, struct core_load *loads, size_t nr)
{
	qsort(loads, nr, sizeof(*loads), by_start);
	for (size_t i = 1; i < nr; i++)
		if (loads[i].start < loads[i - 1].end)
			return fail(core, EBADMSG, "it is damaged: two of its areas overlap");
	return 0;
}

int core_file_loads(struct core_file *core, struct core_load **loads, size_t *nr)
{
	struct core_load *list = calloc(core->nr_headers + 1, sizeof(*list));
	GElf_Phdr segment;
	int ret = 0;

	*loads = list;
	*nr = 0;
	if (!list)
		return fail(core, ENOMEM, "out of memory");
	for (size_t i = 0; !ret && i < core->nr_headers; i++) {
		ret = read_segment(core, i, &segment);
		if (ret || segment.p_type != PT_LOAD || !segment.p_memsz)
			continue;
		ret = check_load(core, &segment);
		list[(*nr)++] = (struct core_load){
			segment.p_vaddr, segment.p_vaddr + segment.p_memsz, segment.p_flags,
		};
	}
	return ret ? ret : put_in_order(core, list, *nr);
}

/* Its @name has @length bytes, the NUL at its end included, or none. */
static int take_owner(struct core_file *core, struct core_note *note, const char *name, size_t length)
{
	if (length && name[length - 1])
		return fail(core, EBADMSG, "it is damaged: the name of a note does not end");
	note->owner = length ? name : "";
	return 0;
}

static int notes_of(struct core_file *core, const GElf_Phdr *segment, core_take_note *take, void *context)
{
	Elf_Type type = segment->p_align == 8 ? ELF_T_NHDR8 : ELF_T_NHDR;
	Elf_Data *data = segment->p_filesz > MOST_NOTES ? NULL :
			 elf_getdata_rawchunk(core->elf, segment->p_offset, segment->p_filesz, type);
	size_t at = 0, next, name, bytes;
	struct core_note note;
	GElf_Nhdr header;
	int ret = 0;

	if (!data)
		return fail(core, EBADMSG, "it is damaged: its notes cannot be read");
	while (!ret && at < data->d_size) {
		next = gelf_getnote(data, at, &header, &name, &bytes);
		if (!next)
			return fail(core, EBADMSG, "it is damaged: a note does not end");
		note = (struct core_note){
			.type = header.n_type, .bytes = (unsigned char *)data->d_buf + bytes, .length = header.n_descsz,
		};
		ret = take_owner(core, &note, (char *)data->d_buf + name, header.n_namesz);
		if (!ret)
			ret = take(&note, context);
		at = next;
	}
	return ret;
}

int core_file_notes(struct core_file *core, core_take_note *take, void *context)
{
	GElf_Phdr segment;
	int ret = 0;

	for (size_t i = 0; !ret && i < core->nr_headers; i++) {
		ret = read_segment(core, i, &segment);
		if (!ret && segment.p_type == PT_NOTE && segment.p_filesz)
			ret = notes_of(core, &segment, take, context);
	}
	return ret;
}
