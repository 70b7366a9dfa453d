// SPDX-License-Identifier: GPL-2.0
/*
 * filter_parse.c - in: an expression; out: its tree, or what is wrong with it, and where.
 *
 * One function for each line of the grammar in filter.h; each takes what it knows and leaves the rest.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter/filter_tree.h"
#include "filter/filter_value.h"

struct parser {
	const struct column_set *set;
	const char *expression;
	const char *at;
	char *word;			/* room for the next text */
	unsigned int depth;
	struct filter *filter;
	struct filter_error *error;
};

static struct operand fail(struct parser *parser, const char *at, const char *why)
{
	snprintf(parser->error->why, sizeof(parser->error->why), "%s", why);
	parser->error->at = at - parser->expression;
	return (struct operand){ .kind = OPERAND_NONE };
}

static struct filter_node *add(struct parser *parser, enum filter_kind kind)
{
	struct filter *filter = parser->filter;

	if (filter->nr == FILTER_NODES_MAX) {
		fail(parser, parser->at, "it is too long");
		return NULL;
	}
	filter->nodes[filter->nr].kind = kind;
	return &filter->nodes[filter->nr++];
}

static struct operand operand_of(const struct filter_node *node, const char *at)
{
	return (struct operand){ .kind = OPERAND_TREE, .tree = node, .at = at };
}

static void skip_blanks(struct parser *parser)
{
	while (isspace((unsigned char)*parser->at))
		parser->at++;
}

/* Of a word of text without quotation marks. */
static bool in_word(char letter)
{
	return letter && !isspace((unsigned char)letter) && !strchr("()&|\"'", letter);
}

/* Of a number or a column, which an operator may follow at once. */
static bool in_token(char letter)
{
	return in_word(letter) && !strchr("=!<>~", letter);
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
	const char *name;
	enum filter_op op;
	enum filter_op mirrored;	/* what it is with its sides exchanged */
} ops[] = {	/* longer ones first */
	{ "==", "eq", FILTER_EQ, FILTER_EQ }, { "!=", "ne", FILTER_NE, FILTER_NE },
	{ "<=", "le", FILTER_LE, FILTER_GE }, { ">=", "ge", FILTER_GE, FILTER_LE },
	{ "=~", NULL, FILTER_MATCHES, FILTER_MATCHES }, { "!~", NULL, FILTER_MATCHES_NOT, FILTER_MATCHES_NOT },
	{ "<", "lt", FILTER_LT, FILTER_GT }, { ">", "gt", FILTER_GT, FILTER_LT },
};

#define NR_OPS (sizeof(ops) / sizeof(ops[0]))

static enum filter_op take_op(struct parser *parser)
{
	for (size_t i = 0; i < NR_OPS; i++)
		if (take(parser, ops[i].sign, ops[i].name))
			return ops[i].op;
	return FILTER_IS_SET;
}

static enum filter_op mirrored(enum filter_op op)
{
	size_t i = 0;

	while (ops[i].op != op)
		i++;
	return ops[i].mirrored;
}

static const char *keep_text(struct parser *parser, const char *text, size_t length)
{
	char *kept = parser->word;

	memcpy(kept, text, length);
	kept[length] = '\0';
	parser->word += length + 1;
	return kept;
}

/* A text in quotation marks. */
static struct operand take_quoted(struct parser *parser)
{
	const char *start = parser->at, *end = strchr(start + 1, *start);

	if (!end)
		return fail(parser, start, "a quotation does not end");
	parser->at = end + 1;
	return (struct operand){
		.kind = OPERAND_TEXT, .at = start, .text = keep_text(parser, start + 1, end - start - 1),
	};
}

/* A word of letters that @belongs has. */
static struct operand take_bare(struct parser *parser, bool (*belongs)(char letter))
{
	const char *start = parser->at;
	size_t length = 0;

	while (belongs(start[length]))
		length++;
	if (!length)
		return fail(parser, start, "a value is missing");
	parser->at += length;
	return (struct operand){ .kind = OPERAND_BARE, .at = start, .text = keep_text(parser, start, length) };
}

