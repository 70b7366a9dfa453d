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

static enum truth truth(const struct filter_node *node, const struct cell *cell);

/* What stands between two words of such a column; NULL: it is one text. */
static const char *between_words(const struct column *column)
{
	if (column->flags & COL_LIST)
		return ",";
	return column->kind == KIND_WORDS || column->kind == KIND_PAIRS || column->kind == KIND_SIZES ? " " : NULL;
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

/* Of a column its cell, in @room; NULL: it is not known. */
static const char *text_of(const struct operand *operand, const struct cell *cell, char *room)
{
	if (operand->kind != OPERAND_COLUMN)
		return operand->text;
	if (operand->column->kind == KIND_GROUP) {
		column_text(operand->column, cell, room, CELL_MAX);
		return strcmp(room, "-") ? room : NULL;
	}
	return operand->column->text(cell, room, CELL_MAX) < 0 ? NULL : room;
}

static bool number_of(const struct operand *operand, const struct cell *cell, uint64_t *number)
{
	*number = operand->number;
	return operand->kind != OPERAND_COLUMN || column_number(operand->column, cell, number);
}

static bool real_of(const struct operand *operand, const struct cell *cell, long double *real)
{
	uint64_t number;
	bool known = number_of(operand, cell, &number);

	*real = operand->kind == OPERAND_REAL ? operand->real : (long double)number;
	return known;
}

/* Is it a number that is not 0, a text that is not empty, or true? */
static enum truth truth_of_operand(const struct operand *operand, const struct cell *cell)
{
	char room[CELL_MAX];
	const char *text;
	uint64_t number;

	switch (operand->kind) {
	case OPERAND_TREE:
		return truth(operand->tree, cell);
	case OPERAND_REAL:
		return truth_of(operand->real != 0);
	case OPERAND_COLUMN:
	case OPERAND_TEXT:
		if (operand->kind == OPERAND_COLUMN && column_compares_numbers(operand->column))
			break;
		text = text_of(operand, cell, room);
		return text ? truth_of(*text) : TRUTH_UNKNOWN;
	default:
		break;
	}
	return number_of(operand, cell, &number) ? truth_of(number) : TRUTH_UNKNOWN;
}

static enum truth compare_numbers(const struct filter_node *node, const struct cell *cell)
{
	uint64_t a, b;

	if (!number_of(&node->a, cell, &a) || !number_of(&node->b, cell, &b))
		return TRUTH_UNKNOWN;
	return truth_of(order_holds(node->op, (a > b) - (a < b)));
}

static enum truth compare_reals(const struct filter_node *node, const struct cell *cell)
{
	long double a, b;

	if (!real_of(&node->a, cell, &a) || !real_of(&node->b, cell, &b))
		return TRUTH_UNKNOWN;
	return truth_of(order_holds(node->op, (a > b) - (a < b)));
}

static enum truth compare_truths(const struct filter_node *node, const struct cell *cell)
{
	enum truth a = truth_of_operand(&node->a, cell), b = truth_of_operand(&node->b, cell);

	if (a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN)
		return TRUTH_UNKNOWN;
	return truth_of(order_holds(node->op, (a > b) - (a < b)));
}

/* A column of words is compared with each of them, if it is with a value. */
static bool texts_hold(const struct filter_node *node, const char *a, const char *b)
{
	const char *between = node->kind == FILTER_TERM ? between_words(node->a.column) : NULL;

	switch (node->op) {
	case FILTER_MATCHES:
		return !regexec(&node->regex, a, 0, NULL, 0);
	case FILTER_MATCHES_NOT:
		return regexec(&node->regex, a, 0, NULL, 0);
	case FILTER_EQ:
		if (between)
			return has_word(a, b, between);
		break;
	case FILTER_NE:
		if (between)
			return !has_word(a, b, between);
		break;
	default:
		break;
	}
	return order_holds(node->op, strcmp(a, b));
}

static enum truth compare_texts(const struct filter_node *node, const struct cell *cell)
{
	char room_a[CELL_MAX], room_b[CELL_MAX];
	const char *a = text_of(&node->a, cell, room_a), *b = text_of(&node->b, cell, room_b);

	return a && b ? truth_of(texts_hold(node, a, b)) : TRUTH_UNKNOWN;
}

static enum truth comparison(const struct filter_node *node, const struct cell *cell)
{
	if (node->op == FILTER_IS_SET)
		return truth_of_operand(&node->a, cell);
	switch (node->sense) {
	case AS_NUMBERS:
		return compare_numbers(node, cell);
	case AS_REALS:
		return compare_reals(node, cell);
	case AS_TRUTHS:
		return compare_truths(node, cell);
	default:
		return compare_texts(node, cell);
	}
}

static enum truth truth(const struct filter_node *node, const struct cell *cell)
{
	enum truth left, right;

	if (node->kind == FILTER_TERM || node->kind == FILTER_COMPARISON)
		return comparison(node, cell);
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
	for (size_t i = 0; i < filter->nr; i++) {
		const struct filter_node *node = &filter->nodes[i];

		if ((node->a.column && of(node->a.column)) || (node->b.column && of(node->b.column)))
			return true;
	}
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
	return node->a.column;
}

enum filter_op filter_op(const struct filter_node *node)
{
	return node->op;
}

const char *filter_text(const struct filter_node *node)
{
	return node->b.text;
}
