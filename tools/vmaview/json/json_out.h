/* SPDX-License-Identifier: GPL-2.0 */
/*
 * json_out.h - in: values, one after the other; out: JSON, written as they come.
 *
 * Nothing is kept but what is open, so that memory does not grow with what is written, and nothing can fail but
 * the file.  Commas, line breaks and closing brackets come by themselves; that members have keys and elements have
 * none is up to the caller.
 */
#ifndef VMAVIEW_JSON_OUT_H
#define VMAVIEW_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "text/output.h"

enum json_form {
	JSON_PLAIN	= 0,	/* all in one line, but for json_line() */
	JSON_PRETTY	= 1,	/* a line for each member and element, two blanks a level */
	JSON_IN_PAGE	= 2,	/* "<" escaped: it goes into a page of HTML */
};

/* So many objects and arrays can be open in each other. */
#define JSON_DEPTH 63

struct json_out {
	unsigned int form;	/* enum json_form */
	unsigned int depth;
	uint64_t filled;	/* a bit for each that is open, the lowest for the last: it has something in it, */
	uint64_t arrays;	/* it is an array */
	bool has_key;		/* of the value that comes next */
	bool line;		/* what comes next begins a line */
	struct output output;
};

/* Nobody else may print there until json_close(). */
void json_open(struct json_out *out, FILE *file, unsigned int form);
void json_close(struct json_out *out);

/* As it is, after the last value: what ends a document. */
void json_frame(struct json_out *out, const char *text);

/*
 * Right after json_open(): goes on in a document whose first part was closed where these were open, each with
 * something in it, the outermost first: "o" an object, "a" an array.
 */
void json_reopen(struct json_out *out, const char *levels);

/* The next member or element begins a line, also where the form is plain. */
static inline void json_line(struct json_out *out)
{
	out->line = true;
}

void json_open_object(struct json_out *out);
void json_open_array(struct json_out *out);
/* Of the last of them that is open. */
void json_end(struct json_out *out);

/* @key is one of our own, so long, in which nothing is to be escaped. */
void json_key_sized(struct json_out *out, const char *key, size_t length);

static inline void json_key(struct json_out *out, const char *key)
{
	json_key_sized(out, key, strlen(key));
}

/* One that somebody else chose. */
void json_key_text(struct json_out *out, const char *key, size_t length);

void json_null(struct json_out *out);
void json_boolean(struct json_out *out, bool value);
void json_uint(struct json_out *out, uint64_t number);
void json_int(struct json_out *out, int64_t number);
/* "0x7f00": a string, as numbers of this size are not safe in all readers. */
void json_hex(struct json_out *out, uint64_t number);
/* What is no UTF-8 as \ooo, as the kernel writes it; no control character is there as it is. */
void json_text(struct json_out *out, const char *text, size_t length);
/* NULL is null. */
void json_string(struct json_out *out, const char *text);

/* A member with its value. */
static inline void json_put_uint(struct json_out *out, const char *key, uint64_t number)
{
	json_key(out, key);
	json_uint(out, number);
}

static inline void json_put_int(struct json_out *out, const char *key, int64_t number)
{
	json_key(out, key);
	json_int(out, number);
}

static inline void json_put_bool(struct json_out *out, const char *key, bool value)
{
	json_key(out, key);
	json_boolean(out, value);
}

static inline void json_put_hex(struct json_out *out, const char *key, uint64_t number)
{
	json_key(out, key);
	json_hex(out, number);
}

static inline void json_put_string(struct json_out *out, const char *key, const char *text)
{
	json_key(out, key);
	json_string(out, text);
}

static inline void json_put_null(struct json_out *out, const char *key)
{
	json_key(out, key);
	json_null(out);
}

/* null where it is not known. */
static inline void json_put_known(struct json_out *out, const char *key, bool known, uint64_t number)
{
	json_key(out, key);
	if (known)
		json_uint(out, number);
	else
		json_null(out);
}

#endif /* VMAVIEW_JSON_OUT_H */
