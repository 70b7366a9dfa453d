/* SPDX-License-Identifier: GPL-2.0 */
/* stream_sharers.h - an area of the target in, SHARER records of the others that map its pages out. */
#ifndef VMAVIEW_STREAM_SHARERS_H
#define VMAVIEW_STREAM_SHARERS_H

#include <linux/mm.h>

struct sharers;
struct stream;

/* NULL where there is no memory. */
struct sharers *sharers_new(void);
void sharers_free(struct sharers *sharers);

/**
 * sharers_begin() - look for who else may map @vma
 * @stream: that has just given the AREA record of @vma
 * @vma: found in this hold
 *
 * Context: mmap_lock held for reading.
 * Return: true if there may be somebody: stream_fill_sharers() is to follow once the lock is dropped.
 */
bool sharers_begin(struct stream *stream, struct vm_area_struct *vma);

/* Is there more to do before the next area? */
bool sharers_active(const struct sharers *sharers);

/**
 * stream_fill_sharers() - compare page tables, put records, until done or the buffer is full
 * @stream: after sharers_begin()
 *
 * Context: no lock. Takes mmap_lock of the target and of each of the others for reading, one at a
 * time, in holds of PFNS_NR pages at most; for who may share also those of mappers_find().
 * Return: as stream_fill(); where it is interrupted it goes on when it is called again.
 */
int stream_fill_sharers(struct stream *stream);

#endif
