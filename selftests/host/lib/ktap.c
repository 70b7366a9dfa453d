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

int ktap_run(const struct ktap_test *tests, size_t nr)
{
	int failed = 0;

	printf("KTAP version 1\n1..%zu\n", nr);
	for (size_t i = 0; i < nr; i++) {
		bool holds = tests[i].holds();

		printf("%sok %zu - %s\n", holds ? "" : "not ", i + 1, tests[i].sentence);
		fflush(stdout);
		failed |= !holds;
	}
	return failed;
}
