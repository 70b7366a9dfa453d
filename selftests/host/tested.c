// SPDX-License-Identifier: GPL-2.0
/* tested.c - status and verify on kernels of other series: this program is the kernel that uname(2) speaks of. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "command/options.h"
#include "ktap.h"
#include "read/tested.h"
#include "verbs/status.h"
#include "verbs/verify/verify.h"

static const char *running;

/* In place of the C library's. */
int uname(struct utsname *uts)
{
	memset(uts, 0, sizeof(*uts));
	strcpy(uts->release, running);
	return 0;
}

static const unsigned int tested[][2] = {
#define TESTED_KERNEL(major, minor) { major, minor },
#include "read/tested_kernels.h"
};

/* The newest of those, @more minor numbers on, and what Debian puts after it. */
static const char *series(int more)
{
	static char release[32];
	unsigned int best = 0;

	for (size_t i = 0; i < sizeof(tested) / sizeof(tested[0]); i++)
		if (tested[i][0] * 1000 + tested[i][1] > best)
			best = tested[i][0] * 1000 + tested[i][1];
	snprintf(release, sizeof(release), "%u.%d.7+deb13-amd64", best / 1000, (int)(best % 1000) + more);
	return release;
}

static bool series_tested(void)
{
	for (size_t i = 0; i < sizeof(tested) / sizeof(tested[0]); i++) {
		char release[32];

		snprintf(release, sizeof(release), "%u.%u.99-rt", tested[i][0], tested[i][1]);
		if (is_newer_than_tested(release))
			return ktap_note("%s is newer", release);
	}
	return !is_newer_than_tested(series(0));
}

/* Numbers, not letters: 6.9 is older than 6.12. */
static bool series_between(void)
{
	return !is_newer_than_tested("6.9.1") && !is_newer_than_tested("5.99") &&
	       !is_newer_than_tested("6.1.0-57-amd64");
}

static bool series_after(void)
{
	return is_newer_than_tested(series(1)) && is_newer_than_tested("99.0-rc1") && is_newer_than_tested("99.0");
}

static bool no_version(void)
{
	return !is_newer_than_tested("") && !is_newer_than_tested("next-99") && !is_newer_than_tested("99");
}

/* What @verb writes to @fd while the kernel is @release, in a buffer of its own; its exit code goes to @code. */
static const char *said(int (*verb)(struct options *options), struct options *options, int fd, int *code)
{
	static char text[8192];
	int kept = dup(fd), file = memfd_create("said", MFD_CLOEXEC);
	ssize_t length;

	fflush(NULL);
	dup2(file, fd);
	*code = verb(options);
	fflush(NULL);
	dup2(kept, fd);
	length = pread(file, text, sizeof(text) - 1, 0);
	text[length > 0 ? length : 0] = '\0';
	close(kept);
	close(file);
	return text;
}

static bool status_says(const char *release, const char *advice, int *code)
{
	struct options options = { .raw = true };
	const char *text, *row, *end;

	running = release;
	text = said(status_main, &options, STDOUT_FILENO, code);
	row = strstr(text, "kernel ");
	end = row ? strchr(row, '\n') : NULL;
	if (!end || (*code != EXIT_DONE && *code != EXIT_NO_MODULE))
		return ktap_note("exit %d: %s", *code, text);
	if (memmem(row, end - row, advice, strlen(advice)))
		return true;
	return ktap_note("of %s: %.*s", release, (int)(end - row), row);
}

static bool status_of_tested(void)
{
	int code;

	return status_says(series(0), "kernel ok ", &code);
}

/* Whether the module is there decides: see module_case.c. */
static bool status_of_newer(void)
{
	int tested_code, newer_code;

	return status_says(series(0), "kernel ok ", &tested_code) &&
	       status_says(series(1), "kernel no ", &newer_code) &&
	       status_says(series(1), "tested", &newer_code) && tested_code == newer_code;
}

/* About a process that there is not, so that its exit code is known. */
static bool verify_says(const char *release, bool speaks, int *code)
{
	struct target nobody = { .pid = 0x7fffffff };
	struct options options = { .targets = { .list = &nobody, .nr = 1 }, .tries = 1 };
	const char *text;

	running = release;
	text = said(verify_main, &options, STDERR_FILENO, code);
	return !!strstr(text, "this kernel is newer than") == speaks || ktap_note("of %s: %s", release, text);
}

static bool verify_speaks(void)
{
	int tested_code, newer_code;

	return verify_says(series(0), false, &tested_code) && verify_says(series(1), true, &newer_code) &&
	       tested_code == newer_code;
}

static const struct ktap_test tests[] = {
	{ "a kernel of a tested series is not newer", series_tested },
	{ "nor is an older one, or one in between", series_between },
	{ "one of a later series is", series_after },
	{ "what is no version is not", no_version },
	{ "status has nothing to say of a tested kernel", status_of_tested },
	{ "status says that a kernel is newer, and its exit code does not depend on it", status_of_newer },
	{ "verify says so too, and its exit code does not depend on it", verify_speaks },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
