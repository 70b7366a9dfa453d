/* SPDX-License-Identifier: GPL-2.0 */
/* scenes.h - out: streams that have a bit of everything, the same bytes each time. */
#ifndef HOST_SCENES_H
#define HOST_SCENES_H

#include "stream.h"

struct scene {
	const char *name;
	void (*build)(struct stream *stream);
};

extern const struct scene scenes[];
extern const size_t nr_scenes;

/* The first of them. */
void scene_mixed(struct stream *stream);
/* Runs of single pages, in two areas. */
void scene_pages(struct stream *stream);
/* All that record --pages saves. */
void scene_whole(struct stream *stream);

/* Parts of scenes: an area of which nothing else is set yet, the names of flags, and a run of @nr pages. */
struct vmaview_area scene_area(__u64 start, __u64 kb, const char *perms, __u64 flags);
void scene_names(struct stream *stream);
struct vmaview_run *scene_anon_run(struct stream *stream, __u64 start, __u64 nr, __u64 pfn);

#endif /* HOST_SCENES_H */
