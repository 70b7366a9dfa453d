// SPDX-License-Identifier: GPL-2.0
/* printed.c - what reaches stdout, and what is said where it does not. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <json-c/json.h>

#include "draw/json.h"
#include "ktap.h"
#include "text/say.h"

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
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "comm", json_string("a\x7f\xc2\x9b" "31m\xc2\xa9\x1b"));
	json_write(object);
}

static bool whole_json(void)
{
	const char *expect = "{\n  \"comm\":\"a\\u007f\\u009b31m\xc2\xa9\\u001b\"\n}\n";
	char seen[256];

	capture(stdout, print_object, seen, sizeof(seen));
	return !strcmp(seen, expect) ? true : ktap_note("%s", seen);
}

static const struct ktap_test tests[] = {
	{ "no control character of a name is in a JSON document as it is", whole_json },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
