/* SPDX-License-Identifier: GPL-2.0 */
/* segments.h - in: the name of a segment; out: where it begins. */
#ifndef VMAVIEW_SEGMENTS_H
#define VMAVIEW_SEGMENTS_H

#include "vmaview/model.h"

/* How many letters of @word are the name of a segment, "[...]" included; 0: it begins with none. */
size_t segment_name(const char *word);

/*
 * text, data, heap, args and env as field 26, 45, 47, 48 and 50 of /proc/PID/stat say, stack and
 * names in brackets as the areas do.  False where there is none, or it cannot be read.
 */
bool segment_base(const struct process *process, const char *name, uint64_t *base);

#endif /* VMAVIEW_SEGMENTS_H */
