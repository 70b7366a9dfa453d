// SPDX-License-Identifier: GPL-2.0
/* filter.c - in: a parsed expression and a row; out: whether it holds. */
#include <stdlib.h>
#include <string.h>

#include "filter/filter_tree.h"

/* Three-valued: what compares with something unknown is unknown. */
enum truth {
	TRUTH_NO,
	TRUTH_UNKNOWN,
	TRUTH_YES,
};

static enum truth truth_of(bool yes)
{
	return yes ? TRUTH_YES : TRUTH_NO;
}

static bool order_holds(enum filter_op op, int order)
{
	switch (op) {
	case FILTER_EQ:
		return order == 0;
	case FILTER_NE:
		return order != 0;
	case FILTER_LT:
		return order < 0;
	case FILTER_LE:
		return order <= 0;
	case FILTER_GT:
		return order > 0;
	case FILTER_GE:
		return order >= 0;
	default:
		return false;
	}
}

static enum truth number_term(const struct filter_node *node, const struct cell *cell)
{
	uint64_t number;

	if (!column_number(node->column, cell, &number))
		return TRUTH_UNKNOWN;
	if (node->op == FILTER_IS_SET)
		return truth_of(number);
	return truth_of(order_holds(node->op, (number > node->number) - (number < node->number)));
}

/* What stands between two words of such a column; NULL: it is one text. */
static const char *between_words(const struct column *column)
{
	if (column->flags & COL_LIST)
		return ",";
	return column->kind == KIND_WORDS || column->kind == KIND_PAIRS ? " " : NULL;
}

/* Is @word one of the words of @text? */
static bool has_word(const char *text, const char *word, const char *between)
{
	size_t length = strlen(word);

	while (*text) {
		size_t here = strcspn(text, between);

		if (here == length && !memcmp(text, word, length))
			return true;
		text += here;
		text += *text == *between;
	}
	return false;
}

static bool text_holds(const struct filter_node *node, const char *text)
{
	const char *between = between_words(node->column);

	switch (node->op) {
	case FILTER_IS_SET:
		return *text;
	case FILTER_MATCHES:
		return !regexec(&node->regex, text, 0, NULL, 0);
	case FILTER_MATCHES_NOT:
		return regexec(&node->regex, text, 0, NULL, 0);
	case FILTER_EQ:
		if (between)
			return has_word(text, node->text, between);
		break;
	case FILTER_NE:
		if (between)
			return !has_word(text, node->text, between);
		break;
	default:
		break;
	}
	return order_holds(node->op, strcmp(text, node->text));
}

static enum truth text_term(const struct filter_node *node, const struct cell *cell)
{
	char text[CELL_MAX];

	if (node->column->kind == KIND_GROUP) {
		column_text(node->column, cell, text, sizeof(text));
		return !strcmp(text, "-") ? TRUTH_UNKNOWN : truth_of(text_holds(node, text));
	}
	if (node->column->text(cell, text, sizeof(text)) < 0)
		return TRUTH_UNKNOWN;
	return truth_of(text_holds(node, text));
}

static enum truth term(const struct filter_node *node, const struct cell *cell)
{
	if (column_compares_numbers(node->column) && !node->has_regex)
		return number_term(node, cell);
	return text_term(node, cell);
}

static enum truth truth(const struct filter_node *node, const struct cell *cell)
{
	enum truth left, right;

	if (node->kind == FILTER_TERM)
		return term(node, cell);
	left = truth(node->left, cell);
	if (node->kind == FILTER_NOT)
		return TRUTH_YES - left;
	if (left == (node->kind == FILTER_AND ? TRUTH_NO : TRUTH_YES))
		return left;
	right = truth(node->right, cell);
	if (node->kind == FILTER_AND)
		return left < right ? left : right;
	return left > right ? left : right;
}

bool filter_holds(const struct filter *filter, const struct cell *cell)
{
	return truth(filter->root, cell) == TRUTH_YES;
}

bool filter_uses(const struct filter *filter, bool (*of)(const struct column *column))
{
	for (size_t i = 0; i < filter->nr; i++)
		if (filter->nodes[i].kind == FILTER_TERM && of(filter->nodes[i].column))
			return true;
	return false;
}

void filter_free(struct filter *filter)
{
	if (!filter)
		return;
	for (size_t i = 0; i < filter->nr; i++)
		if (filter->nodes[i].has_regex)
			regfree(&filter->nodes[i].regex);
	free(filter->words);
	free(filter);
}

const struct filter_node *filter_root(const struct filter *filter)
{
	return filter->root;
}

enum filter_kind filter_kind(const struct filter_node *node)
{
	return node->kind;
}

const struct filter_node *filter_left(const struct filter_node *node)
{
	return node->left;
}

const struct filter_node *filter_right(const struct filter_node *node)
{
	return node->right;
}

const struct column *filter_column(const struct filter_node *node)
{
	return node->column;
}

enum filter_op filter_op(const struct filter_node *node)
{
	return node->op;
}

const char *filter_text(const struct filter_node *node)
{
	return node->text;
}
