/* SPDX-License-Identifier: GPL-2.0 */
/* group_add.h - in: processes one by one, those of a family in succession; out: the rows of their groups. */
#ifndef VMAVIEW_GROUP_ADD_H
#define VMAVIEW_GROUP_ADD_H

#include "verbs/groups/group_members.h"
#include "verbs/groups/group_rows.h"

struct group_add {
	struct group_rows *rows;
	struct frame_count *frames;
	uint32_t process;		/* the number of the next one */
	uint32_t family;		/* of the last one */
	char *last_family;
	bool no_frames;			/* of some process they are not known */
	uint64_t page_size;
	void *spaces;			/* those that were added */
};

int group_add_init(struct group_add *add, struct group_rows *rows);
void group_add_free(struct group_add *add);

/* Was this address space added already, for another process?  If not, it is noted. */
bool group_add_knows_space(struct group_add *add, uint64_t space);

/* @member is @process, of which areas, sums and frames were read.  0 or -ENOMEM. */
int group_add_process(struct group_add *add, const struct group_member *member, const struct process *process);

/* All were added: the frames of each row.  0 or -ENOMEM. */
int group_add_end(struct group_add *add);

#endif /* VMAVIEW_GROUP_ADD_H */
