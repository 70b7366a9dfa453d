/* SPDX-License-Identifier: GPL-2.0 */
/* family.h - in: all processes, and one of them; out: its descendants, chosen. */
#ifndef VMAVIEW_FAMILY_H
#define VMAVIEW_FAMILY_H

#include "select/people.h"

/* Those that have memory, the eldest too.  0 or -ENOMEM. */
int family_choose(const struct people *people, pid_t eldest);

#endif /* VMAVIEW_FAMILY_H */
