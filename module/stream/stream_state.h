/* SPDX-License-Identifier: GPL-2.0 */
/* stream_state.h - how far a stream is, and what its stages share: room for records, and holds of the target. */
#ifndef VMAVIEW_STREAM_STATE_H
#define VMAVIEW_STREAM_STATE_H

#include <linux/types.h>
#include <vmaview.h>

#include "mm/area.h"
#include "mm/ops.h"
#include "mm/segment.h"
#include "mm/target.h"
#include "rmap/uffd.h"
#include "walk/tables.h"
#include "walk/walk.h"

struct sharers;
struct total;

/*
 * Memory of one open file: one of these, 4 KiB for kinds of pages, 8 KiB for sharers, 2 KiB for userfaultfds and a
 * little for each of them, 2 KiB for a total of areas, and 22 KiB of text with OPS_NR names of tables for a file of
 * debugfs.
 */
#define STREAM_BUFFER	VMAVIEW_RECORD_MAX
#define STREAM_BUFFER_RUNS	32768

/* Wants for which the pages of areas are walked. */
#define STREAM_WALKS_PAGES (VMAVIEW_WANT_PAGES | VMAVIEW_WANT_RUNS)

/* In place of AREA records one, with the sums of all.  For this module's own files: nobody else may ask for it. */
#define STREAM_WANT_TOTAL (1U << 31)
static_assert(!(STREAM_WANT_TOTAL & VMAVIEW_WANT_ALL));

enum stream_stage {
	STREAM_BEGIN,
	STREAM_LAYOUT,
	STREAM_THREADS,
	STREAM_LDT,
	STREAM_AREAS,
	STREAM_TABLES,
	STREAM_UFFD,
	STREAM_UFFD_HOLDERS,
	STREAM_SEAMS,
	STREAM_END,
	STREAM_DONE,
};

/**
 * struct stream - the records of one target, produced piece by piece
 * @buffer: the piece, @size bytes
 * @length: bytes in it
 * @taken: bytes of it that the reader has had
 *
 * The rest is private to the room. The owner serialises.
 */
struct stream {
	char *buffer;
	size_t size;
	size_t length;
	size_t taken;

	/* private: */
	struct target target;
	u32 want;
	unsigned long range_start;
	unsigned long range_end;
	pid_t nr;
	enum stream_stage stage;

	unsigned long cursor;		/* the next area is the first that ends above it */
	unsigned long last_end;		/* of the last AREA record */
	struct vmaview_area *area;	/* in the buffer, after @length; @spare_area where runs go there */
	struct vmaview_area spare_area;
	bool walking;			/* @area is begun, and walked up to @addr */
	unsigned long addr;
	unsigned int area_restarts;
	struct area_identity identity;
	struct walk walk;
	struct run_sink runs;
	struct kinds *kinds;		/* NULL where no pages are walked */
	struct sharers *sharers;	/* NULL where they are not wanted */
	struct total *total;		/* NULL where it is not wanted */
	struct ops_cache ops;
	struct segment_cursor segments;
	struct tables tables;		/* all below table_cursor */
	unsigned long table_cursor;
	struct uffd *uffd;		/* NULL where it is not wanted */
	unsigned long seam_cursor;	/* the areas that touch are those that end above it */
	char *scratch;			/* PATH_MAX, for names */

	unsigned long sequence;
	bool sequence_seen;
	bool changed;
	bool quiet;			/* it has not in the holds of the last while */
	u64 areas;
	u64 restarts;
	u64 elapsed;
};

/* The stage after the present one that has something that is wanted; END has. */
void stream_next_stage(struct stream *stream);

/* ns that a hold of a target's mmap_lock may last, the parameter hold_budget_us. */
u64 stream_hold_ns(void);

/* ktime_get_ns() at which the present hold should end. */
u64 stream_deadline(const struct stream *stream);

/* A hold of the target, or of one of its areas, has begun: has the address space changed since the last? */
void stream_note_hold(struct stream *stream);

/* Take the lock and see whether the address space has changed.  Return: 0 or as target_lock(). */
int stream_lock(struct stream *stream);

/* The same, for a walk of hold_budget_us. */
int stream_hold(struct stream *stream);

/*
 * Room for a record of @size bytes with its header; NULL when the buffer is too full.  All but the
 * header and the last 8 bytes is what it was: the caller fills every field.
 */
void *stream_put(struct stream *stream, u32 type, size_t size);

static inline size_t stream_room(const struct stream *stream)
{
	return stream->size - stream->length;
}

#endif
