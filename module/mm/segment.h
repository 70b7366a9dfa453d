/* SPDX-License-Identifier: GPL-2.0 */
/* segment.h - a thread, or an LDT, in; its segments out. */
#ifndef VMAVIEW_SEGMENT_H
#define VMAVIEW_SEGMENT_H

#include <linux/pid.h>
#include <vmaview.h>

struct stream;

/**
 * struct segment_cursor - how far the segments of a target have been told
 * @thread: the pid of the last thread told, referenced; NULL where it had none left by then
 * @started: of those told, when the youngest started, ns of the monotonic clock
 * @begun: one has been told
 * @ldt: the next index of the LDT
 */
struct segment_cursor {
	struct pid *thread;
	u64 started;
	bool begun;
	unsigned int ldt;
};

/**
 * segment_put_threads() - SEGMENT records of as many threads as fit
 * @stream: whose buffer gets them
 *
 * A thread that exits meanwhile is told or not; one that lives all the time is told once.  Where the
 * thread told last has gone when the next piece is made, it goes on with those that started after all
 * that were told: then one may be missed that was cloned at the same moment as one of these.
 *
 * Context: takes and drops RCU.  Return: true when the last was told.
 */
bool segment_put_threads(struct stream *stream);

/**
 * segment_put_ldt() - SEGMENT records of as many entries of the LDT as fit
 * @stream: whose buffer gets them
 *
 * Context: mmap_lock not held; takes and drops ldt_usr_sem.
 * Return: 1 when the last was told, 0 to come again, -ERESTARTSYS on a signal.
 */
int segment_put_ldt(struct stream *stream);

#endif
