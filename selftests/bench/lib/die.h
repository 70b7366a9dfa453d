/* SPDX-License-Identifier: GPL-2.0 */
/* die.h - what could not be measured: one line on stderr, exit 1. */
#ifndef DIE_H
#define DIE_H

__attribute__((noreturn, format(printf, 1, 2))) void die(const char *format, ...);

#endif
