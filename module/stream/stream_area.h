/* SPDX-License-Identifier: GPL-2.0 */
/* stream_area.h - AREA, RUN and OPS records. */
#ifndef VMAVIEW_STREAM_AREA_H
#define VMAVIEW_STREAM_AREA_H

struct stream;

/*
 * As many areas as fit into the empty buffer; under and between holds.  A record is
 * filled where it will be read.  Return: 0 or as stream_fill().
 */
int stream_fill_areas(struct stream *stream);

#endif
