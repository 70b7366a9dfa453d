// SPDX-License-Identifier: GPL-2.0
/* thp.c - of this process: is it known where its areas begin that may have huge pages, and whether it has a setting? */
#include <inttypes.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "ktap.h"
#include "proc/thp.h"

struct seen {
	FILE *maps;
	size_t nr;
	bool wrong;
};

/* The next area of maps begins there. */
static void take(void *context, uint64_t start, bool eligible)
{
	struct seen *seen = context;
	char line[8192];
	uint64_t want;

	(void)eligible;
	if (!fgets(line, sizeof(line), seen->maps) || sscanf(line, "%" SCNx64 "-", &want) != 1 || want != start)
		seen->wrong = true;
	seen->nr++;
}

static bool areas(void)
{
	struct seen seen = { .maps = fopen("/proc/self/maps", "re") };
	bool known = seen.maps && thp_eligible(getpid(), take, &seen);

	if (seen.maps)
		fclose(seen.maps);
	if (!known)
		return ktap_skip("smaps does not say who may have huge pages");
	return (!seen.wrong && seen.nr > 5) || ktap_note("%zu areas", seen.nr);
}

static bool process(void)
{
	enum thp_process wanted = thp_of_kernel() == THP_KERNEL_HAS ? THP_PROCESS_OFF : THP_PROCESS_UNKNOWN;

	if (thp_of_kernel() == THP_KERNEL_LACKS)
		return ktap_skip("the kernel has no huge pages");
	if (thp_of_process(getpid()) == THP_PROCESS_UNKNOWN)
		return ktap_skip("status does not say it");
	if (prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0))
		return ktap_skip("there is no such setting");
	if (thp_of_process(getpid()) != wanted)
		return ktap_note("%d, wanted %d", thp_of_process(getpid()), wanted);
	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	return thp_of_process(-1) == THP_PROCESS_UNKNOWN;
}

static const struct ktap_test tests[] = {
	{ "each area is reported with its start, as maps has it", areas },
	{ "a process that switched huge pages off has done so, and nothing is known of nobody", process },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
