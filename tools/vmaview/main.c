// SPDX-License-Identifier: GPL-2.0
/* main.c - in: argv; out: the right verb, its exit code, a flushed stdout. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "command/options.h"
#include "verbs/all_verbs.h"
#include "verbs/blame.h"
#include "verbs/pmap/pmap.h"

/* Who is asked about is known from /proc as well as from the module: both must mean the same process. */
static int check_proc(void)
{
	const char *why = blame_proc();

	if (!why)
		return EXIT_DONE;
	say("%s", why);
	return EXIT_FAILED;
}

int main(int argc, char **argv)
{
	static char buffer[256 * 1024];
	struct options options;
	int ret, written;

	setlocale(LC_ALL, "");
	if (pmap_is_meant(argc, argv))
		return pmap_main(argc, argv);
	/* A reader that goes away is noticed when writing, and ends us with a plain exit code. */
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	ret = options_parse(&options, &all_verbs, argc, argv);
	if (!ret && options.selection.nr)
		ret = check_proc();
	if (!ret && options.selection.nr)
		ret = options_choose_targets(&options);
	if (!ret)
		ret = options.row->run(&options);
	written = say_if_unwritten();
	options_free(&options);
	return written ? written : ret < 0 ? EXIT_DONE : ret;
}
