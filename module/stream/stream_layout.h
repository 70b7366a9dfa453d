/* SPDX-License-Identifier: GPL-2.0 */
/* stream_layout.h - the LAYOUT record, and SEGMENT records between holds. */
#ifndef VMAVIEW_STREAM_LAYOUT_H
#define VMAVIEW_STREAM_LAYOUT_H

struct stream;

/* Return: 0 or as stream_fill(). */
int stream_fill_layout(struct stream *stream);
int stream_fill_threads(struct stream *stream);
int stream_fill_ldt(struct stream *stream);

#endif
