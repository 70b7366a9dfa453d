// SPDX-License-Identifier: GPL-2.0
/* printed.c - what reaches stdout, and what is said where it does not. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "draw/json.h"
#include "ktap.h"
#include "text/say.h"
#include "verbs/all_verbs.h"
#include "verbs/verify/verify_print.h"

/* What @print has written to @from, in @out: KTAP itself goes to stdout. */
static void capture(FILE *from, void (*print)(void), char *out, size_t room)
{
	int fd = memfd_create("captured", MFD_CLOEXEC), kept;
	ssize_t got;

	fflush(from);
	kept = dup(fileno(from));
	dup2(fd, fileno(from));
	print();
	fflush(from);
	dup2(kept, fileno(from));
	close(kept);
	got = pread(fd, out, room - 1, 0);
	out[got > 0 ? got : 0] = '\0';
	close(fd);
}

static void print_object(void)
{
	struct json_out out;

	json_start(&out, JSON_PRETTY);
	json_open_object(&out);
	json_put_string(&out, "comm", "a\x7f\xc2\x9b" "31m\xc2\xa9\x1b");
	json_end(&out);
	json_finish(&out);
}

static bool whole_json(void)
{
	const char *expect = "{\n  \"comm\":\"a\\u007f\\u009b31m\xc2\xa9\\u001b\"\n}\n";
	char seen[256];

	capture(stdout, print_object, seen, sizeof(seen));
	return !strcmp(seen, expect) ? true : ktap_note("%s", seen);
}

static struct difference found[] = {
	{ WITNESS_SMAPS, 0x2000, "Rss", "8 kB", "4 kB" },
	{ WITNESS_MAPS, 0x1000, "Perms", "r--p", "rw-p" },
};

static const struct verdict verdict = {
	.pid = 7, .areas = 2, .tries = 3, .differences = { .list = found, .nr = 2, .values = 9 },
};

/* What the next print_verify() is asked for. */
static struct options asked;

static void print_verify(void)
{
	verify_print(&asked, &verdict, 1);
}

/* Of JSON, without what makes it pretty. */
static bool verify_shows(const char *expect)
{
	char seen[1024], *to = seen;

	asked.row = verb_find(&all_verbs, "verify");
	asked.json = true;
	capture(stdout, print_verify, seen, sizeof(seen));
	for (const char *from = seen; *from; from++)
		if (*from != '\n' && (*from != ' ' || (from > seen && from[-1] >= '0' && from[-1] <= '9')))
			*to++ = *from;
	*to = '\0';
	return !strcmp(seen, expect) ? true : ktap_note("%s", seen);
}

#define VERDICT(differences) "{\"verify\":[{\"pid\":7,\"areas\":2,\"values\":9,\"tries\":3,\"differences\":[" \
	differences "]}]}"
#define OF_RSS "{\"start\":\"0x2000\",\"key\":\"Rss\",\"vmaview\":\"8 kB\",\"witness\":\"smaps\",\"says\":\"4 kB\"}"
#define OF_PERMS "{\"start\":\"0x1000\",\"key\":\"Perms\",\"vmaview\":\"r--p\",\"witness\":\"maps\",\"says\":\"rw-p\"}"

/* The columns that were chosen, in their order; the rows in theirs. */
static bool json_of_verify(void)
{
	bool fine = verify_shows(VERDICT(OF_RSS "," OF_PERMS));

	asked.sort = column_find(&verify_columns, "Address", 7);
	fine = fine && verify_shows(VERDICT(OF_PERMS "," OF_RSS));
	asked.sort = NULL;
	asked.columns[0] = column_find(&verify_columns, "Key", 3);
	asked.columns[1] = column_find(&verify_columns, "Pid", 3);
	asked.nr_columns = 2;
	fine = fine && verify_shows(VERDICT("{\"key\":\"Rss\",\"pid\":7},{\"key\":\"Perms\",\"pid\":7}"));
	memset(&asked, 0, sizeof(asked));
	return fine;
}

/* Two flushes fail: what was printed is gone with the first, and with it the reason. */
static void flush_into(int fd)
{
	pid_t child = fork();

	if (child) {
		waitpid(child, NULL, 0);
		return;
	}
	dup2(fd, STDOUT_FILENO);
	puts("a line");
	flush_stdout();
	if (say_if_unwritten() != EXIT_FAILED)
		say("no failure");
	_exit(0);
}

static void flush_into_full(void)
{
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

	flush_into(fd);
	close(fd);
}

static void flush_into_nobody(void)
{
	int ends[2];

	signal(SIGPIPE, SIG_IGN);
	if (pipe(ends))
		return;
	close(ends[0]);
	flush_into(ends[1]);
	close(ends[1]);
}

static bool says(void (*print)(void), const char *expect)
{
	char seen[256];

	fflush(stdout);
	capture(stderr, print, seen, sizeof(seen));
	return !strcmp(seen, expect) ? true : ktap_note("%s", seen);
}

static bool full(void)
{
	return says(flush_into_full, "vmaview: cannot write the output: No space left on device\n");
}

static bool nobody_reads(void)
{
	return says(flush_into_nobody, "");
}

static const struct ktap_test tests[] = {
	{ "no control character of a name is in a JSON document as it is", whole_json },
	{ "differences in JSON have the columns that were chosen, in the order that was", json_of_verify },
	{ "why an early flush failed is said at the end", full },
	{ "that a reader went away early is not", nobody_reads },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
