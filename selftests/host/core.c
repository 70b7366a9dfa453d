// SPDX-License-Identifier: GPL-2.0
/* core.c - core files: what they say is found, what they do not is unknown, and what nobody vouches for is refused. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <elf.h>

#include "core/core.h"
#include "elf_core.h"
#include "ktap.h"
#include "vmaview/kind.h"

static int file_of(const void *bytes, size_t length)
{
	int fd = memfd_create("core", MFD_CLOEXEC);

	if (fd < 0 || write(fd, bytes, length) != (ssize_t)length)
		abort();
	return fd;
}

/* @process is to be freed. */
static int read_bytes(struct process *process, const void *bytes, size_t length, const char **why)
{
	int fd = file_of(bytes, length), ret;

	*why = "";
	process_init(process);
	ret = core_read(process, fd, why);
	close(fd);
	return ret;
}

static int read_core(struct process *process, struct elf_core *core, const char **why)
{
	int ret;

	elf_core_build(core);
	ret = read_bytes(process, core->bytes, core->length, why);
	elf_core_free(core);
	return ret;
}

/* One area, as it is expected to be; -1: unknown. */
struct wanted {
	uint64_t start;
	uint64_t end;
	const char *perms;
	const char *name;		/* NULL: unknown */
	long offset;
	enum kind kind;
};

static bool is(const struct process *process, size_t index, const struct wanted *wanted)
{
	const struct area *area = &process->areas[index];
	const char *name = area->lacks & AREA_LACKS_NAME ? NULL : area->name;
	long offset = area->lacks & AREA_LACKS_OFFSET ? -1 : (long)area->offset;
	enum kind kind = kind_of_area(process, index);

	if (area->start == wanted->start && area->end == wanted->end && !strcmp(area->perms, wanted->perms) &&
	    !name == !wanted->name && (!name || !strcmp(name, wanted->name)) && offset == wanted->offset &&
	    kind == wanted->kind && area->lacks & AREA_LACKS_FILE && !area->facts && area->known == KEY_BIT(KEY_SIZE) &&
	    area_get(area, KEY_SIZE) == wanted->end - wanted->start)
		return true;
	return ktap_note("area %zu: %llx-%llx %s %s offset %ld, %s", index, (unsigned long long)area->start,
			 (unsigned long long)area->end, area->perms, name ? name : "-", offset, kind_names[kind]);
}

static bool areas_are(const struct process *process, const struct wanted *wanted, size_t nr)
{
	if (process->nr_areas != nr)
		return ktap_note("%zu areas, not %zu", process->nr_areas, nr);
	for (size_t i = 0; i < nr; i++)
		if (!is(process, i, &wanted[i]))
			return false;
	return true;
}

#define PROGRAM "/usr/bin/program"
#define LIBRARY "/usr/lib/lib one.so"

/* As the kernel writes it of each kind of machine; that a thread's stack is one, only x86-64 says. */
static bool reads_program(unsigned int word, bool big_endian)
{
	const enum kind stack = word == 8 && !big_endian ? KIND_OF_THREAD_STACK : KIND_OF_UNKNOWN;
	const struct wanted wanted[] = {
		{ 0x10000, 0x12000, "r-x?", PROGRAM, 0, KIND_OF_TEXT },
		{ 0x12000, 0x13000, "rw-?", PROGRAM, 0x2000, KIND_OF_UNKNOWN },
		{ 0x20000, 0x25000, "rw-?", NULL, -1, KIND_OF_UNKNOWN },
		{ 0x400000, 0x408000, "rw-?", NULL, -1, stack },
		{ 0x500000, 0x520000, "r--?", LIBRARY, 0x10000, KIND_OF_UNKNOWN },
		{ 0x600000, 0x601000, "---?", NULL, -1, KIND_OF_GUARD },
		{ 0x700000, 0x701000, "r-x?", "[vdso]", -1, KIND_OF_SPECIAL },
		{ 0x7f0000, 0x7f1000, "rw-?", "[stack]", -1, KIND_OF_STACK },
	};
	struct process process;
	struct elf_core core;
	const char *why;
	bool holds;
	int ret;

	elf_core_program(&core, word, big_endian);
	ret = read_core(&process, &core, &why);
	holds = (!ret || ktap_note("%s", why)) && areas_are(&process, wanted, sizeof(wanted) / sizeof(wanted[0])) &&
		process.is_core && process.source == SOURCE_FILE && process.pid == 4711 && process.page_size == 4096 &&
		!strcmp(process.comm, "program") && !strcmp(process.title, "program -x y") && process.cmdline &&
		!strcmp(process.cmdline, "program -x y") && !*process.release && !process.mm_known &&
		!process.has_runs && !process.has_layout && !process.has_receipt && !process.time;
	process_free(&process);
	return holds;
}

