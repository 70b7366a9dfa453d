/* SPDX-License-Identifier: GPL-2.0 */
/* filter_tree.h - what an expression is between its parser and who evaluates it. */
#ifndef VMAVIEW_FILTER_TREE_H
#define VMAVIEW_FILTER_TREE_H

#include <regex.h>

#include "filter/filter.h"

/* No expression of a person's has more; the depth of the recursion is bounded by it. */
#define FILTER_NODES_MAX 200

enum operand_kind {
	OPERAND_NONE,		/* no operand: an error was found */
	OPERAND_COLUMN,
	OPERAND_BARE,		/* a word without quotation marks, until its other side says what it is */
	OPERAND_TEXT,
	OPERAND_NUMBER,
	OPERAND_REAL,		/* a fraction, or more than 64 bits */
	OPERAND_BOOL,
	OPERAND_TREE,		/* an expression */
};

struct operand {
	enum operand_kind kind;
	const char *at;			/* where it is written */
	const struct column *column;
	const struct filter_node *tree;
	const char *text;		/* of a value: as it is written, without quotation marks */
	uint64_t number;		/* of a number; of a bool 0 or 1 */
	long double real;
};

/* As what two sides are compared. */
enum filter_sense {
	AS_NUMBERS,
	AS_REALS,
	AS_TRUTHS,
	AS_TEXTS,
};

struct filter_node {
	enum filter_kind kind;
	const struct filter_node *left;
	const struct filter_node *right;
	/* of a term, and of a comparison */
	enum filter_op op;
	enum filter_sense sense;
	struct operand a;		/* of a term: its column */
	struct operand b;		/* none where the op is FILTER_IS_SET */
	bool has_regex;
	regex_t regex;
};

struct filter {
	const struct filter_node *root;
	char *words;			/* the texts of all values, a NUL after each */
	size_t nr;
	struct filter_node nodes[FILTER_NODES_MAX];
};

#endif /* VMAVIEW_FILTER_TREE_H */
