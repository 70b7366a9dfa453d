// SPDX-License-Identifier: GPL-2.0
/* text_sharers.c - SHARER records in, lines of the file sharers out. */
#include <linux/string.h>

#include "text/text.h"

void text_sharer(struct text *text, const struct vmaview_sharer *sharer)
{
	if (sharer->flags & VMAVIEW_SHARER_MORE) {
		text_string(text, "Sharer: more\n");
		return;
	}
	text_string(text, "Sharer: pid=");
	if (sharer->pid < 0)
		text_bytes(text, "-", 1);
	else
		text_number(text, sharer->pid);
	text_string(text, " area=");
	text_hex(text, sharer->start, 8);
	text_bytes(text, "-", 1);
	text_hex(text, sharer->end, 8);
	text_string(text, " first=");
	text_hex(text, sharer->first, 8);
	text_string(text, " address=");
	text_hex(text, sharer->address, 8);
	text_string(text, " pages=");
	text_number(text, sharer->pages);
	if (sharer->flags & VMAVIEW_SHARER_CHANGED)
		text_string(text, " changed");
	text_string(text, " comm=");
	text_comm(text, sharer->comm);
	text_bytes(text, "\n", 1);
}
