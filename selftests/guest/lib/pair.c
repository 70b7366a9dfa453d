// SPDX-License-Identifier: GPL-2.0
/* pair.c - procps's pmap and `vmaview pmap`, side by side, to the byte. */
#include <glob.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "machine.h"
#include "pair.h"
#include "result.h"

#define NOBODY 65534
#define WORDS 300

#define FOLDER "/tmp/pair.XXXXXX"

static char folder[] = FOLDER;
static char loader[64], theirs[256], ours[256];

/* The program's path, as a shell would find it. */
static bool find_program(const char *name, char *out, size_t room)
{
	char *path = strdup(getenv("PATH") ?: ""), *rest = path, *dir;
	bool found = false;

	while (!found && (dir = strsep(&rest, ":"))) {
		snprintf(out, room, "%s/%s", dir, name);
		found = access(out, X_OK) == 0;
	}
	free(path);
	return found;
}

static bool copy_libraries(void)
{
	char command[1024];

	snprintf(command, sizeof(command),
		 "cp -L $(ldd '%s' '%s' | grep -o '/[^ )]*' | grep -v ':$' | sort -u) '%s'",
		 theirs, ours, folder);
	return system(command) == 0;
}

static bool begin(void)
{
	char pattern[64];
	glob_t found;

	if (!find_program("pmap", theirs, sizeof(theirs)) ||
	    !find_program("vmaview", ours, sizeof(ours)) || !mkdtemp(folder) ||
	    chmod(folder, 0755) || !copy_libraries())
		return false;
	snprintf(pattern, sizeof(pattern), "%s/ld-*", folder);
	if (glob(pattern, 0, NULL, &found) || found.gl_pathc != 1)
		return false;
	snprintf(loader, sizeof(loader), "%s", found.gl_pathv[0]);
	globfree(&found);
	return true;
}

/* In the program's own process: its tests run on what it made. */
static pid_t maker;

static __attribute__((constructor)) void pair_begin(void)
{
	maker = getpid();
	setenv("LC_ALL", "C", 1);
	if (!begin())
		loader[0] = '\0';
}

static __attribute__((destructor)) void pair_end(void)
{
	char command[64];

	if (getpid() != maker || !strcmp(folder, FOLDER))
		return;
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	if (system(command))
		note("cannot remove %s", folder);
}

static void run(enum pair_who who, enum pair_how how, char *const args[],
		struct command_result *result)
{
	const char *name = who == PAIR_OURS ? "vmaview" : "pmap";
	char *program = who == PAIR_THEIRS ? theirs : ours;
	char *apart[] = { loader, "--library-path", folder, "--argv0", (char *)name, program };
	char *argv[WORDS] = { (char *)name };
	struct command command = {
		.program = how & PAIR_APART ? loader : program,
		.uid = how & PAIR_NOBODY ? NOBODY : 0,
		.drop = how & PAIR_NO_ADMIN ? CAP_SYS_ADMIN : -1,
		.stdout_to = how & PAIR_FULL_DISK ? "/dev/full" : NULL,
	};
	size_t at = 1;

	if (!loader[0])
		skip("there is no pmap, or no vmaview, on the PATH");
	if (how & PAIR_APART) {
		memcpy(argv, apart, sizeof(apart));
		at = ARRAY_SIZE(apart);
	}
	if (who == PAIR_OURS)
		argv[at++] = "pmap";
	while (*args && at + 1 < WORDS)
		argv[at++] = *args++;
	command_run(&command, argv, result);
}

/* Says where the two differ first. */
static void show_difference(const char *what, const struct bytes *want, const struct bytes *got)
{
	size_t at = 0, line = 0;

	while (at < want->len && at < got->len && want->data[at] == got->data[at])
		if (want->data[at++] == '\n')
			line = at;
	note("%s, byte %zu: pmap: %.*s", what, at, (int)strcspn(want->data + line, "\n"),
	     want->data + line);
	note("%s, byte %zu: ours: %.*s", what, at, (int)strcspn(got->data + line, "\n"),
	     got->data + line);
}

static bool is_same(const char *what, const struct bytes *want, const struct bytes *got)
{
	if (want->len == got->len && !memcmp(want->data, got->data, want->len))
		return true;
	show_difference(what, want, got);
	return false;
}

/* A sanitizer kernel takes long to start a program, and has no part in what it prints: one in four. */
static bool is_due(void)
{
	static unsigned int nr;

	return nr++ % 4 == 0 || !kernel_is_slow();
}

/* Ours, as @how says, beside what theirs has said. */
static bool is_ours_same(enum pair_how how, char *const args[], const struct command_result *want,
			 struct command_result *got)
{
	bool same;

	run(how & PAIR_AS_PMAP ? PAIR_OURS_AS_PMAP : PAIR_OURS, how, args, got);
	same = is_same("stdout", &want->out, &got->out);
	if (how & PAIR_MESSAGES)
		same &= is_same("stderr", &want->err, &got->err);
	if (want->status != got->status)
		note("exit code: pmap: %d, ours: %d", want->status, got->status);
	return same && want->status == got->status;
}

static bool compare(enum pair_how how, char *const args[], const char *text)
{
	struct command_result want, got;
	bool same;

	if (!is_due())
		return true;
	run(PAIR_THEIRS, how, args, &want);
	same = is_ours_same(how, args, &want, &got);
	command_free(&got);
	if (how & PAIR_TWICE) {
		same &= is_ours_same(how | PAIR_NO_ADMIN, args, &want, &got);
		command_free(&got);
	}
	if (!same)
		fail("pmap %s", text);
	command_free(&want);
	return same;
}

static void split(char *text, char *words[WORDS])
{
	size_t at = 0;
	char *word;

	while ((word = strsep(&text, " ")))
		if (*word && at + 1 < WORDS)
			words[at++] = word;
	words[at] = NULL;
}

bool pair_compare(enum pair_how how, const char *args)
{
	char *copy = strdup(args), *words[WORDS];
	bool same;

	split(copy, words);
	same = compare(how, words, args);
	free(copy);
	return same;
}

void pair_refused(const char *args, const char *why)
{
	struct command_result want, got;
	char *copy = strdup(args), *words[WORDS];

	split(copy, words);
	run(PAIR_THEIRS, PAIR_PLAIN, words, &want);
	if (!is_ours_same(PAIR_PLAIN, words, &want, &got))
		fail("pmap %s", args);
	expect_eq(args, got.status, 1);
	if (!strstr(got.err.data, why))
		fail("pmap %s: no usage on stderr, but \"%s\"", args, got.err.data);
	command_free(&want);
	command_free(&got);
	free(copy);
}

bool pair_compare_word(enum pair_how how, const char *word)
{
	char *words[] = { (char *)word, NULL };

	return compare(how, words, word);
}

void pair_run(enum pair_who who, enum pair_how how, const char *args,
	      struct command_result *result)
{
	char *copy = strdup(args), *words[WORDS];

	split(copy, words);
	run(who, how, words, result);
	free(copy);
}