static bool is_quotation(char letter)
{
	return letter == '"' || letter == '\'';
}

static struct operand column_operand(const struct column *column, const char *at)
{
	return (struct operand){ .kind = OPERAND_COLUMN, .column = column, .at = at };
}

static struct operand fail_column(struct parser *parser, const struct operand *bare)
{
	size_t length = strlen(bare->text);
	const char *near = column_suggest(parser->set, bare->text, length);
	struct operand none = fail(parser, bare->at, "");

	snprintf(parser->error->why, sizeof(parser->error->why),
		 near ? "no column is called '%.*s'; did you mean %s?" : "no column is called '%.*s'",
		 (int)(length < 60 ? length : 60), bare->text, near);
	return none;
}

/* A column, a number or a truth, where nothing is known yet of what it is compared with. */
static struct operand take_first(struct parser *parser)
{
	const struct column *column;
	struct operand bare;

	if (!isalnum((unsigned char)*parser->at) && *parser->at != '_')
		return fail(parser, parser->at,
			    *parser->at ? "a column is expected" : "it stops where a column is expected");
	bare = take_bare(parser, in_token);
	column = column_find(parser->set, bare.text, strlen(bare.text));
	if (column)
		return column_operand(column, bare.at);
	if (isdigit((unsigned char)*bare.text) || filter_bool(&bare, false))
		return bare;
	return fail_column(parser, &bare);
}

/* Do its values compare as numbers? */
static bool is_numeric(const struct operand *operand)
{
	if (operand->kind == OPERAND_COLUMN)
		return column_compares_numbers(operand->column);
	return operand->kind != OPERAND_TEXT;
}

/* After a number.  What could be shown in hex is no column of that name. */
static struct operand take_number_or_column(struct parser *parser)
{
	struct operand bare = take_bare(parser, in_token);
	const struct column *column = bare.kind ? column_find(parser->set, bare.text, strlen(bare.text)) : NULL;

	return column ? column_operand(column, bare.at) : bare;
}

/* After a text: a word, or another column of text, if it is spelled as its heading is. */
static struct operand take_word_or_column(struct parser *parser)
{
	struct operand bare = take_bare(parser, in_word);
	const struct column *column = bare.kind ? column_find(parser->set, bare.text, strlen(bare.text)) : NULL;

	if (column && !strcmp(column->name, bare.text) && !column_compares_numbers(column))
		return column_operand(column, bare.at);
	if (bare.kind)
		bare.kind = OPERAND_TEXT;
	return bare;
}

/* The truth of one operand, as a node; NULL. */
static const struct filter_node *tree_of(struct parser *parser, struct operand *operand)
{
	struct filter_node *node;

	if (operand->kind == OPERAND_TREE || operand->kind == OPERAND_NONE)
		return operand->tree;
	if (operand->kind == OPERAND_BARE && !filter_bool(operand, false) && !filter_number(operand)) {
		fail(parser, operand->at, "it is no number");
		return NULL;
	}
	node = add(parser, operand->kind == OPERAND_COLUMN ? FILTER_TERM : FILTER_COMPARISON);
	if (!node)
		return NULL;
	node->op = FILTER_IS_SET;
	node->a = *operand;
	node->b.text = "";
	return node;
}

static struct operand parse_or(struct parser *parser);

static struct operand parse_nested(struct parser *parser)
{
	struct operand inner = parse_or(parser);

	if (inner.kind && !take(parser, ")", NULL))
		return fail(parser, parser->at, "a ) is missing");
	return inner;
}

static struct operand negate(struct parser *parser, struct operand *operand)
{
	const struct filter_node *tree = tree_of(parser, operand);
	struct filter_node *node = tree ? add(parser, FILTER_NOT) : NULL;

	if (!node)
		return (struct operand){ .kind = OPERAND_NONE };
	node->left = tree;
	return operand_of(node, operand->at);
}

