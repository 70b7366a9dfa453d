// SPDX-License-Identifier: GPL-2.0
/* compare.c - verify's comparison: each difference is found, and nothing else. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "proc/procfs.h"
#include "verbs/verify/compare.h"
#include "verbs/verify/pmap_witness.h"

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

/* A child that does nothing: /proc and the system's pmap say the same of it. */
static bool real_pmap(void)
{
	struct differences differences = { .list = NULL };
	struct process smaps, pmap;
	char number[16];
	pid_t child = fork();
	bool holds;
	int ret;

	if (!child) {
		pause();
		_exit(0);
	}
	snprintf(number, sizeof(number), "%d", child);
	process_init(&smaps);
	process_init(&pmap);
	kill(child, SIGSTOP);
	waitpid(child, NULL, WUNTRACED);
	ret = procfs_read_file(&smaps, number, "smaps");
	holds = !ret && !pmap_witness_read(&pmap, number);
	compare(&differences, &smaps, &pmap, WITNESS_PMAP);
	/* Under the address sanitizer a lookup of libraries alone has dozens of areas. */
	holds = holds && differences.nr == 0 && differences.values > 4 * 20;
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

static const struct ktap_test tests[] = {
	{ "equal accounts do not differ", same },
	{ "each part of a head line is compared with maps", heads },
	{ "keys that both know, and VmFlags, are compared with smaps", keys },
	{ "an area that only one of them has is a difference", missing },
	{ "the gate area is none", gate },
	{ "a difference stays if it is seen again", confirms },
	{ "the system's own pmap is understood", real_pmap },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
