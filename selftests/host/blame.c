// SPDX-License-Identifier: GPL-2.0
/* blame.c - each reason for which the module cannot be asked has its words, and a way out. */
#include <stdio.h>
#include <string.h>

#include "ktap.h"
#include "text/say.h"
#include "verbs/blame.h"

static bool says(enum module_state state, const char *problem, const char *remedy)
{
	struct collector collector;
	char text[512];

	collector_init(&collector);
	collector.module = state;
	collector.version.abi_major = 2;
	snprintf(collector.version.release, sizeof(collector.version.release), "9.8.7");
	snprintf(collector.why, sizeof(collector.why), "too many open files");
	blame_module(&collector, text, sizeof(text));
	if (strstr(text, problem) && strstr(text, remedy) && !strchr(text, '\n'))
		return true;
	return ktap_note("%s", text);
}

static bool absent(void)
{
	return says(MODULE_ABSENT, "not loaded", "modprobe vmaview");
}

static bool no_access(void)
{
	return says(MODULE_NO_ACCESS, "no right to open /dev/vmaview", "run as root");
}

static bool no_right(void)
{
	return says(MODULE_NO_RIGHT, "the vmaview module", "");
}

static bool other_abi(void)
{
	return says(MODULE_OTHER_ABI, "module 9.8.7 speaks ABI 2, this vmaview ABI 1",
		    "one release");
}

static bool too_old(void)
{
	return says(MODULE_TOO_OLD, "does not know this vmaview's requests", "same release");
}

static bool broken(void)
{
	return says(MODULE_BROKEN, "/dev/vmaview: too many open files", "");
}

static bool exit_codes(void)
{
	return blame_exit_code(0, 0, 3) == EXIT_DONE && blame_exit_code(1, 0, 3) == EXIT_NOBODY &&
	       blame_exit_code(1, 1, 0) == EXIT_NOBODY && blame_exit_code(0, 1, 0) == EXIT_FAILED &&
	       blame_exit_code(0, 1, 2) == EXIT_PARTIAL;
}

static bool codes_are_the_contract(void)
{
	return EXIT_DONE == 0 && EXIT_FAILED == 1 && EXIT_USAGE == 2 && EXIT_NO_MODULE == 3 &&
	       EXIT_PARTIAL == 4 && EXIT_NOBODY == 42;
}

static const struct ktap_test tests[] = {
	{ "a module that is not loaded can be", absent },
	{ "a device that may not be opened needs root", no_access },
	{ "a module that refuses is named", no_right },
	{ "another ABI names both", other_abi },
	{ "a module that is too old is to be replaced", too_old },
	{ "any other error is passed on", broken },
	{ "nobody weighs more than failure, failure less where something is shown", exit_codes },
	{ "exit codes are those of the contract", codes_are_the_contract },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
