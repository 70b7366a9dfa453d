/* SPDX-License-Identifier: GPL-2.0 */
/* installed.h - in: a root and a kernel; out: what of the module is installed there, and what could build one. */
#ifndef VMAVIEW_INSTALLED_H
#define VMAVIEW_INSTALLED_H

#include <limits.h>
#include <stdbool.h>

#include "read/kmod.h"

struct installed {
	bool headers;			/* a module could be built for this kernel */
	bool found;			/* a file is there for it */
	bool listed;			/* and depmod has seen it */
	char path[PATH_MAX];
	struct kmod_facts file;		/* all empty where it could not be read */
	char other[96];			/* where none is: another kernel that there is one for; empty: none either */
	char source[64];		/* the release that DKMS could build, by /usr/src; empty: none */
	bool debian;			/* packages are Debian's */
};

/* Below @root, "" for that of this process. */
void installed_find(struct installed *installed, const char *root, const char *release);

#endif /* VMAVIEW_INSTALLED_H */
