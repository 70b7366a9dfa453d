/* SPDX-License-Identifier: GPL-2.0 */
/* program32.h - a program of 32 bits that needs no compiler and no library of 32 bits. */
#ifndef PROGRAM32_H
#define PROGRAM32_H

#include "child.h"

/* It looks where its address space ends, and what it has of it: one page at a time. */
#define PROGRAM32_END 0xffffe000UL
/* The same under the personality ADDR_LIMIT_3GB. */
#define PROGRAM32_END_3GB 0xc0000000UL

/*
 * Starts it under @personality, in which the page below @end is the last that it can map: it has tried both
 * that one and the next.  It then waits until it is killed.  Skips the test where the kernel runs no such
 * programs; child_kill() ends it.
 */
void program32_start(struct child *child, unsigned long personality, unsigned long end);

#endif
