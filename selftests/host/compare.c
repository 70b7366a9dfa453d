// SPDX-License-Identifier: GPL-2.0
/* compare.c - verify's comparison: each difference is found, and nothing else. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "proc/procfs.h"
#include "verbs/verify/compare.h"
#include "verbs/verify/pmap_witness.h"
#include "vmaview/flags.h"

#define AREA_A "10000-14000 r-xp 00001000 fe:01 77 /usr/bin/x\nSize: 16 kB\nRss: 12 kB\n"
#define FLAGS_A "VmFlags: rd ex mr \n"
#define AREA_B "20000-21000 rw-p 00000000 00:00 0 \nSize: 4 kB\nRss: 4 kB\nVmFlags: rd wr \n"
#define GATE "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]\nRss: 0 kB\n"

static void parse(struct process *process, const char *text)
{
	FILE *file = fmemopen((void *)text, strlen(text), "r");

	process_init(process);
	if (!file || procfs_parse(process, file, NULL))
		abort();
	fclose(file);
}

/* What @witness has to say to @ours against @theirs: "address key ours theirs", ";" between. */
static bool finds(enum witness witness, const char *ours, const char *theirs, const char *expect)
{
	struct differences differences = { .list = NULL };
	struct process a, b;
	char found[512] = "";

	parse(&a, ours);
	parse(&b, theirs);
	compare(&differences, &a, &b, witness);
	for (size_t i = 0; i < differences.nr; i++) {
		const struct difference *difference = &differences.list[i];
		size_t used = strlen(found);

		snprintf(found + used, sizeof(found) - used, "%s%llx %s %s %s", i ? ";" : "",
			 (unsigned long long)difference->address, difference->key,
			 difference->ours, difference->theirs);
	}
	differences_free(&differences);
	process_free(&a);
	process_free(&b);
	return !strcmp(found, expect) ? true : ktap_note("found '%s'", found);
}

static bool same(void)
{
	return finds(WITNESS_MAPS, AREA_A FLAGS_A AREA_B, AREA_A FLAGS_A AREA_B, "") &&
	       finds(WITNESS_SMAPS, AREA_A FLAGS_A AREA_B, AREA_A FLAGS_A AREA_B, "");
}

static bool heads(void)
{
	return finds(WITNESS_MAPS, AREA_B,
		     "20000-22000 rwxp 00002000 fe:02 78 /y\n",
		     "20000 End 0000000000021000 0000000000022000;20000 Perms rw-p rwxp;"
		     "20000 Offset 0 8;20000 Device 00:00 fe:02;20000 Inode 0 78;"
		     "20000 Name . /y");
}

static bool keys(void)
{
	return finds(WITNESS_SMAPS, AREA_A FLAGS_A,
		     "10000-14000 r-xp 00001000 fe:01 77 /usr/bin/x\nRss: 8 kB\nSwap: 4 kB\n"
		     "VmFlags: rd mr \n",
		     "10000 VmFlags rd ex mr rd mr;10000 Rss 12 kB 8 kB");
}

static bool missing(void)
{
	return finds(WITNESS_MAPS, AREA_A AREA_B, AREA_A, "20000 Area there not there") &&
	       finds(WITNESS_MAPS, AREA_B, AREA_A AREA_B, "10000 Area not there there") &&
	       finds(WITNESS_MAPS, AREA_A, AREA_B,
		     "10000 Area there not there;20000 Area not there there");
}

static bool gate(void)
{
	return finds(WITNESS_MAPS, AREA_A, AREA_A GATE, "") &&
	       finds(WITNESS_SMAPS, AREA_A FLAGS_A, AREA_A FLAGS_A GATE, "");
}

static void note(struct differences *differences, const char *ours, const char *theirs)
{
	struct process a, b;

	parse(&a, ours);
	parse(&b, theirs);
	compare(differences, &a, &b, WITNESS_MAPS);
	process_free(&a);
	process_free(&b);
}

/* Of "B is gone, A differs" and "B is gone", the first is what stays. */
static bool confirms(void)
{
	struct differences first = { .list = NULL }, again = { .list = NULL };
	bool holds;

	note(&first, AREA_A AREA_B, "10000-14000 r--p 00001000 fe:01 77 /usr/bin/x\n");
	note(&again, AREA_A AREA_B, AREA_A);
	holds = first.nr == 2 && again.nr == 1;
	differences_confirm(&first, &again);
	holds &= first.nr == 1 && first.list[0].address == 0x20000;
	differences_free(&first);
	differences_free(&again);
	return holds;
}

