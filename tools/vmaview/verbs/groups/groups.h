/* SPDX-License-Identifier: GPL-2.0 */
/* groups.h - in: processes, or none, which is all, and --by; out: an exit code. */
#ifndef VMAVIEW_GROUPS_H
#define VMAVIEW_GROUPS_H

struct options;

int groups_main(struct options *options);

#endif /* VMAVIEW_GROUPS_H */
