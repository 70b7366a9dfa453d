// SPDX-License-Identifier: GPL-2.0
/* text_uffd.c - UFFD records in, lines of the file uffd out. */
#include <linux/kernel.h>
#include <vmaview_words.h>

#include "text/text.h"

#define WORD_OF_BIT(value, word) { value, word },

static const struct {
	u32 bit;
	const char *word;
} modes[] = { VMAVIEW_UFFD_MODE_WORDS(WORD_OF_BIT) };

static void text_modes(struct text *text, u32 bits)
{
	const char *comma = "";
	size_t i;

	text_string(text, " modes=");
	if (!bits)
		text_string(text, "none");
	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		if (!(bits & modes[i].bit))
			continue;
		text_string(text, comma);
		text_string(text, modes[i].word);
		comma = ",";
	}
}

static void text_area_of(struct text *text, const struct vmaview_uffd *uffd)
{
	text_string(text, "Area: ");
	text_hex(text, uffd->start, 8);
	text_bytes(text, "-", 1);
	text_hex(text, uffd->end, 8);
	text_string(text, " context=");
	text_number(text, uffd->context);
	text_modes(text, uffd->modes);
	if (uffd->flags & VMAVIEW_UFFD_FEATURES) {
		text_string(text, " features=");
		text_hex(text, uffd->features, 1);
	}
	text_bytes(text, "\n", 1);
}

void text_uffd(struct text *text, const struct vmaview_uffd *uffd)
{
	if (uffd->kind == VMAVIEW_UFFD_AREA) {
		text_area_of(text, uffd);
		return;
	}
	text_string(text, "Holder: context=");
	text_number(text, uffd->context);
	if (uffd->flags & VMAVIEW_UFFD_CHANGED) {
		text_string(text, " changed\n");
		return;
	}
	text_id(text, " pid=", uffd->pid);
	text_id(text, " tid=", uffd->tid);
	text_id(text, " fd=", uffd->fd);
	text_string(text, " comm=");
	text_comm(text, uffd->comm);
	text_bytes(text, "\n", 1);
}
