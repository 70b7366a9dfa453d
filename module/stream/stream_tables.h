/* SPDX-License-Identifier: GPL-2.0 */
/* stream_tables.h - the TABLE records. */
#ifndef VMAVIEW_STREAM_TABLES_H
#define VMAVIEW_STREAM_TABLES_H

struct stream;

/* Once all tables are counted, over many holds.  Return: 0 or as stream_fill(). */
int stream_fill_tables(struct stream *stream);

#endif
