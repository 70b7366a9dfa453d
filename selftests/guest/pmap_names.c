// SPDX-License-Identifier: GPL-2.0
/* pmap_names.c - `vmaview pmap` and pmap agree on odd names of files and processes. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/pair.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(pmap_names)

/* A new folder of its own for each scene, removed by sweep(). */
static char folder[] = "/tmp/names.XXXXXX";

static void enter_folder(void)
{
	if (!mkdtemp(folder) || chdir(folder))
		die("cannot make a folder: %s", strerror(errno));
}

static void sweep(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	if (chdir("/") || system(command))
		note("cannot remove %s", folder);
}

/* Two pages of the file, the first of them written: a private and a shared area. */
static void map_file(int fd)
{
	char *private, *shared;

	if (fd < 0 || ftruncate(fd, 2 * PAGE))
		die("cannot make a file: %s", strerror(errno));
	private = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, PAGE);
	if (private == MAP_FAILED || shared == MAP_FAILED)
		die("mmap: %s", strerror(errno));
	private[0] = 1;
	shared[0] = 1;
	close(fd);
}

static const char *const odd_names[] = {
	"plain", "two  spaces", " before", "after ", "new\nline", "back\\slash", "tab\there",
	"(round) [square] {curly}", "[heap]", "[stack]", "name (deleted)", "\033[31mred\007",
	"\303\251t\303\251", "\377\376", "%s%n%d", "'\"`$(x)", "Rss: 5 kB", "SYSV00000000", "SYSV]",
	"-dash", "a:b", "12-34 rwxp 5 6:7 8",
};

static int odd_files(void *unused)
{
	(void)unused;
	pair_alone();
	for (size_t i = 0; i < ARRAY_SIZE(odd_names); i++) {
		map_file(open(odd_names[i], O_RDWR | O_CREAT, 0600));
		map_file(memfd_create(odd_names[i], 0));
		if (i % 2)
			unlink(odd_names[i]);
	}
	map_file(memfd_create("with/slash/", 0));
	child_ready();
	return 0;
}

/* Files and memfds with odd names. */
TEST_F(pmap_names, files)
{
	enter_folder();
	pair_scene(odd_files);
	sweep();
}

/*
 * pmap reads a line of maps in pieces of 1023 bytes; 73 of them are before the name.  What the
 * second piece begins with, and where a slash is in it, decide what it is taken for.
 */
static const char *const fillings[] = {
	"a", "g", "Z", "7", "-", " ", "1-3 rw-s 5 8:1 7 ", "5000-9000 r-xp 1 0:2 3 x", "[x]",
};

#define FOLDER 186

static const size_t lengths[] = {
	125, 126, 127, 128, 250, 890, 895, 896, 947, 948, 949, 950, 951, 952, 960, 1000, 1100,
	1971, 1972, 1973, 1974, 3000, 4000, 4094, 4095, 4096, 4097, 5000,
};

/*
 * @length bytes of @filling from a root that is @used long.  Folders are that long so that a slash
 * is among the first bytes of the second piece.
 */
static void map_long(const char *filling, size_t length, size_t used)
{
	char name[FOLDER + 1];
	int at = open(".", O_PATH), next;

	while (length - used > FOLDER) {
		size_t part = length - used > FOLDER + 2 ? FOLDER : length - used - 2;

		for (size_t i = 0; i < part; i++)
			name[i] = filling[(used + i) % strlen(filling)];
		name[part] = '\0';
		if (mkdirat(at, name, 0700) && errno != EEXIST)
			die("mkdirat: %s", strerror(errno));
		next = openat(at, name, O_PATH);
		close(at);
		at = next;
		used += part + 1;
	}
	for (size_t i = 0; i < length - used; i++)
		name[i] = filling[(used + i) % strlen(filling)];
	name[length - used - 1] = '.';		/* no folder has this name */
	name[length - used] = '\0';
	map_file(openat(at, name, O_RDWR | O_CREAT, 0600));
	close(at);
}

static int long_names(void *unused)
{
	(void)unused;
	pair_alone();
	for (size_t i = 0; i < ARRAY_SIZE(fillings); i++)
		for (size_t k = 0; k < ARRAY_SIZE(lengths); k++)
			map_long(fillings[i], lengths[k], strlen(folder) + 1);
	child_ready();
	return 0;
}

/* Paths that are longer than pmap's own line. */
TEST_F(pmap_names, long_paths)
{
	enter_folder();
	pair_scene(long_names);
	sweep();
}

/* A process that is called @name, and waits for input that never comes. */
static pid_t start_named(const char *name, int input)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork: %s", strerror(errno));
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(input, 0);
		dup2(open("/dev/null", O_WRONLY), 2);
		execlp("cat", name, "-", name, NULL);
		_exit(127);
	}
	if (!proc_await(pid, 'S'))
		die("cat does not start");
	return pid;
}

/* Processes with odd names.  The first line of each process. */
TEST_F(pmap_names, titles)
{
	static const char *const names[] = {
		"a b", "new\nline", "\033[1m", "\303\251t\303\251", "\377", "", "[x]",
	};
	pid_t pids[ARRAY_SIZE(names)];
	char text[16 * ARRAY_SIZE(names)], *at = text;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		die("pipe: %s", strerror(errno));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		pids[i] = start_named(names[i], ends[0]);
		at += sprintf(at, "%d ", pids[i]);
	}
	setenv("LC_ALL", "C", 1);
	pair_compare(PAIR_PLAIN, text);
	setenv("LC_ALL", "C.UTF-8", 1);
	pair_compare(PAIR_PLAIN, text);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
	}
}

SCENE_MAIN
