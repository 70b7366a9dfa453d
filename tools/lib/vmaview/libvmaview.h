/* SPDX-License-Identifier: GPL-2.0 */
/*
 * libvmaview.h - in: a process, or a snapshot of some; out: its areas, pages or sharers, row by row, and their fields
 * by name.
 *
 * Nothing is printed and nothing ends the program: what fails returns a negative errno, and vmaview_message() says it
 * in words.  Two threads may use two handles at once, not one.  What is not known is said to be so: it is never 0,
 * and never empty.
 *
 * Rules of growth: functions are only added, each with a symbol version of its release; what one does stays as it is;
 * numbers of enumerators stay; struct vmaview_query grows at its end, and its first member says how much of it a
 * caller knows; rows get more fields, so go by their names.
 */
#ifndef LIBVMAVIEW_H
#define LIBVMAVIEW_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct vmaview;			/* what is open */
struct vmaview_field;		/* what a field of a row is called and means; lives as long as the program */

enum vmaview_rows {
	VMAVIEW_ROWS_AREAS	= 1,	/* one an area */
	VMAVIEW_ROWS_PAGES	= 2,	/* one a run of neighbouring entries that are alike */
	VMAVIEW_ROWS_SHARERS	= 3,	/* one an area of another process that maps the same pages */
};

enum vmaview_type {
	VMAVIEW_TYPE_NUMBER	= 1,	/* vmaview_number() */
	VMAVIEW_TYPE_BOOL	= 2,	/* the same, 0 or 1 */
	VMAVIEW_TYPE_TEXT	= 3,	/* vmaview_text() */
	VMAVIEW_TYPE_WORDS	= 4,	/* vmaview_item(): names */
	VMAVIEW_TYPE_PAIRS	= 5,	/* names with a text each */
	VMAVIEW_TYPE_NUMBERS	= 6,	/* names with a number each */
};

enum vmaview_unit {
	VMAVIEW_UNIT_NONE	= 0,
	VMAVIEW_UNIT_BYTES	= 1,
	VMAVIEW_UNIT_COUNT	= 2,
	VMAVIEW_UNIT_ADDRESS	= 3,	/* of the process's virtual memory */
	VMAVIEW_UNIT_FRAME	= 4,	/* the number of a page frame */
};

/* Neighbours are one run also where only their frames, or slots of swap, do not follow each other. */
#define VMAVIEW_QUERY_JOIN	1

/*
 * What to open: all 0 but @size, @rows and one of @pid and @file is everything.  A live process is asked for no more
 * than this; of a snapshot the rest is left out here.
 */
struct vmaview_query {
	size_t size;			/* sizeof(struct vmaview_query) */
	int rows;			/* enum vmaview_rows */
	int pid;			/* a process, in this PID namespace; or 0, and ... */
	const char *file;		/* ... what vmaview record has written */
	uint32_t moment;		/* of the file: from 1; 0: its last */
	uint32_t flags;			/* VMAVIEW_QUERY_JOIN, of pages */
	uint64_t low;			/* what overlaps [low, high], both included ... */
	uint64_t high;			/* ... 0: to the end */
	uint64_t only[8];		/* pages: vmaview_only() fills it in */
};

/*
 * Only pages of which @field has @word: "state" and "origin" one of those that are named, "pte" and "flags" all of
 * them, and none of those that are named with a "!" before.  0; -EINVAL: no such field or word, or both of a word.
 */
int vmaview_only(struct vmaview_query *query, const char *field, const char *word);

/*
 * 0, or -errno.  *@handle is to be closed in both cases, and NULL where there was no memory for it.
 * -EINVAL: a query that makes no sense, or a kernel thread; -ESRCH: nobody has that PID; -ENOENT: no such file or
 * moment, or no device: the module is not loaded; -EACCES, -EPERM: no right to ask the module; -EPROTO, -ENOTTY: a
 * module, or a file, of another time; -EBADMSG: no snapshot; -ENODATA: a snapshot that is not whole; -ENOMEM; and what
 * open(2) and read(2) say.
 */
int vmaview_open(struct vmaview **handle, const struct vmaview_query *query);

/*
 * The next process of the moment that was opened, or the one that is live: 1; 0: there is no other; -errno.
 * vmaview_next() goes to the first by itself.
 */
int vmaview_next_process(struct vmaview *handle);

/*
 * The next row of the process: 1; 0: there is no other; -errno: as of vmaview_open(), and -EOPNOTSUPP: the file has no
 * such rows, or the kernel cannot know them; -EAGAIN: a process that changes too fast to be read.
 */
int vmaview_next(struct vmaview *handle);

/* What *@handle holds, which becomes NULL; nothing of NULL, so that closing twice does no harm. */
void vmaview_close(struct vmaview **handle);

/* What the last error was about, in words, until the next call; "" without one.  Of NULL: that there is no memory. */
const char *vmaview_message(const struct vmaview *handle);

/* How many moments the file has; 0 of a live process. */
uint32_t vmaview_moments(const struct vmaview *handle);

/* The process whose rows come: before its first row it is none, with 0 and "". */
int vmaview_pid(const struct vmaview *handle);
const char *vmaview_comm(const struct vmaview *handle);
const char *vmaview_kernel(const struct vmaview *handle);	/* the release that it runs on */
uint64_t vmaview_page_size(const struct vmaview *handle);
uint64_t vmaview_time(const struct vmaview *handle);		/* ns since 1970 when it was read; 0: not known */

/*
 * What reading it has cost, and whether it was at rest: a name of "receipt" in JSON; "changed" is 0: no, 1: yes.  As
 * vmaview_number().
 */
int vmaview_receipt(const struct vmaview *handle, const char *name, uint64_t *number);

/* Sharers: areas of which not all were looked at who may share them.  Others may be. */
size_t vmaview_more(const struct vmaview *handle);

/* The fields that rows have, by their place from 0, in the order of JSON, or by name; NULL: there is none. */
const struct vmaview_field *vmaview_field(int rows, size_t place);
const struct vmaview_field *vmaview_field_named(int rows, const char *name);

const char *vmaview_field_name(const struct vmaview_field *field);
const char *vmaview_field_help(const struct vmaview_field *field);
int vmaview_field_type(const struct vmaview_field *field);
int vmaview_field_unit(const struct vmaview_field *field);

/*
 * A value of the row that vmaview_next() went to: 1; 0: it is not known; -EINVAL: a field of other rows or of another
 * type, or there is no row.  A text is valid until the next call with this handle; it is bytes as the kernel has them,
 * which may be no UTF-8; an empty one is "none".
 */
int vmaview_number(struct vmaview *handle, const struct vmaview_field *field, uint64_t *number);
int vmaview_text(struct vmaview *handle, const struct vmaview_field *field, const char **text);

struct vmaview_item {
	const char *name;
	const char *text;	/* of VMAVIEW_TYPE_PAIRS; NULL */
	uint64_t number;	/* of VMAVIEW_TYPE_NUMBERS; 0 */
};

/* As these, of a value that has several, the one at @place from 0: 1; 0: there are no more; -ENODATA: not known. */
int vmaview_item(struct vmaview *handle, const struct vmaview_field *field, size_t place, struct vmaview_item *item);

#ifdef __cplusplus
}
#endif

#endif /* LIBVMAVIEW_H */
