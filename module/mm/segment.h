/* SPDX-License-Identifier: GPL-2.0 */
/* segment.h - a thread, or an LDT, in; its segments out. */
#ifndef VMAVIEW_SEGMENT_H
#define VMAVIEW_SEGMENT_H

#include <linux/pid.h>
#include <vmaview.h>

struct target;

/**
 * struct segment_cursor - how far the segments of a target have been reported
 * @thread: the pid of the last thread reported, referenced; NULL where it had none left by then
 * @started: of those reported, when the youngest started, ns of the monotonic clock
 * @begun: one has been reported
 * @ldt: the next index of the LDT
 */
struct segment_cursor {
	struct pid *thread;
	u64 started;
	bool begun;
	unsigned int ldt;
};

/**
 * struct segment_room - where SEGMENT records go
 * @next: room for the next one
 * @stop: end of the room
 */
struct segment_room {
	struct vmaview_segment *next;
	struct vmaview_segment *stop;
};

/**
 * segment_put_threads() - SEGMENT records of as many threads as fit
 * @cursor: where to go on; moved
 * @target: whose they are
 * @room: gets them
 *
 * A thread that exits meanwhile is reported or not; one that lives all the time is reported once.  Where the
 * thread reported last has gone when the next piece is made, it goes on with those that started after all
 * that were reported: then one may be missed that was cloned at the same moment as one of these.
 *
 * Context: takes and drops RCU.  Return: true when the last was reported.
 */
bool segment_put_threads(struct segment_cursor *cursor, struct target *target, struct segment_room *room);

/**
 * segment_put_ldt() - SEGMENT records of as many entries of the LDT as fit
 * @cursor: where to go on; moved
 * @mm: whose they are, kept by mm_count
 * @room: gets them
 *
 * Context: mmap_lock not held; takes and drops ldt_usr_sem.
 * Return: 1 when the last was reported, 0 to come again, -ERESTARTSYS on a signal.
 */
int segment_put_ldt(struct segment_cursor *cursor, struct mm_struct *mm, struct segment_room *room);

#endif
