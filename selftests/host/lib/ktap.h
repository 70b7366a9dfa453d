/* SPDX-License-Identifier: GPL-2.0 */
/* ktap.h - in: a table of tests; out: KTAP on stdout, and the program's exit status. */
#ifndef HOST_KTAP_H
#define HOST_KTAP_H

#include <stdbool.h>
#include <stddef.h>

struct ktap_test {
	const char *sentence;
	bool (*holds)(void);
};

/* 0 if all hold. */
int ktap_run(const struct ktap_test *tests, size_t nr);

/* The test cannot be done here, and why; true, so that a test can return it. */
bool ktap_skip(const char *reason);

/* What a test saw, for whoever reads of its failure; false, so that a test can return it. */
bool ktap_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif /* HOST_KTAP_H */
