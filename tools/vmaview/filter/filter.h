/* SPDX-License-Identifier: GPL-2.0 */
/*
 * filter.h - in: an expression over a verb's columns; out: which rows it holds for.
 *
 *   expression: comparison, or expressions with || && and ( ) between them; or and and stand for || &&
 *   comparison: operand, or comparison OP operand, or comparison =~ pattern, or comparison !~ pattern
 *   OP: == != < <= > >=, or eq ne lt le gt ge
 *   operand: COLUMN, value, ( expression ), or ! operand; not stands for !
 *   value: a number, in hex with 0x, or with a fraction, and with K M G T P E Z Y after it, or KiB ...;
 *          true or false; anything in " or '; after a column of text any word that is no heading of another
 *
 * It is scols-filter(5)'s, and words of text besides.  Two numbers compare as numbers, with a truth as what
 * is not 0, and two texts as texts.
 *
 * A column of words is == to each of its words.  A group of numbers is what they come to, but for
 * patterns, which look at its text.  Text is as it is shown, a path in whole where cell.show_path is
 * set.  What compares with a value that is not known is
 * itself not known, neither true nor false, and a row is kept where the whole is true.
 */
#ifndef VMAVIEW_FILTER_H
#define VMAVIEW_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "columns/columns.h"

struct filter;

/* Where an expression stops making sense. */
struct filter_error {
	char why[160];
	size_t at;		/* bytes into the expression */
};

/* NULL: @error says why. */
struct filter *filter_parse(const struct column_set *set, const char *expression,
			    struct filter_error *error);
void filter_free(struct filter *filter);

bool filter_holds(const struct filter *filter, const struct cell *cell);

/* Is @of true for a column of one of its terms? */
bool filter_uses(const struct filter *filter, bool (*of)(const struct column *column));

/* For who can do a part of the work beforehand: the expression as a tree. */
enum filter_kind {
	FILTER_AND,
	FILTER_OR,
	FILTER_NOT,		/* of left */
	FILTER_TERM,		/* a column, or a column and a value, whichever of them was written first */
	FILTER_COMPARISON,	/* of anything else; left and right are expressions in it, or NULL */
};

enum filter_op {
	FILTER_IS_SET,		/* no operator: a number that is not 0, a word, yes */
	FILTER_EQ,
	FILTER_NE,
	FILTER_LT,
	FILTER_LE,
	FILTER_GT,
	FILTER_GE,
	FILTER_MATCHES,
	FILTER_MATCHES_NOT,
};

struct filter_node;
const struct filter_node *filter_root(const struct filter *filter);
enum filter_kind filter_kind(const struct filter_node *node);
const struct filter_node *filter_left(const struct filter_node *node);
const struct filter_node *filter_right(const struct filter_node *node);
/* Of a term. @text is the value as a word. */
const struct column *filter_column(const struct filter_node *node);
enum filter_op filter_op(const struct filter_node *node);
const char *filter_text(const struct filter_node *node);

#endif /* VMAVIEW_FILTER_H */
