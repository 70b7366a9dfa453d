// SPDX-License-Identifier: GPL-2.0
/* gate - [vsyscall], which is in no mm: what the command says of it, and what an access to it does. */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/access.h"
#include "lib/command.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(gate)

#define GATE 0xffffffffff600000

/* The entry of time(), and a place that has none. */
enum { TIME = 0x400, ELSEWHERE = 0x123 };

/* "r-xp", "--xp", or "" where maps has no such line: the gate= of this boot. */
static const char *gate_perms(void)
{
	static char perms[8];
	char line[512];
	FILE *maps = fopen("/proc/self/maps", "re");

	*perms = '\0';
	while (maps && fgets(line, sizeof(line), maps))
		if (strstr(line, "[vsyscall]"))
			sscanf(line, "%*s %4s", perms);
	if (!maps || fclose(maps))
		die("maps: %s", strerror(errno));
	return perms;
}

/* `vmaview` with @words after the PID of this process; to be freed. */
static void run(const char *verb, const char *words, struct command_result *result)
{
	static const struct command shell = { .program = "/bin/sh", .drop = -1 };
	char line[256];
	char *const argv[] = { "sh", "-c", line, NULL };

	snprintf(line, sizeof(line), "vmaview %s %d %s", verb, getpid(), words);
	command_run(&shell, argv, result);
	if (result->status)
		fail("%s: status %d, %s", line, result->status, result->err.data);
}

static void expect_out(const char *verb, const char *words, const char *want)
{
	struct command_result result;

	run(verb, words, &result);
	expect_str(words, result.out.data, want);
	command_free(&result);
}

static bool segv(uintptr_t addr, enum vmaview_access access, int code)
{
	struct access_seen seen;

	access_do((char *)addr, access, &seen);
	if (seen.signal == SIGSEGV && seen.code == code)
		return true;
	fail("access %d of %lx: signal %d, code %d", access, addr, seen.signal, seen.code);
	return false;
}

static bool read_works(void)
{
	struct access_seen seen;

	access_do((char *)GATE, VMAVIEW_READ, &seen);
	return !seen.signal && !seen.minor;
}

/* Calls it: what it does is what its handler decides. */
static bool time_works(void)
{
	time_t (*entry)(time_t *) = (void *)(uintptr_t)(GATE + TIME);
	time_t before = time(NULL), got = entry(NULL);

	return got >= before && got <= time(NULL);
}

static void words_of(const char *read, const char *exec, char *out, size_t room)
{
	snprintf(out, room, "0xffffffffff600123 0xffffffffff600000 0xffffffffff601000 %s - - %s segv-unmapped %s "
		"[vsyscall]\n",
		 gate_perms(), read, exec);
}

/* An access to [vsyscall] does as said. */
TEST_F(gate, explained)
{
	bool emulate = gate_perms()[0] == 'r';
	char want[256];

	if (!*gate_perms())
		skip("this kernel has no [vsyscall]");
	access_init();
	words_of(emulate ? "ok" : "segv-unmapped", "handler", want, sizeof(want));
	expect_out("explain -r -n", "ffffffffff600123", want);
	expect_out("explain -r -n", "'[vsyscall]+123'", want);
	expect_eq("a read works", read_works(), emulate);
	if (!emulate)
		segv(GATE + ELSEWHERE, VMAVIEW_READ, SEGV_MAPERR);
	segv(GATE + ELSEWHERE, VMAVIEW_WRITE, SEGV_MAPERR);
	if (!time_works())
		fail("time() of [vsyscall] is wrong");
}

/*
 * Without it, what is there does as said.  Where there is no such area, the addresses are like others of
 * the kernel's half.
 */
TEST_F(gate, without)
{
	if (*gate_perms())
		skip("this kernel has [vsyscall]");
	access_init();
	expect_out("explain -r -n", "ffffffffff600400 | cut -d' ' -f1,4,7-10",
		   "0xffffffffff600400 - segv-unmapped segv-unmapped segv-unmapped -\n");
	segv(GATE + TIME, VMAVIEW_READ, SEGV_MAPERR);
	segv(GATE + TIME, VMAVIEW_WRITE, SEGV_MAPERR);
	segv(GATE + TIME, VMAVIEW_EXEC, SEGV_MAPERR);
	expect_out("layout -r -n -o Start,End,State", "ffffffffff5ff800+0x2000",
		   "ffffffffff5ff800 ffffffffff601800 unmapped\n");
}

/* Where it is in memory is not known. */
TEST_F(gate, placed)
{
	static const char columns[] = "layout -r -n -o Start,End,Physical,State,Mapping";

	if (!*gate_perms())
		skip("this kernel has no [vsyscall]");
	expect_out(columns, "ffffffffff5ff800+0x2000",
		   "ffffffffff5ff800 ffffffffff600000 - unmapped .\n"
		   "ffffffffff600000 ffffffffff601000 - gate [vsyscall]\n"
		   "ffffffffff601000 ffffffffff601800 - unmapped .\n");
	expect_out(columns, "ffffffffff600010+0x10",
		   "ffffffffff600010 ffffffffff600020 - gate [vsyscall]\n");
}

/* The last address is answered, too.  The last of all addresses has no end that 64 bits can tell. */
TEST_F(gate, last)
{
	struct command_result result;

	run("-r -n -A ffffffffffffffff", "", &result);
	command_free(&result);
	expect_out("layout -r -n -b -o Start,End,Size,State", "ffffffffffffffff",
		   "ffffffffffffffff - 1 unmapped\n");
	expect_out("layout -r -n -b -o Start,End,Size,State", "ffffffffff700000+0x900000",
		   "ffffffffff700000 - 9437184 unmapped\n");
	expect_out("explain -r -n", "ffffffffffffffff | cut -d' ' -f1,3,7-10",
		   "0xffffffffffffffff 0xffffffffffffffff segv-unmapped segv-unmapped segv-unmapped -\n");
}

SCENE_MAIN
