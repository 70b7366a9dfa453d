/* SPDX-License-Identifier: GPL-2.0 */
/* run_columns.h - in: a run of pages as cell.row; out: its columns, and the words for its values. */
#ifndef VMAVIEW_RUN_COLUMNS_H
#define VMAVIEW_RUN_COLUMNS_H

#include "columns/columns.h"

/* More than any list of words has. */
#define RUN_WORDS_MAX 16

extern const struct column_set run_columns;

/* Words by value, RUN_WORDS_MAX of them; NULL where a value has none. */
const char *const *run_states(void);
const char *const *run_origins(void);
/* The value, or -1. */
int run_word_find(const char *const *words, const char *word);

enum run_bits {
	RUN_ENTRY_BITS,
	RUN_PAGE_BITS,
};

/* The bit of that word; 0: none has it. */
uint64_t run_bit_find(enum run_bits which, const char *word);

/* Columns of one list are told apart by their JSON key. */
bool run_column_is(const struct column *column, const char *json);

#endif /* VMAVIEW_RUN_COLUMNS_H */
