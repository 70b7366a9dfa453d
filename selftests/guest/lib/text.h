/* SPDX-License-Identifier: GPL-2.0 */
/* text.h - the text of `areas` or of smaps in, areas out. */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "keys.h"

enum text_kind {
	TEXT_AREAS,	/* strict: each line must be known, whole and single */
	TEXT_SMAPS,	/* keys that areas lacks are passed over */
};

/* NULL, or what is wrong with the text, naming the line.  @text is cut to pieces. */
const char *text_parse(char *text, enum text_kind kind, struct area_list *out);
/* The number after "@key:" at a line's start; false if there is none. */
bool text_number(const char *text, const char *key, uint64_t *value);
/* What stands after "@key:" on its line, without the blanks around it; NULL if there is none. */
char *text_word(const char *text, const char *key);

#endif
