// SPDX-License-Identifier: GPL-2.0
/*
 * tested.c - in: the running kernel; out: whether it is newer than the kernels that every test passed on.
 *
 * By series, 6.12 of 6.12.118: what the module takes from the kernel without being told of a change, the keys of
 * its reverse maps or memcg_data of a folio, is not touched within one.
 */
#include <stdio.h>
#include <sys/utsname.h>

#include "read/tested.h"
#include "text/version.h"

#define TESTED_KERNEL(major, minor) { major, minor },
static const struct series {
	unsigned int major, minor;
} tested[] = {
#include "read/tested_kernels.h"
};

static bool is_newer(struct series series, struct series than)
{
	return series.major != than.major ? series.major > than.major : series.minor > than.minor;
}

static struct series newest(void)
{
	struct series series = { 0, 0 };

	for (size_t i = 0; i < sizeof(tested) / sizeof(tested[0]); i++)
		if (is_newer(tested[i], series))
			series = tested[i];
	return series;
}

bool is_newer_than_tested(const char *release)
{
	struct series series = { 0, 0 };

	return sscanf(release, "%u.%u", &series.major, &series.minor) == 2 && is_newer(series, newest());
}

bool kernel_is_newer(char *advice, size_t room)
{
	struct series series = newest();
	struct utsname uts;

	if (uname(&uts) || !is_newer_than_tested(uts.release))
		return false;
	snprintf(advice, room, "newer than Linux %u.%u, the newest that vmaview " VMAVIEW_RELEASE " was tested with: "
		 "see what \"vmaview verify\" says of some processes before you trust it", series.major, series.minor);
	return true;
}
