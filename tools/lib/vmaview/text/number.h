/* SPDX-License-Identifier: GPL-2.0 */
/* number.h - in: a number; out: its digits, where printf() is too slow for millions of them. */
#ifndef VMAVIEW_NUMBER_H
#define VMAVIEW_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/* Of any number, in either base, at least. */
#define NUMBER_ROOM 24

/* How many letters are in @out then; no NUL is put after them. */
size_t number_decimal(uint64_t number, char *out);
/* At least @digits of them, up to 16; without "0x". */
size_t number_hex(uint64_t number, size_t digits, char *out);

#endif /* VMAVIEW_NUMBER_H */
