// SPDX-License-Identifier: GPL-2.0
/*
 * filter_parse.c - in: an expression; out: its tree, or what is wrong with it, and where.
 *
 * One function for each line of the grammar in filter.h; each takes what it knows and leaves the rest.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter/filter_tree.h"

struct parser {
	const struct column_set *set;
	const char *expression;
	const char *at;
	char *word;			/* room for the next text */
	unsigned int depth;
	struct filter *filter;
	struct filter_error *error;
};

static struct filter_node *fail(struct parser *parser, const char *at, const char *why)
{
	snprintf(parser->error->why, sizeof(parser->error->why), "%s", why);
	parser->error->at = at - parser->expression;
	return NULL;
}

static struct filter_node *add(struct parser *parser, enum filter_kind kind,
			       const struct filter_node *left, const struct filter_node *right)
{
	struct filter *filter = parser->filter;
	struct filter_node *node;

	if (filter->nr == FILTER_NODES_MAX)
		return fail(parser, parser->at, "it is too long");
	node = &filter->nodes[filter->nr++];
	node->kind = kind;
	node->left = left;
	node->right = right;
	return node;
}

static void skip_blanks(struct parser *parser)
{
	while (isspace((unsigned char)*parser->at))
		parser->at++;
}

/* Of a value without quotation marks, or of a column. */
static bool in_word(char letter)
{
	return letter && !isspace((unsigned char)letter) && !strchr("()&|\"'", letter);
}

/* Takes @sign, or @name as a word of its own. */
static bool take(struct parser *parser, const char *sign, const char *name)
{
	size_t length = strlen(sign);

	skip_blanks(parser);
	if (!strncmp(parser->at, sign, length)) {
		parser->at += length;
		return true;
	}
	length = name ? strlen(name) : 0;
	if (!length || strncasecmp(parser->at, name, length) || in_word(parser->at[length]))
		return false;
	parser->at += length;
	return true;
}

static const struct {
	const char *sign;
	enum filter_op op;
} ops[] = {	/* longer ones first */
	{ "==", FILTER_EQ }, { "!=", FILTER_NE }, { "<=", FILTER_LE }, { ">=", FILTER_GE },
	{ "=~", FILTER_MATCHES }, { "!~", FILTER_MATCHES_NOT }, { "<", FILTER_LT }, { ">", FILTER_GT },
};

static enum filter_op take_op(struct parser *parser)
{
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (take(parser, ops[i].sign, NULL))
			return ops[i].op;
	return FILTER_IS_SET;
}

/* A word or a quoted text, into parser->word. NULL: there is none. */
static const char *take_value(struct parser *parser)
{
	const char *start, *value = parser->word;
	size_t length = 0;

	skip_blanks(parser);
	start = parser->at;
	if (*start == '"' || *start == '\'') {
		const char *end = strchr(start + 1, *start);

		if (!end) {
			fail(parser, start, "a quotation does not end");
			return NULL;
		}
		length = end - ++start;
		parser->at = end + 1;
	} else {
		while (in_word(start[length]))
			length++;
		parser->at += length;
		if (!length) {
			fail(parser, start, "a value is missing");
			return NULL;
		}
	}
	memcpy(parser->word, start, length);
	parser->word[length] = '\0';
	parser->word += length + 1;
	return value;
}

/* "4096", "0x1000", "4K". */
static bool parse_number(const char *text, uint64_t *number)
{
	static const char units[] = "KMGT";
	bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	const char *unit;
	unsigned int shift;
	char *end;

	if (!isdigit((unsigned char)*text))
		return false;
	errno = 0;
	*number = strtoull(text, &end, hex ? 16 : 10);
	if (errno || (hex && end == text + 1))
		return false;
	if (!*end)
		return true;
	unit = strchr(units, toupper((unsigned char)*end));
	if (!unit || end[1])
		return false;
	shift = 10 * (unit - units + 1);
	if (*number << shift >> shift != *number)
		return false;
	*number <<= shift;
	return true;
}

/* As many digits as an address is shown with. */
#define ADDRESS_DIGITS 16

/* As columns of addresses and page frames show it, "00007f00deadb000", "11c4f0". */
static bool parse_shown_hex(const char *text, uint64_t *number)
{
	size_t digits = strspn(text, "0123456789abcdefABCDEF");

	if (!digits || text[digits] || digits > ADDRESS_DIGITS)
		return false;
	*number = strtoull(text, NULL, 16);
	return true;
}

/* It could be meant as shown, in hex, and as all other numbers are, decimal. */
static bool is_either(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 1 && digits != ADDRESS_DIGITS && !text[digits];
}

static bool parse_bool(const char *text, uint64_t *number)
{
	*number = !strcmp(text, "yes") || !strcmp(text, "true");
	return *number || !strcmp(text, "no") || !strcmp(text, "false");
}

