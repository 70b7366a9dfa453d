/* SPDX-License-Identifier: GPL-2.0 */
/* filter_tree.h - what an expression is between its parser and who evaluates it. */
#ifndef VMAVIEW_FILTER_TREE_H
#define VMAVIEW_FILTER_TREE_H

#include <regex.h>

#include "filter/filter.h"

/* No expression of a person's has more; the depth of the recursion is bounded by it. */
#define FILTER_NODES_MAX 200

struct filter_node {
	enum filter_kind kind;
	const struct filter_node *left;
	const struct filter_node *right;
	/* of a term */
	const struct column *column;
	enum filter_op op;
	uint64_t number;
	const char *text;
	bool has_regex;
	regex_t regex;
};

struct filter {
	const struct filter_node *root;
	char *words;			/* the texts of all terms, a NUL behind each */
	size_t nr;
	struct filter_node nodes[FILTER_NODES_MAX];
};

#endif /* VMAVIEW_FILTER_TREE_H */
