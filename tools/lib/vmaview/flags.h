/* SPDX-License-Identifier: GPL-2.0 */
/*
 * flags.h - names of the bits of vm_flags: the module reports the running kernel's own; for /proc,
 * which has mnemonics only, the words are here.
 */
#ifndef VMAVIEW_FLAGS_H
#define VMAVIEW_FLAGS_H

#include <stddef.h>

#include "vmaview/model.h"

/* Name @bit of @process as the module does.  Names longer than they can be are cut. */
void flags_name(struct process *process, unsigned int bit, const char *mnemonic, const char *word);

/* The bits that "rd wr mr" (of @length bytes) stands for; new mnemonics get a bit of their own. */
uint64_t flags_of_mnemonics(struct process *process, const char *text, size_t length);

/* Of @bits those that have one of these @nr words, on the kernel of @process. */
uint64_t flags_with_words(const struct process *process, uint64_t bits, const char *const *words, size_t nr);

/* The words, or the mnemonics, of @bits, a space between two, cut where @room ends; the length. */
size_t flags_words(const struct process *process, uint64_t bits, char *out, size_t room);
size_t flags_mnemonics(const struct process *process, uint64_t bits, char *out, size_t room);

#endif /* VMAVIEW_FLAGS_H */
