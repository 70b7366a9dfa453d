/* SPDX-License-Identifier: GPL-2.0 */
/* explain_words.h - in: numbers of an answer; out: their words. */
#ifndef VMAVIEW_EXPLAIN_WORDS_H
#define VMAVIEW_EXPLAIN_WORDS_H

#include <stddef.h>

#include "vmaview/model.h"

/* "zero-fill" of VMAVIEW_ZERO_FILL; "unknown" of one that a newer module may give. */
const char *explain_verdict(unsigned int verdict);

/* "read", "write", "exec" */
extern const char *const explain_access[3];

/* One sentence, naming the function that serves the access; @area may be NULL. Returns its length. */
int explain_sentence(const struct vmaview_explain *answer, const struct area *area,
		     enum vmaview_access access, char *out, size_t room);

/* The function alone, "" where the processor needs none. */
const char *explain_function(const struct vmaview_explain *answer, const struct area *area,
			     enum vmaview_access access);

/* "pgd" */
const char *explain_level(const struct vmaview_level *level);

/* Calls @note for the name of each bit of the entry, "bit 52" for those without. */
void explain_bits(const struct vmaview_level *level, void (*note)(const char *word, void *context),
		  void *context);

/* "ctx_id"; NULL: there is none. */
const char *explain_asid_kind(uint32_t kind);

#endif /* VMAVIEW_EXPLAIN_WORDS_H */
