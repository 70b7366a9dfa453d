/* SPDX-License-Identifier: GPL-2.0 */
/* draw.h - in: a process that a parser made; out: every drawing of it, looked at by nobody. */
#ifndef FUZZ_DRAW_H
#define FUZZ_DRAW_H

#include <vmaview/model.h>

/* Each column of each area, then tables and JSON of the whole. */
void draw(struct process *process);

#endif /* FUZZ_DRAW_H */
