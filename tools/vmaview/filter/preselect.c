// SPDX-License-Identifier: GPL-2.0
/* preselect.c - in: a filter over runs; out: masks for the module, that let too much through, never too little. */
#include <string.h>

#include "columns/run_columns.h"
#include "filter/preselect.h"

/* A column of words that have one value each: which values a tree lets through. */
struct choice {
	const char *json;
	const char *const *words;
	uint32_t all;
	bool named;		/* a term asks for the first value, which is no part of "all" otherwise */
};

static uint32_t choose_term(struct choice *choice, const struct filter_node *term)
{
	int value;

	if (!run_column_is(filter_column(term), choice->json))
		return choice->all;
	value = run_word_find(choice->words, filter_text(term));
	switch (filter_op(term)) {
	case FILTER_EQ:
		choice->named |= !value;
		return value < 0 ? 0 : 1u << value;
	case FILTER_NE:
		return value < 0 ? choice->all : choice->all & ~(1u << value);
	default:
		return choice->all;
	}
}

/* Only a tree of this one column can be turned around without letting too little through. */
static bool is_exact(const struct choice *choice, const struct filter_node *node)
{
	if (filter_kind(node) == FILTER_TERM)
		return run_column_is(filter_column(node), choice->json) &&
		       (filter_op(node) == FILTER_EQ || filter_op(node) == FILTER_NE);
	if (filter_kind(node) == FILTER_COMPARISON)
		return false;
	return is_exact(choice, filter_left(node)) &&
	       (filter_kind(node) == FILTER_NOT || is_exact(choice, filter_right(node)));
}

static uint32_t choose(struct choice *choice, const struct filter_node *node);

/* It lets through what it will; but what is named in it is named. */
static uint32_t choose_all(struct choice *choice, const struct filter_node *node)
{
	if (filter_left(node))
		choose(choice, filter_left(node));
	if (filter_right(node))
		choose(choice, filter_right(node));
	return choice->all;
}

static uint32_t choose(struct choice *choice, const struct filter_node *node)
{
	uint32_t left;

	if (filter_kind(node) == FILTER_TERM)
		return choose_term(choice, node);
	if (filter_kind(node) == FILTER_COMPARISON)
		return choose_all(choice, node);
	left = choose(choice, filter_left(node));
	switch (filter_kind(node)) {
	case FILTER_NOT:
		return is_exact(choice, filter_left(node)) ? choice->all & ~left : choice->all;
	case FILTER_AND:
		return left & choose(choice, filter_right(node));
	default:
		return left | choose(choice, filter_right(node));
	}
}

/* 1, 0, or -1: it is neither yes nor no. */
static int yes_or_no(const char *text)
{
	if (!strcmp(text, "yes") || !strcmp(text, "true") || !strcmp(text, "1"))
		return 1;
	return !strcmp(text, "no") || !strcmp(text, "false") || !strcmp(text, "0") ? 0 : -1;
}

/* A term that says of one bit that it is set, or that it is not. */
static uint64_t bit_of_term(const struct filter_node *term, bool *set)
{
	const struct column *column = filter_column(term);
	enum filter_op op = filter_op(term);
	uint64_t bit = 0;

	*set = op != FILTER_NE;
	if (op == FILTER_EQ || op == FILTER_NE) {
		if (run_column_is(column, "flags"))
			bit = run_bit_find(RUN_PAGE_BITS, filter_text(term));
		if (run_column_is(column, "maybe_pinned") && yes_or_no(filter_text(term)) >= 0) {
			bit = VMAVIEW_PAGE_MAYBE_PINNED;
			*set ^= !yes_or_no(filter_text(term));
		}
	} else if (op == FILTER_IS_SET && run_column_is(column, "maybe_pinned")) {
		bit = VMAVIEW_PAGE_MAYBE_PINNED;
	}
	return bit;
}

/* All bits of a tree that asks for one of several; 0 where it asks for anything else. */
static uint64_t any_bits(const struct filter_node *node)
{
	uint64_t left, right;
	bool set;

	if (filter_kind(node) == FILTER_TERM) {
		left = bit_of_term(node, &set);
		return set ? left : 0;
	}
	if (filter_kind(node) != FILTER_OR)
		return 0;
	left = any_bits(filter_left(node));
	right = any_bits(filter_right(node));
	return left && right ? left | right : 0;
}

static void select_term(const struct filter_node *term, struct vmaview_request *request)
{
	enum filter_op op = filter_op(term);
	bool set;
	uint64_t bit = bit_of_term(term, &set);

	request->page_mask |= bit;
	request->page_value |= set ? bit : 0;
	if (!run_column_is(filter_column(term), "pte") || (op != FILTER_EQ && op != FILTER_NE))
		return;
	bit = run_bit_find(RUN_ENTRY_BITS, filter_text(term));
	request->entry_mask |= bit;
	request->entry_value |= op == FILTER_EQ ? bit : 0;
}

/* What all rows must have: the terms that hang on "and" only. */
static void select_bits(const struct filter_node *node, struct vmaview_request *request)
{
	if (filter_kind(node) == FILTER_TERM) {
		select_term(node, request);
	} else if (filter_kind(node) == FILTER_AND) {
		select_bits(filter_left(node), request);
		select_bits(filter_right(node), request);
	} else if (!request->page_any) {
		request->page_any = any_bits(node);
	}
}

void preselect(const struct filter *filter, struct vmaview_request *request)
{
	struct choice states = { "state", run_states(), VMAVIEW_STATES, false };
	struct choice origins = { "origin", run_origins(), VMAVIEW_ORIGINS, false };

	request->states = choose(&states, filter_root(filter));
	if (!states.named)
		request->states &= ~(1u << VMAVIEW_STATE_NONE);
	request->origins = choose(&origins, filter_root(filter));
	/* 0 would be all: let through what none of them is instead. */
	if (!request->states)
		request->states = 1u << VMAVIEW_STATE_UFFD;
	if (!request->origins)
		request->origins = 1u << VMAVIEW_ORIGIN_NONE;
	select_bits(filter_root(filter), request);
}
