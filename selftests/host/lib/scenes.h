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

#endif /* HOST_SCENES_H */