static bool reads_64_bits(void)
{
	return reads_program(8, false);
}

static bool reads_32_bits(void)
{
	return reads_program(4, false);
}

static bool reads_other_endian(void)
{
	return reads_program(8, true) && reads_program(4, true);
}

/* gdb saves no text, marks all as readable, and counts offsets in bytes. */
static bool reads_debuggers(void)
{
	static const struct elf_core_file files[] = {
		{ 0x12000, 0x14000, 0x2000, PROGRAM },
		{ 0x10000, 0x12000, 0, PROGRAM },
		{ 0x30000, 0x34000, 0x5000, "/tmp/two\nlines" },
	};
	static const struct wanted wanted[] = {
		{ 0x10000, 0x12000, "????", PROGRAM, 0, KIND_OF_UNKNOWN },
		{ 0x12000, 0x13000, "?-x?", PROGRAM, 0x2000, KIND_OF_TEXT },
		{ 0x13000, 0x14000, "????", PROGRAM, 0x3000, KIND_OF_UNKNOWN },
		{ 0x20000, 0x21000, "?w-?", NULL, -1, KIND_OF_UNKNOWN },
		{ 0x30000, 0x31000, "????", "/tmp/two\\012lines", 0x5000, KIND_OF_UNKNOWN },
		{ 0x31000, 0x33000, "?w-?", "/tmp/two\\012lines", 0x6000, KIND_OF_UNKNOWN },
		{ 0x33000, 0x34000, "????", "/tmp/two\\012lines", 0x8000, KIND_OF_UNKNOWN },
		{ 0x34000, 0x35000, "?w-?", NULL, -1, KIND_OF_UNKNOWN },
	};
	struct process process;
	struct elf_core core;
	const char *why;
	bool holds;

	elf_core_begin(&core, 8, false);
	elf_core_load(&core, 0x20000, 0x1000, PF_R | PF_W);
	elf_core_load(&core, 0x12000, 0x1000, PF_R | PF_X);
	elf_core_load(&core, 0x34000, 0x1000, PF_R | PF_W);
	elf_core_load(&core, 0x31000, 0x2000, PF_R | PF_W);
	elf_core_process(&core, 7, "p", "");
	elf_core_thread(&core, 7, 0);
	elf_core_files(&core, 1, files, 3);
	elf_core_note(&core, "GDB", 0xff000000, "<target>", 9);
	holds = !read_core(&process, &core, &why) && areas_are(&process, wanted, sizeof(wanted) / sizeof(wanted[0])) &&
		!strcmp(process.title, "[p]") && !process.cmdline && !process.page_size;
	process_free(&process);
	return holds || ktap_note("%s", why);
}

static char readable(bool thread_first, bool gdb)
{
	struct process process;
	struct elf_core core;
	const char *why;
	char answer = '!';

	elf_core_begin(&core, 8, false);
	elf_core_load(&core, 0x20000, 0x1000, PF_R);
	if (thread_first)
		elf_core_thread(&core, 7, 0);
	elf_core_process(&core, 7, "p", "");
	if (gdb)
		elf_core_note(&core, "GDB", 0xff000000, "<target>", 9);
	if (!read_core(&process, &core, &why) && process.nr_areas == 1)
		answer = process.areas[0].perms[0];
	process_free(&process);
	return answer;
}

