/* SPDX-License-Identifier: GPL-2.0 */
/* operands.h - in: words of the command line; out: verb, PIDs, addresses; or a complaint. */
#ifndef VMAVIEW_OPERANDS_H
#define VMAVIEW_OPERANDS_H

#include "command/options.h"

/* @length letters in hex, with 0x or without; false where they are anything else. */
bool operand_hex(const char *text, size_t length, uint64_t *value);

/* "LOW", "LOW,HIGH", "LOW,", ",HIGH" in hex, as pmap -A takes them.  EXIT_DONE or EXIT_USAGE. */
int operand_range(const char *range, uint64_t *low, uint64_t *high);

/* Is it meant as a PID, right or wrong, and as no name of a file? */
bool operand_is_pid(const char *word);

/* A PID in decimal, or /proc/PID.  EXIT_DONE or EXIT_USAGE. */
int operand_pid(const char *word, pid_t *pid);

/* The verb; @word may be NULL. */
int operands_verb(struct options *options, const char *word);

/* What follows the verb; @words ends with NULL. */
int operands_parse(struct options *options, char **words);

/* An address in hex, with or without 0x.  EXIT_DONE, or EXIT_USAGE and a line. */
int operand_address(const char *word, uint64_t *address);

#endif /* VMAVIEW_OPERANDS_H */
