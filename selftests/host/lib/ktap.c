// SPDX-License-Identifier: GPL-2.0
/* ktap.c - in: tests; out: their results. */
#include <stdarg.h>
#include <stdio.h>

#include "ktap.h"

bool ktap_note(const char *format, ...)
{
	va_list args;

	fputs("# ", stdout);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	return false;
}

/* Of the test that runs; NULL: it is done. */
static const char *skipped;

bool ktap_skip(const char *reason)
{
	skipped = reason;
	return true;
}

int ktap_run(const struct ktap_test *tests, size_t nr)
{
	int failed = 0;

	printf("KTAP version 1\n1..%zu\n", nr);
	for (size_t i = 0; i < nr; i++) {
		bool holds;

		skipped = NULL;
		holds = tests[i].holds();
		printf("%sok %zu - %s%s%s\n", holds ? "" : "not ", i + 1, tests[i].sentence,
		       skipped ? " # SKIP " : "", skipped ? skipped : "");
		fflush(stdout);
		failed |= !holds;
	}
	return failed;
}
