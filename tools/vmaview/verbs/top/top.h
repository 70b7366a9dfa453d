/* SPDX-License-Identifier: GPL-2.0 */
/* top.h - the verb top: processes, their areas and pages, as they change. */
#ifndef VMAVIEW_TOP_H
#define VMAVIEW_TOP_H

struct options;

/* Returns an exit code. */
int top_main(struct options *options);

#endif /* VMAVIEW_TOP_H */
