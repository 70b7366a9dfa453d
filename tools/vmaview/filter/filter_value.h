/* SPDX-License-Identifier: GPL-2.0 */
/* filter_value.h - in: a word of an expression; out: the number, address or truth that it stands for. */
#ifndef VMAVIEW_FILTER_VALUE_H
#define VMAVIEW_FILTER_VALUE_H

#include "filter/filter_tree.h"

/* "4096", "0x1000", "4K", "4KiB", "1.5", "2Y": a number, or a real where 64 bits do not hold it. */
bool filter_number(struct operand *operand);

/* As columns of addresses and page frames show it, "00007f00deadb000", "11c4f0". */
bool filter_shown_hex(struct operand *operand);

/* It could be meant as shown, in hex, and as all other numbers are, decimal. */
bool filter_is_either(const char *text);

/* "true", "false"; with @words also "yes" and "no". */
bool filter_bool(struct operand *operand, bool words);

#endif /* VMAVIEW_FILTER_VALUE_H */