/* By a note of its own, or by the order of notes, which is not the kernel's. */
static bool debuggers_are_told_apart(void)
{
	return readable(true, false) == 'r' && readable(true, true) == '?' && readable(false, false) == '?';
}

static bool long_arguments_are_unknown(void)
{
	char arguments[80];
	struct process process;
	struct elf_core core;
	const char *why;
	bool holds;

	memset(arguments, 'a', 79);
	arguments[79] = '\0';
	elf_core_begin(&core, 8, false);
	elf_core_process(&core, 7, "0123456789abcdef", arguments);
	holds = !read_core(&process, &core, &why) && !strcmp(process.comm, "0123456789abcdef") &&
		!strcmp(process.title, arguments) && !process.cmdline && !process.nr_areas;
	process_free(&process);
	return holds || ktap_note("%s", why);
}

/* Only on one area that can be written, and that both point at. */
static bool stack_is_no_guess(void)
{
	static const uint64_t apart[][2] = { { AT_RANDOM, 0x20010 }, { AT_EXECFN, 0x30010 }, { 0, 0 } };
	static const uint64_t fixed[][2] = { { AT_RANDOM, 0x40010 }, { AT_EXECFN, 0x40ff0 }, { 0, 0 } };
	static const uint64_t none[][2] = { { AT_RANDOM, 0 }, { AT_SYSINFO_EHDR, 0x40010 }, { 0, 0 } };
	const uint64_t (*const all[])[2] = { apart, fixed, none };
	bool holds = true;

	for (size_t i = 0; holds && i < sizeof(all) / sizeof(all[0]); i++) {
		struct process process;
		struct elf_core core;
		const char *why;

		elf_core_begin(&core, 8, false);
		elf_core_load(&core, 0, 0x1000, PF_R | PF_W);
		elf_core_load(&core, 0x20000, 0x1000, PF_R | PF_W);
		elf_core_load(&core, 0x30000, 0x1000, PF_R | PF_W);
		elf_core_load(&core, 0x40000, 0x1000, PF_R);
		elf_core_process(&core, 7, "p", "p");
		elf_core_auxv(&core, all[i]);
		holds = !read_core(&process, &core, &why) && process.nr_areas == 4;
		for (size_t j = 0; j < process.nr_areas; j++)
			holds = holds && process.areas[j].lacks & AREA_LACKS_NAME;
		process_free(&process);
		if (!holds)
			ktap_note("case %zu: %s", i, why);
	}
	return holds;
}

static bool gate_is_told_apart(void)
{
	const struct area *last;
	struct process process;
	struct elf_core core;
	const char *why;
	bool holds;

	elf_core_program(&core, 8, false);
	elf_core_load(&core, 0xffffffffff600000, 0x1000, PF_X);
	holds = !read_core(&process, &core, &why);
	last = holds ? process_gate(&process) : NULL;
	holds = last && !strcmp(last->name, "[vsyscall]") && !strcmp(last->perms, "--x?");
	process_free(&process);
	return holds || ktap_note("%s", why);
}

static bool each_cut_is_refused(void)
{
	bool holds = true;

	for (int word = 4; word <= 8; word += 4) {
		struct elf_core core;

		elf_core_program(&core, word, word == 4);
		elf_core_build(&core);
		for (size_t length = 4; holds && length < core.length; length++) {
			struct process process;
			const char *why;
			int ret = read_bytes(&process, core.bytes, length, &why);

			holds = (ret == -EBADMSG || ret == -ENODATA) && *why;
			process_free(&process);
			if (!holds)
				ktap_note("cut after %zu of %zu bytes: %d %s", length, core.length, ret, why);
		}
		elf_core_free(&core);
	}
	return holds;
}

