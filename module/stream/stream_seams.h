/* SPDX-License-Identifier: GPL-2.0 */
/* stream_seams.h - stage of a stream: areas that touch in, SEAM records out. */
#ifndef VMAVIEW_STREAM_SEAMS_H
#define VMAVIEW_STREAM_SEAMS_H

struct stream;

/* One hold of mmap_lock. Return: 0 or -errno. */
int stream_fill_seams(struct stream *stream);

#endif