/* The number of a term. */
static struct filter_node *judge_number(struct parser *parser, struct filter_node *node, const char *at)
{
	enum column_kind kind = node->column->kind;

	if (kind == KIND_ADDRESS || kind == KIND_HEX) {
		if (is_either(node->text))
			return fail(parser, at, "it is shown in hex: put 0x before it");
		if (parse_shown_hex(node->text, &node->number))
			return node;
	}
	if (parse_number(node->text, &node->number) ||
	    (kind == KIND_BOOL && parse_bool(node->text, &node->number)))
		return node;
	return fail(parser, at, kind == KIND_BOOL ? "it is yes or no" : "it is no number");
}

/* The value of a term, as its column has it. */
static struct filter_node *judge_value(struct parser *parser, struct filter_node *node, const char *at)
{
	bool matches = node->op == FILTER_MATCHES || node->op == FILTER_MATCHES_NOT;

	if (column_is_number(node->column) && matches)
		return fail(parser, at, "a number matches no pattern");
	if (!matches)
		return column_compares_numbers(node->column) ? judge_number(parser, node, at) : node;
	if (regcomp(&node->regex, node->text, REG_EXTENDED | REG_NOSUB))
		return fail(parser, at, "it is no pattern that regex(7) knows");
	node->has_regex = true;
	return node;
}

static const struct column *take_column(struct parser *parser)
{
	const struct column *column;
	const char *start, *near;
	size_t length = 0;

	skip_blanks(parser);
	start = parser->at;
	while (isalnum((unsigned char)start[length]) || start[length] == '_' || start[length] == '.')
		length++;
	if (!length) {
		fail(parser, start, *start ? "a column is expected" : "it stops where a column is expected");
		return NULL;
	}
	column = column_find(parser->set, start, length);
	if (column) {
		parser->at += length;
		return column;
	}
	near = column_suggest(parser->set, start, length);
	fail(parser, start, "");
	snprintf(parser->error->why, sizeof(parser->error->why),
		 near ? "no column is called '%.*s'; did you mean %s?" : "no column is called '%.*s'",
		 (int)(length < 60 ? length : 60), start, near);
	return NULL;
}

static struct filter_node *parse_term(struct parser *parser)
{
	const struct column *column = take_column(parser);
	struct filter_node *node = column ? add(parser, FILTER_TERM, NULL, NULL) : NULL;
	const char *at;

	if (!node)
		return NULL;
	node->column = column;
	node->text = "";
	node->op = take_op(parser);
	if (node->op == FILTER_IS_SET)
		return node;
	skip_blanks(parser);
	at = parser->at;
	node->text = take_value(parser);
	return node->text ? judge_value(parser, node, at) : NULL;
}

static struct filter_node *parse_or(struct parser *parser);

static struct filter_node *parse_factor(struct parser *parser)
{
	struct filter_node *node;

	if (++parser->depth > FILTER_NODES_MAX)
		return fail(parser, parser->at, "it is nested too deeply");
	if (take(parser, "!", "not")) {
		node = parse_factor(parser);
		node = node ? add(parser, FILTER_NOT, node, NULL) : NULL;
	} else if (take(parser, "(", NULL)) {
		node = parse_or(parser);
		if (node && !take(parser, ")", NULL))
			node = fail(parser, parser->at, "a ) is missing");
	} else {
		node = parse_term(parser);
	}
	parser->depth--;
	return node;
}

static struct filter_node *parse_and(struct parser *parser)
{
	struct filter_node *left = parse_factor(parser), *right;

	while (left && take(parser, "&&", "and")) {
		right = parse_factor(parser);
		left = right ? add(parser, FILTER_AND, left, right) : NULL;
	}
	return left;
}

static struct filter_node *parse_or(struct parser *parser)
{
	struct filter_node *left = parse_and(parser), *right;

	while (left && take(parser, "||", "or")) {
		right = parse_and(parser);
		left = right ? add(parser, FILTER_OR, left, right) : NULL;
	}
	return left;
}

struct filter *filter_parse(const struct column_set *set, const char *expression,
			    struct filter_error *error)
{
	struct filter *filter = calloc(1, sizeof(*filter));
	/* Each term's text is a part of the expression, or shorter, and its NUL. */
	char *words = filter ? malloc(2 * strlen(expression) + 2) : NULL;
	struct parser parser = { set, expression, expression, words, 0, filter, error };

	if (!words) {
		free(filter);
		fail(&parser, expression, "out of memory");
		return NULL;
	}
	filter->words = words;
	filter->root = parse_or(&parser);
	skip_blanks(&parser);
	if (filter->root && *parser.at)
		filter->root = fail(&parser, parser.at, "what follows makes no sense");
	if (filter->root)
		return filter;
	filter_free(filter);
	return NULL;
}
