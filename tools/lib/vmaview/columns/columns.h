/* SPDX-License-Identifier: GPL-2.0 */
/*
 * columns.h - what a column is: name, JSON key, kind, help and getter.  Text, raw, JSON, --sort,
 * --help and the suggestion for a mistyped name all go by a verb's one list of them.
 */
#ifndef VMAVIEW_COLUMNS_H
#define VMAVIEW_COLUMNS_H

#include "vmaview/model.h"

/* What to show: one area, or the totals, of one process; or one row of a verb. */
struct cell {
	const struct process *process;
	const struct area *area;
	const void *row;	/* where a verb has rows of its own: as its getters know it */
	bool is_total;
	bool bytes;		/* sizes in bytes, not kB */
	bool show_path;		/* Mapping with its whole path */
	unsigned int depth;	/* of a row below others, as in a tree */
};

enum column_kind {
	KIND_TEXT,
	KIND_SIZE,		/* a number of bytes */
	KIND_COUNT,
	KIND_DELTA,		/* of a number of bytes: the number is below 0 as in two's complement */
	KIND_ADDRESS,		/* in hex, 16 digits */
	KIND_HEX,		/* in hex */
	KIND_BOOL,		/* a number that is 0 or 1: no, yes */
	KIND_WORDS,		/* words with a space between two; an array in JSON */
	KIND_PAIRS,		/* name=value pairs with a space between two; an object in JSON */
	KIND_SIZES,		/* name=bytes pairs with a space between two; an object of numbers in JSON */
	KIND_GROUP,		/* a group of keys; an object in JSON */
};

enum column_flags {
	COL_DEFAULT	= 1,	/* shown where -o names none */
	COL_VIEW	= 2,	/* made for the eye: in JSON only where -o names it */
	COL_PROC	= 4,	/* /proc can fill it */
	COL_TOTAL	= 8,	/* has a value in the total line */
	COL_TRUNC	= 16,	/* may be cut to the width of a terminal */
	COL_AREA	= 32,	/* of a row that lies in an area: needs the areas too */
	COL_PART	= 64,	/* one key of a group, which shows them all: only where it is named */
	COL_LIST	= 128,	/* words with a comma between two */
	COL_PLACE	= 512,	/* of pages' places, which are read only where it is shown */
	COL_KIND	= 1024,	/* of areas' kinds, which are found only where it is shown */
	COL_CALLED	= 2048,	/* what the user calls things: shown where there are such names */
	COL_UP		= 256,	/* of bytes, not of pages: in kB what is left of one counts as one */
};

/* The longest cell: a name of 4 * PATH_MAX bytes, each of them escaped. */
#define CELL_MAX (4 * 16384 + 8)

struct column {
	const char *name;
	const char *alias;	/* another name for -o; NULL */
	const char *json;	/* NULL: that of the key */
	enum column_kind kind;
	int key_or_group;	/* an enum key, or an enum key_group where the kind is KIND_GROUP */
	unsigned int flags;
	/* Of a number that is no key; false where it is not known. */
	bool (*number)(const struct cell *cell, uint64_t *number);
	/* For a text: its length in @out, or -1 where it is not known. */
	int (*text)(const struct cell *cell, char *out, size_t room);
	const char *help;	/* NULL: that of the key */
};

/* Rows of such a list.  @alias: NULL for none; @kind: without KIND_. */
/* Its number() of what is always known, called number_@name: @value says what it is of @cell. */
#define COLUMN_GETTER(name, value) \
	static bool number_##name(const struct cell *cell, uint64_t *number) \
	{ \
		*number = (value); \
		return true; \
	}

#define COLUMN_NUMBER(name, alias, json, kind, flags, number, help) \
	{ name, alias, json, KIND_##kind, KEY_NR, flags, number, NULL, help }
#define COLUMN_TEXT(name, alias, json, kind, flags, text, help) \
	{ name, alias, json, KIND_##kind, KEY_NR, flags, NULL, text, help }

/* All columns of a verb, in the order of -O. */
struct column_set {
	const struct column *columns;
	size_t nr;
};

/* Those of the view: one row an area. */
extern const struct column_set area_columns;

#define COLUMNS_MAX 128	/* how many a view can show, repeated ones included */

/* By name or alias, in any case; NULL. */
const struct column *column_find(const struct column_set *set, const char *name, size_t length);

/* The column whose name is most like @name; NULL if none is like it. */
const char *column_suggest(const struct column_set *set, const char *name, size_t length);

/* What a cell shows: its length in @out.  "-" is not known, "." does not apply. */
int column_text(const struct column *column, const struct cell *cell, char *out, size_t room);

/* What JSON, and whoever asks for a field by name, calls it. */
const char *json_key_of_column(const struct column *column);

/* The heading: sizes in kB are said where they are shown so. */
const char *column_heading(const struct column *column, bool bytes);

static inline bool column_is_number(const struct column *column)
{
	return column->kind == KIND_SIZE || column->kind == KIND_COUNT || column->kind == KIND_DELTA ||
	       column->kind == KIND_ADDRESS || column->kind == KIND_HEX || column->kind == KIND_BOOL;
}

/* Numbers are compared as numbers, and so is what a group comes to. */
static inline bool column_compares_numbers(const struct column *column)
{
	return column_is_number(column) || column->kind == KIND_GROUP;
}

/* What --help says of it. */
const char *column_help(const struct column *column);

/* The number of a cell, in bytes where it is a size; of a group its sum.  false: not known. */
bool column_number(const struct column *column, const struct cell *cell, uint64_t *number);

/* Whether its cells add up. */
bool column_has_total(const struct column *column);

/* The key that a column shows, or KEY_NR. */
static inline enum key column_key(const struct column *column)
{
	return column_is_number(column) ? column->key_or_group : KEY_NR;
}

/* As qsort(): unknown numbers first. */
int column_compare(const struct column *column, const struct cell *a, const struct cell *b);

#endif /* VMAVIEW_COLUMNS_H */