/* @before: what it is compared with; NULL: it is the first. */
static struct operand parse_operand(struct parser *parser, const struct operand *before)
{
	bool word = before && !is_numeric(before);
	struct operand operand;

	if (++parser->depth > FILTER_NODES_MAX)
		return fail(parser, parser->at, "it is nested too deeply");
	skip_blanks(parser);
	if (take(parser, "(", NULL)) {
		operand = parse_nested(parser);
	} else if (is_quotation(*parser->at)) {
		operand = take_quoted(parser);
	} else if (word) {
		operand = take_word_or_column(parser);
	} else if (take(parser, "!", "not")) {
		operand = parse_operand(parser, NULL);
		operand = operand.kind ? negate(parser, &operand) : operand;
	} else {
		operand = before ? take_number_or_column(parser) : take_first(parser);
	}
	parser->depth--;
	return operand;
}

static bool is_bool(const struct operand *operand)
{
	return operand->kind == OPERAND_TREE || operand->kind == OPERAND_BOOL ||
	       (operand->kind == OPERAND_COLUMN && operand->column->kind == KIND_BOOL);
}

/* What a value is beside a number or a truth, @other.  false: it is none, which has been said. */
static bool judge_number(struct parser *parser, struct operand *value, const struct operand *other)
{
	enum column_kind kind = other->kind == OPERAND_COLUMN ? other->column->kind : KIND_COUNT;
	bool bare = value->kind == OPERAND_BARE;

	if (kind == KIND_ADDRESS || kind == KIND_HEX) {
		if (filter_is_either(value->text)) {
			fail(parser, value->at, "it is shown in hex: put 0x before it");
			return false;
		}
		if (filter_shown_hex(value))
			return true;
	}
	if (filter_number(value) || ((bare || is_bool(other)) && filter_bool(value, is_bool(other))))
		return true;
	fail(parser, value->at, is_bool(other) ? "it is yes or no" :
	     bare && isalpha((unsigned char)*value->text) ? "it is neither a number nor a column" : "it is no number");
	return false;
}

/* What a value is, beside @other. */
static bool judge(struct parser *parser, struct operand *value, const struct operand *other)
{
	if (value->kind != OPERAND_BARE && value->kind != OPERAND_TEXT)
		return true;
	if (is_numeric(other))
		return judge_number(parser, value, other);
	value->kind = OPERAND_TEXT;
	return true;
}

static bool either_is(const struct operand *a, const struct operand *b, enum operand_kind kind)
{
	return a->kind == kind || b->kind == kind;
}

static bool find_sense(struct parser *parser, struct filter_node *node)
{
	const struct operand *a = &node->a, *b = &node->b;

	if (is_numeric(a) != is_numeric(b)) {
		fail(parser, b->at, "a number and a text do not compare");
		return false;
	}
	if (!is_numeric(a))
		node->sense = AS_TEXTS;
	else if (either_is(a, b, OPERAND_TREE) || either_is(a, b, OPERAND_BOOL))
		node->sense = AS_TRUTHS;
	else
		node->sense = either_is(a, b, OPERAND_REAL) ? AS_REALS : AS_NUMBERS;
	return true;
}

/* The column first, if there is but one. */
static void turn(struct filter_node *node)
{
	const struct operand first = node->a;

	if (first.kind != OPERAND_COLUMN && node->b.kind == OPERAND_COLUMN) {
		node->a = node->b;
		node->b = first;
		node->op = mirrored(node->op);
	}
	if (node->a.kind == OPERAND_COLUMN && node->b.kind != OPERAND_COLUMN && node->b.kind != OPERAND_TREE)
		node->kind = FILTER_TERM;
	node->left = node->a.tree;
	node->right = node->b.tree;
}

static struct operand compare(struct parser *parser, enum filter_op op, struct operand *left,
			      struct operand *right)
{
	struct filter_node *node;

