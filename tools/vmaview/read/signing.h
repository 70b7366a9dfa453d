/* SPDX-License-Identifier: GPL-2.0 */
/* signing.h - in: a root; out: whether the kernel takes signed modules only, and whether it knows a signer. */
#ifndef VMAVIEW_SIGNING_H
#define VMAVIEW_SIGNING_H

#include <stdbool.h>

#include "read/rights.h"

/* By its configuration, its command line or its lockdown. */
bool signing_is_enforced(const char *root, enum lockdown lockdown);

enum signer {
	SIGNER_KNOWN,
	SIGNER_UNKNOWN,		/* there are keys, and none is that one's */
	SIGNER_HIDDEN,		/* the kernel shows this process no key */
};

/* By the name of the key, of all that /proc/keys has. */
enum signer signing_knows(const char *root, const char *name);

#endif /* VMAVIEW_SIGNING_H */
