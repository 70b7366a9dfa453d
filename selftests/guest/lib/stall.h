/* SPDX-License-Identifier: GPL-2.0 */
/* stall.h - a disk that answers nothing until it is told to: what is read from it stays in flight. */
#ifndef STALL_H
#define STALL_H

/* A disk of zeros that answers; open for O_DIRECT.  Gone after the test, which is skipped without one. */
int stall_open(void);
/* From now on it answers nothing. */
void stall_begin(void);
/* It answers all that waits. */
void stall_end(void);

#endif