/* Whatever one byte is, the answer is one, and words where it is no. */
static bool each_byte_may_be_wrong(void)
{
	static const unsigned char values[] = { 0, 1, 0x7f, 0x80, 0xff };
	struct elf_core core;
	bool holds = true;

	elf_core_program(&core, 8, false);
	elf_core_build(&core);
	for (size_t at = 4; holds && at < core.length - 0x1000; at++) {
		for (size_t i = 0; holds && i < sizeof(values); i++) {
			unsigned char old = core.bytes[at];
			struct process process;
			const char *why;
			int ret;

			core.bytes[at] = values[i];
			ret = read_bytes(&process, core.bytes, core.length, &why);
			holds = !ret || (*why && (ret == -EBADMSG || ret == -ENODATA || ret == -ENOMEM));
			for (size_t j = 1; holds && !ret && j < process.nr_areas; j++)
				holds = process.areas[j].start >= process.areas[j - 1].end &&
					process.areas[j].start < process.areas[j].end;
			process_free(&process);
			core.bytes[at] = old;
			if (!holds)
				ktap_note("byte %zu is %02x: %d %s", at, values[i], ret, why);
		}
	}
	elf_core_free(&core);
	return holds;
}

static void more_headers(struct elf_core *core)
{
	core->header_count = 200;
}

static void endless_headers(struct elf_core *core)
{
	core->many = 0xffffffff;
}

static void section_counts(struct elf_core *core)
{
	core->many = core->nr_loads + 1;
}

static void no_section_counts(struct elf_core *core)
{
	core->header_count = PN_XNUM;
}

static void overlapping(struct elf_core *core)
{
	core->loads[3].start = 0x24000;
}

static void beyond_the_file(struct elf_core *core)
{
	core->loads[4].saved = 0x20000;
}

static void beyond_all(struct elf_core *core)
{
	core->loads[4].saved = core->loads[4].size = UINT64_MAX;
}

static void beyond_the_space(struct elf_core *core)
{
	core->loads[7].size = UINT64_MAX - core->loads[7].start + 1;
}

static void more_than_it_has(struct elf_core *core)
{
	core->loads[1].size = 0x800;
}

static void crooked(struct elf_core *core)
{
	core->loads[2].size = 0x4800;
}

static void no_core(struct elf_core *core)
{
	core->type = ET_EXEC;
}

static void nobody(struct elf_core *core)
{
	core->notes_length = 0;
}

static void of_kernel(struct elf_core *core)
{
	core->notes_length = 0;
	elf_core_process(core, -5, "x", "x");
}

static void short_process(struct elf_core *core)
{
	core->notes_length = 0;
	elf_core_note(core, "CORE", NT_PRPSINFO, "short", 6);
}

static void odd_pages(struct elf_core *core)
{
	static const uint64_t auxv[][2] = { { AT_PAGESZ, 4097 }, { 0, 0 } };

	elf_core_auxv(core, auxv);
}

static void note_without_end(struct elf_core *core)
{
	elf_core_note(core, "CORE", 1234, "", 0);
	elf_core_put(core, core->notes + core->notes_length - 20 + 4, 0x7fffffff, 4);
}

/* The first NT_FILE counts: a list of its own goes before that of the program. */
static void files(struct elf_core *core, const struct elf_core_file *list, size_t nr, uint64_t unit)
{
	core->notes_length = 0;
	elf_core_process(core, 7, "x", "x");
	elf_core_files(core, unit, list, nr);
}

static void files_overlap(struct elf_core *core)
{
	static const struct elf_core_file list[] = { { 0x10000, 0x12000, 0, "/a" }, { 0x11000, 0x13000, 0, "/b" } };

	files(core, list, 2, 4096);
}

static void file_ends_before(struct elf_core *core)
{
	static const struct elf_core_file list[] = { { 0x12000, 0x10000, 0, "/a" } };

	files(core, list, 1, 4096);
}

static void offset_beyond_all(struct elf_core *core)
{
	static const struct elf_core_file list[] = { { 0x10000, 0x12000, UINT64_MAX, "/a" } };

	files(core, list, 1, 4096);
}