	if (!judge(parser, left, right) || !judge(parser, right, left))
		return (struct operand){ .kind = OPERAND_NONE };
	node = add(parser, FILTER_COMPARISON);
	if (!node)
		return (struct operand){ .kind = OPERAND_NONE };
	node->op = op;
	node->a = *left;
	node->b = *right;
	if (!find_sense(parser, node))
		return (struct operand){ .kind = OPERAND_NONE };
	turn(node);
	return operand_of(node, left->at);
}

/* Text, or numbers that are shown as one. */
static bool can_match(const struct operand *operand)
{
	if (operand->kind == OPERAND_COLUMN)
		return !column_is_number(operand->column);
	return operand->kind == OPERAND_TEXT;
}

static struct operand parse_pattern(struct parser *parser, enum filter_op op, const struct operand *left)
{
	struct operand pattern;
	struct filter_node *node;

	skip_blanks(parser);
	pattern = is_quotation(*parser->at) ? take_quoted(parser) : take_bare(parser, in_word);
	if (!pattern.kind)
		return pattern;
	if (!can_match(left))
		return fail(parser, pattern.at, "a number matches no pattern");
	node = add(parser, left->kind == OPERAND_COLUMN ? FILTER_TERM : FILTER_COMPARISON);
	if (!node)
		return (struct operand){ .kind = OPERAND_NONE };
	node->op = op;
	node->sense = AS_TEXTS;
	node->a = *left;
	node->b = pattern;
	if (regcomp(&node->regex, pattern.text, REG_EXTENDED | REG_NOSUB))
		return fail(parser, pattern.at, "it is no pattern that regex(7) knows");
	node->has_regex = true;
	return operand_of(node, left->at);
}

static struct operand parse_comparison(struct parser *parser)
{
	struct operand left = parse_operand(parser, NULL), right;

	while (left.kind) {
		enum filter_op op = take_op(parser);

		if (op == FILTER_IS_SET)
			break;
		if (op == FILTER_MATCHES || op == FILTER_MATCHES_NOT) {
			left = parse_pattern(parser, op, &left);
			continue;
		}
		right = parse_operand(parser, &left);
		left = right.kind ? compare(parser, op, &left, &right) : right;
	}
	return left;
}

static struct operand join(struct parser *parser, enum filter_kind kind, struct operand *left,
			   struct operand *right)
{
	const struct filter_node *a = tree_of(parser, left), *b = a ? tree_of(parser, right) : NULL;
	struct filter_node *node = b ? add(parser, kind) : NULL;

	if (!node)
		return (struct operand){ .kind = OPERAND_NONE };
	node->left = a;
	node->right = b;
	return operand_of(node, left->at);
}

static struct operand parse_and(struct parser *parser)
{
	struct operand left = parse_comparison(parser), right;

	while (left.kind && take(parser, "&&", "and")) {
		right = parse_comparison(parser);
		left = right.kind ? join(parser, FILTER_AND, &left, &right) : right;
	}
	return left;
}

static struct operand parse_or(struct parser *parser)
{
	struct operand left = parse_and(parser), right;

	while (left.kind && take(parser, "||", "or")) {
		right = parse_and(parser);
		left = right.kind ? join(parser, FILTER_OR, &left, &right) : right;
	}
	return left;
}

static const struct filter_node *parse_whole(struct parser *parser)
{
	struct operand whole = parse_or(parser);

	skip_blanks(parser);
	if (whole.kind && *parser->at)
		whole = fail(parser, parser->at, "what follows makes no sense");
	return tree_of(parser, &whole);
}

struct filter *filter_parse(const struct column_set *set, const char *expression,
			    struct filter_error *error)
{
	struct filter *filter = calloc(1, sizeof(*filter));
	/* Each value's text is a part of the expression, or shorter, and its NUL. */
	char *words = filter ? malloc(2 * strlen(expression) + 2) : NULL;
	struct parser parser = { set, expression, expression, words, 0, filter, error };

	if (!words) {
		free(filter);
		fail(&parser, expression, "out of memory");
		return NULL;
	}
	filter->words = words;
	filter->root = parse_whole(&parser);
	if (filter->root)
		return filter;
	filter_free(filter);
	return NULL;
}
