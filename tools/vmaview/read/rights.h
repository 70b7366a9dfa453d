/* SPDX-License-Identifier: GPL-2.0 */
/* rights.h - out: what this process may do, and how far the kernel is locked down. */
#ifndef VMAVIEW_RIGHTS_H
#define VMAVIEW_RIGHTS_H

#include <stdbool.h>

struct rights {
	bool sys_admin;
	bool sys_ptrace;
};

/* Effective capabilities. */
struct rights rights_read(void);

enum lockdown {
	LOCKDOWN_NONE,
	LOCKDOWN_INTEGRITY,
	LOCKDOWN_CONFIDENTIALITY,
	LOCKDOWN_UNKNOWN,	/* securityfs is not mounted, or the kernel has no lockdown */
};

enum lockdown lockdown_read(void);

/* The same of another root. */
enum lockdown lockdown_below(const char *root);

#endif /* VMAVIEW_RIGHTS_H */
