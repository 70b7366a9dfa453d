/* SPDX-License-Identifier: GPL-2.0 */
/* packer.h - in: moments, and streams of records; out: the bytes of a snapshot file, given to whoever writes it. */
#ifndef VMAVIEW_PACKER_H
#define VMAVIEW_PACKER_H

#include <stddef.h>
#include <stdint.h>

#include <vmaview.h>

#include "vmaview/snapshot_head.h"

/* Takes @length bytes more; 0 or -errno. */
typedef int packer_write(void *to, const void *bytes, size_t length);

struct packer {
	struct ZSTD_CCtx_s *zstd;
	unsigned char *out;
	size_t room;
	packer_write *write;
	void *to;
};

/*
 * Each returns 0 or -errno: -ENOMEM, or what @write said.  Close it whatever comes.
 *
 * A file is its head, then packer_begin(), packer_record() for each record but BEGIN, and packer_end() for each stream.
 * A stream that turns out to be none is dropped by packer_drop(); what was written of it is the caller's to take back.
 */
int packer_open(struct packer *packer, packer_write *write, void *to);
int packer_head(struct packer *packer, const struct snapshot_head *head);
int packer_begin(struct packer *packer, const struct vmaview_header *begin, uint32_t moment);
int packer_record(struct packer *packer, const struct vmaview_header *record);
int packer_end(struct packer *packer);
void packer_drop(struct packer *packer);
void packer_close(struct packer *packer);

#endif /* VMAVIEW_PACKER_H */
