/* SPDX-License-Identifier: GPL-2.0 */
/* fetch.h - one instruction at an address run where the processor has no flag for that. */
#ifndef FETCH_H
#define FETCH_H

/*
 * Runs the one at @addr, whatever it is, with all registers at @middle, and returns; or the signal that it raises is
 * handled, and what its handler leaves by fetch_end() follows.
 */
void fetch_once(char *addr, char *middle);
void fetch_end(void);

#endif
