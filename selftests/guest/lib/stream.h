/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stream.h - the bytes of /dev/vmaview in, areas and counters out.
 *
 * A reader of its own, written from uapi/vmaview.h and sharing nothing with the tool's: where both
 * agree, the contract is clear.  It refuses whatever the contract does not promise.
 */
#ifndef STREAM_H
#define STREAM_H

#include <stdbool.h>

#include "keys.h"
#include "slurp.h"
#include "vmaview.h"

/* One page frame of a FRAMES record. */
struct stream_frame {
	uint64_t pfn;
	uint32_t mapcount;
	bool pmd_shared;
};

struct stream {
	struct vmaview_begin begin;
	struct vmaview_mm mm;
	struct vmaview_end end;
	bool has_mm;
	struct vmaview_vmflag vmflag[64];
	unsigned int nr_vmflags;
	struct area_list areas;
	struct vmaview_run *run;
	size_t nr_runs;
	struct stream_frame *frame;
	size_t nr_frames;
	struct vmaview_sharer *sharers;		/* of all areas */
	size_t nr_sharers;
	bool has_layout;
	struct vmaview_layout layout;
	struct vmaview_segment *segment;
	size_t nr_segments;
	struct vmaview_table table[VMAVIEW_TABLE_PGD + 1];	/* from the lowest level up */
	size_t nr_tables;
	struct vmaview_uffd *uffd;	/* areas, then holders */
	size_t nr_uffd;
	struct vmaview_seam *seams;
	size_t nr_seams;
};

/* NULL, or what is wrong with the bytes. */
const char *stream_parse(const struct bytes *bytes, struct stream *out);
void stream_free(struct stream *stream);

#endif
