/* SPDX-License-Identifier: GPL-2.0 */
/* stream_uffd.h - UFFD records: areas, then holders. */
#ifndef VMAVIEW_STREAM_UFFD_H
#define VMAVIEW_STREAM_UFFD_H

struct stream;

/* Areas of one hold; then holders, between holds.  Return: 0 or as stream_fill(); -ENOMEM, too. */
int stream_fill_uffd(struct stream *stream);
int stream_fill_uffd_holders(struct stream *stream);

#endif
