// SPDX-License-Identifier: GPL-2.0
/* rights.c - in: libcap-ng, securityfs; out: capabilities and lockdown. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <cap-ng.h>

#include "read/rights.h"

struct rights rights_read(void)
{
	struct rights rights = { false, false };

	if (!capng_get_caps_process()) {
		rights.sys_admin = capng_have_capability(CAPNG_EFFECTIVE, CAP_SYS_ADMIN);
		rights.sys_ptrace = capng_have_capability(CAPNG_EFFECTIVE, CAP_SYS_PTRACE);
	}
	return rights;
}

/* "none [integrity] confidentiality": the one in force is in brackets. */
enum lockdown lockdown_below(const char *root)
{
	static const char *const names[] = {
		[LOCKDOWN_NONE] = "[none]",
		[LOCKDOWN_INTEGRITY] = "[integrity]",
		[LOCKDOWN_CONFIDENTIALITY] = "[confidentiality]",
	};
	enum lockdown lockdown = LOCKDOWN_UNKNOWN;
	char path[PATH_MAX], line[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/sys/kernel/security/lockdown", root);
	file = fopen(path, "re");
	if (!file)
		return LOCKDOWN_UNKNOWN;
	if (fgets(line, sizeof(line), file))
		for (int i = 0; i < LOCKDOWN_UNKNOWN; i++)
			if (strstr(line, names[i]))
				lockdown = i;
	fclose(file);
	return lockdown;
}

enum lockdown lockdown_read(void)
{
	return lockdown_below("");
}