static void endless_files(struct elf_core *core)
{
	unsigned char count[16] = { 0 };

	core->notes_length = 0;
	elf_core_process(core, 7, "x", "x");
	memset(count, 0xff, 8);
	elf_core_note(core, "CORE", NT_FILE, count, sizeof(count));
}

static void name_without_end(struct elf_core *core)
{
	unsigned char list[16 + 24 + 4] = { 1 };

	core->notes_length = 0;
	elf_core_process(core, 7, "x", "x");
	list[8] = 1;
	list[16 + 1] = 0x10;
	list[24 + 1] = 0x20;
	memset(list + 40, 'a', 4);
	elf_core_note(core, "CORE", NT_FILE, list, sizeof(list));
}

static void long_name(struct elf_core *core)
{
	static char name[4097];
	const struct elf_core_file list[] = { { 0x10000, 0x12000, 0, name } };

	memset(name, 'a', sizeof(name) - 1);
	files(core, list, 1, 4096);
}

static const struct {
	void (*spoil)(struct elf_core *core);
	const char *words;		/* ""; it is taken */
} spoiled[] = {
	{ more_headers, "cut" },
	{ endless_headers, "cut" },
	{ section_counts, "" },
	{ no_section_counts, "how many segments" },
	{ overlapping, "areas overlap" },
	{ beyond_the_file, "cut" },
	{ beyond_all, "cut" },
	{ beyond_the_space, "last address" },
	{ more_than_it_has, "more of an area" },
	{ crooked, "with a page" },
	{ no_core, "no core" },
	{ nobody, "NT_PRPSINFO" },
	{ of_kernel, "of no process" },
	{ short_process, "too short" },
	{ odd_pages, "pages of that size" },
	{ note_without_end, "note does not end" },
	{ files_overlap, "at one place" },
	{ file_ends_before, "list of files" },
	{ offset_beyond_all, "list of files" },
	{ endless_files, "list of files" },
	{ name_without_end, "list of files" },
	{ long_name, "list of files" },
};

static bool wrong_ones_are_refused(void)
{
	bool holds = true;

	for (size_t i = 0; i < sizeof(spoiled) / sizeof(spoiled[0]); i++) {
		struct process process;
		struct elf_core core;
		const char *why;
		int ret;

		elf_core_program(&core, 8, false);
		spoiled[i].spoil(&core);
		ret = read_core(&process, &core, &why);
		process_free(&process);
		if (!ret == !*spoiled[i].words && (!ret || strstr(why, spoiled[i].words)))
			continue;
		holds = ktap_note("case %zu, '%s': %d %s", i, spoiled[i].words, ret, why);
	}
	return holds;
}

static bool only_regular_files_are_looked_at(void)
{
	int pipes[2], file = file_of("\177ELF", 4), shorter = file_of("\177EL", 3), other = file_of("VMAV", 4);
	bool holds;

	if (pipe(pipes) || write(pipes[1], "\177ELF", 4) != 4)
		abort();
	holds = core_is_elf(file) && !core_is_elf(shorter) && !core_is_elf(other) && !core_is_elf(pipes[0]);
	close(file);
	close(shorter);
	close(other);
	close(pipes[0]);
	close(pipes[1]);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "what a core says is found, and all else is unknown", reads_64_bits },
	{ "... of a 32-bit program", reads_32_bits },
	{ "... of a machine whose numbers begin with the high byte", reads_other_endian },
	{ "a core of a debugger has parts of areas, and says less of what may be done there", reads_debuggers },
	{ "a debugger is told by either of two signs", debuggers_are_told_apart },
	{ "arguments that may have been cut are a title, and no command line", long_arguments_are_unknown },
	{ "an area is no stack by half", stack_is_no_guess },
	{ "the gate area is none of the process", gate_is_told_apart },
	{ "a core that is cut is refused, wherever that is", each_cut_is_refused },
	{ "any byte may be wrong", each_byte_may_be_wrong },
	{ "what cannot be is refused, and why is said", wrong_ones_are_refused },
	{ "what is no regular file, or does not begin as one, is no ELF file", only_regular_files_are_looked_at },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