/* A kernel that has no letters for two flags, the bits of which only the module knows. */
static bool flags_without_letters(void)
{
	struct differences differences = { .list = NULL };
	struct process ours, theirs;
	bool same;

	parse(&ours, AREA_A);
	flags_name(&ours, 0, "rd", "read");
	flags_name(&ours, 13, "lo", "locked");
	flags_name(&ours, 19, "??", "lockonfault");
	flags_name(&ours, 20, "ac", "account");
	flags_name(&ours, 24, "", "pkey_bit0");
	flags_name(&ours, 39, "??", "bit39");
	ours.areas[0].vm_flags = 1 | 1 << 13 | 1 << 19 | 1 << 20 | 1 << 24 | 1ull << 39;
	ours.areas[0].facts = AREA_KNOWS_VMFLAGS;
	parse(&theirs, AREA_A "VmFlags: rd lo ?? ac ?? \n");
	compare(&differences, &ours, &theirs, WITNESS_SMAPS);
	same = !differences.nr;
	ours.areas[0].vm_flags ^= 1ull << 39;
	compare(&differences, &ours, &theirs, WITNESS_SMAPS);
	same &= differences.nr == 1 && !strcmp(differences.list[0].ours, "rd lo ?? ac") &&
		!strcmp(differences.list[0].theirs, "rd lo ?? ac ??");
	differences_free(&differences);
	process_free(&ours);
	process_free(&theirs);
	return same;
}

/* A path that the module had no room for. */
static bool unknown_name(void)
{
	struct differences differences = { .list = NULL };
	struct process ours, theirs;
	bool same;

	parse(&ours, AREA_B);
	ours.areas[0].flags = VMAVIEW_AREA_NAME_CUT;
	parse(&theirs, "20000-21000 rw-p 00000000 00:00 0 /y\n");
	compare(&differences, &ours, &theirs, WITNESS_MAPS);
	same = !differences.nr && differences.values == 5;
	differences_free(&differences);
	process_free(&ours);
	process_free(&theirs);
	return same;
}

/* The next @length bytes of a path that has @used, named so that pieces look like rows of maps. */
static void name_part(char *name, size_t length, size_t used)
{
	static const char looks[] = "1000-9000 rwxs 5 8:1 7 ";

	for (size_t i = 0; i < length; i++)
		name[i] = looks[(used + i) % (sizeof(looks) - 1)];
	name[length] = '\0';
}

/* A file with a path of that many bytes below @folder, mapped. */
static bool map_long(const char *folder, size_t length)
{
	size_t used = strlen(folder) + 1;
	int at = open(folder, O_PATH), fd;
	char name[256];

	while (length - used > 200) {
		int folder_fd = at;

		name_part(name, 100, used);
		mkdirat(folder_fd, name, 0700);
		at = openat(folder_fd, name, O_PATH);
		close(folder_fd);
		used += 101;
	}
	name_part(name, length - used, used);
	fd = openat(at, name, O_RDWR | O_CREAT, 0600);
	close(at);
	if (fd < 0 || ftruncate(fd, 4096) ||
	    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0) == MAP_FAILED)
		return false;
	close(fd);
	return true;
}

/* From where it fits into pmap's buffer up to where the module cannot know it; ones that are in between. */
static const size_t lengths[] = { 900, 948, 949, 950, 951, 960, 1022, 1023, 1024, 1972, 1973, 2000, 4000, 4096, 5000 };

static pid_t start_child(const char *folder)
{
	pid_t child = fork();

	if (!child) {
		for (size_t i = 0; folder && i < sizeof(lengths) / sizeof(lengths[0]); i++)
			if (!map_long(folder, lengths[i]))
				_exit(1);
		raise(SIGSTOP);
		_exit(0);
	}
	waitpid(child, NULL, WUNTRACED);
	return child;
}

/* /proc and the system's pmap say the same of a child, of which @left_out areas cannot be compared. */
static bool pmap_agrees(const char *folder, size_t left_out)
{
	struct differences differences = { .list = NULL };
	pid_t child = start_child(folder);
	struct process smaps, pmap;
	char number[16];
	bool holds;
	int ret;

	snprintf(number, sizeof(number), "%d", child);
	process_init(&smaps);
	process_init(&pmap);
	ret = procfs_read_file(&smaps, number, "smaps");
	holds = !ret && !pmap_witness_read(&pmap, number, &smaps);
	compare(&differences, &smaps, &pmap, WITNESS_PMAP);
	/* Under the address sanitizer a lookup of libraries alone has dozens of areas. */
	holds = holds && !differences.nr && smaps.nr_areas > 20 && pmap.nr_areas + left_out == smaps.nr_areas;
	if (!holds)
		ktap_note("%zu areas, %zu of pmap, %zu values, %zu differences", smaps.nr_areas,
			  pmap.nr_areas, differences.values, differences.nr);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	differences_free(&differences);
	process_free(&smaps);
	process_free(&pmap);
	return holds;
}

static bool real_pmap(void)
{
	return pmap_agrees(NULL, 0);
}

static bool pieces(void)
{
	char folder[] = "/tmp/vmaview-pieces.XXXXXX", command[64];
	bool holds;

	if (!mkdtemp(folder))
		return false;
	holds = pmap_agrees(folder, 12);	/* of 950 bytes and more */
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return !system(command) && holds;
}

static const struct ktap_test tests[] = {
	{ "equal accounts do not differ", same },
	{ "each part of a head line is compared with maps", heads },
	{ "keys that both know, and VmFlags, are compared with smaps", keys },
	{ "an area that only one of them has is a difference", missing },
	{ "the gate area is none", gate },
	{ "a difference stays if it is seen again", confirms },
	{ "flags that smaps has no letters for are compared, in their place", flags_without_letters },
	{ "a name that is not known is no difference", unknown_name },
	{ "the system's own pmap is understood", real_pmap },
	{ "and no witness for areas of which it makes up rows", pieces },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
