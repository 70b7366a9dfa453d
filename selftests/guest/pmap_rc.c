// SPDX-License-Identifier: GPL-2.0
/* pmap_rc.c - `vmaview pmap` and pmap agree on configuration files, made and read. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/pair.h"
#include "lib/scene_test.h"
#include "lib/slurp.h"

SCENE(pmap_rc)

static char home[] = "/tmp/home.XXXXXX";

static void enter_home(void)
{
	if (!mkdtemp(home) || chdir(home) || setenv("HOME", home, 1))
		die("cannot make a folder: %s", strerror(errno));
}

static void leave_home(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf '%s'", home);
	if (chdir("/") || system(command))
		note("cannot remove %s", home);
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		die("cannot write %s", path);
	close(fd);
}

static void expect_same_run(const char *args, const char *made)
{
	struct command_result want, got;
	struct bytes wanted, gotten;

	pair_run(PAIR_THEIRS, PAIR_PLAIN, args, &want);
	expect_eq("pmap wrote it", slurp(made, &wanted), 0);
	unlink(made);
	pair_run(PAIR_OURS, PAIR_PLAIN, args, &got);
	expect_eq("ours wrote it", slurp(made, &gotten), 0);
	expect_eq(args, got.status, want.status);
	expect_str(args, got.err.data, want.err.data);
	expect_str(made, gotten.data, wanted.data);
	bytes_free(&wanted);
	bytes_free(&gotten);
	command_free(&want);
	command_free(&got);
}

/* Configuration files that are created. */
TEST_F(pmap_rc, create_rc)
{
	enter_home();
	expect_same_run("-N made", "made");
	expect_same_run("--create-rc", ".pmaprc");
	PAIR_LINES(PAIR_APART, "-n", "-N made", "-N /dev/null", "-c PID", "-C made PID");
	unsetenv("HOME");
	PAIR_LINES(PAIR_PLAIN, "-n", "-c PID", "-C /nonexistent/rc PID", "-N /nonexistent/rc",
		   "-C /nonexistent/rc 0");
	leave_home();
}

static const char *const rc_texts[] = {
	"", "\n\n# nothing\n", "[Fields Display]\n", "[Fields Display]\nRss\nMapping\n",
	"[Fields Display]\nPerm\nOffset\nDevice\nInode\nMapping\nVmFlags\nSize\nPss\nSwapPss\n",
	"[Fields Display]\nVmFlags\n", "[Fields Display]\nTHPeligible\nProtectionKey\nLocked\n",
	"[Fields Display]\n  Rss \t# comment\n\tPss#no\nSize two words\n",
	"[Fields Display]\nMapping\n[Mapping]\nShowPath\n",
	"[Mapping]\nShowPath\nShowPath\n[Fields Display]\nMapping\n[Mapping]\nShowPath x\n",
	"[Mapping] # so\n[Fields Display] Rss\nMapping\n", "[Fields DisplayRss\nMapping\n",
	"Rss\n[Fields Display]\nRss\n", "[Strange]\nRss\n[Fields Display]\nRss", "[broken\nRss\n",
	"[Strange] x\n[Fields Display] [Mapping]\nMapping\n", "[Fields Display]\r\nRss\r\nPss\n",
	"[Fields Display]\nrss\nRSS\nAnonHugePages\nAnonHugePages\n",
};

/* Configuration files that are read. */
TEST_F(pmap_rc, read_rc)
{
	enter_home();
	for (size_t i = 0; i < ARRAY_SIZE(rc_texts); i++) {
		write_file(".pmaprc", rc_texts[i]);
		PAIR_LINES(PAIR_APART, "-c -p PID PID");
	}
	leave_home();
}

/* Long lines in configuration files.  Of a line, pmap takes the first 1024 bytes. */
TEST_F(pmap_rc, long_rc_lines)
{
	char text[3000];

	enter_home();
	for (int blanks = 1020; blanks < 1027; blanks++) {
		snprintf(text, sizeof(text), "[Fields Display]\n%*sMapping\nRss\n%*s", blanks, "",
			 blanks, "Pss");
		write_file("rc", text);
		PAIR_LINES(PAIR_APART, "-qC rc PID");
	}
	leave_home();
}

SCENE_MAIN
