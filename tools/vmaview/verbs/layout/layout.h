/* SPDX-License-Identifier: GPL-2.0 */
/* layout.h - in: options; out: the parts of a program and the segments of its threads. */
#ifndef VMAVIEW_LAYOUT_H
#define VMAVIEW_LAYOUT_H

#include "command/options.h"

int layout_main(struct options *options);

#endif /* VMAVIEW_LAYOUT_H */
