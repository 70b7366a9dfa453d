// SPDX-License-Identifier: GPL-2.0
/* frame.c - in: a process; out: its title and its receipt. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "draw/frame.h"
#include "text/escape.h"

int frame_title(const struct process *process)
{
	size_t room = escape_room(process->title);
	char *title = malloc(room);

	if (!title)
		return -ENOMEM;
	escape_text(process->title, title, room);
	printf("%d:   %s\n", process->pid, title);
	free(title);
	return 0;
}

void frame_receipt(const struct process *process)
{
	static const char *const changed[] = {
		[VMAVIEW_CHANGED_NO] = "nothing changed meanwhile",
		[VMAVIEW_CHANGED_YES] = "the address space changed meanwhile",
		[VMAVIEW_CHANGED_UNKNOWN] = "no change was noticed meanwhile",
	};
	const struct vmaview_end *receipt = &process->receipt;

	if (!process->has_receipt || receipt->changed > VMAVIEW_CHANGED_UNKNOWN)
		return;
	printf("read in %.3f ms, lock held %llu times, at most %.3f ms; %s\n",
	       receipt->elapsed / 1e6, (unsigned long long)receipt->holds,
	       receipt->longest_hold / 1e6, changed[receipt->changed]);
}
