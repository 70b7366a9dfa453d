// SPDX-License-Identifier: GPL-2.0
/* why_words.c - in: two areas that touch; out: in words, what one of them has of that in which they differ. */
#include <stdio.h>

#include <linux/mempolicy.h>
#include <vmaview_words.h>

#include "verbs/why/why_words.h"
#include "vmaview/flags.h"

/* What a merge passes over, and what is said of userfaultfd. */
static uint64_t passed_over(const struct process *process)
{
	static const char *const words[] = {
		"softdirty", "maybe_guard", "uffd_missing", "uffd_wp", "uffd_minor", "uffd_rwp",
	};

	return flags_with_words(process, UINT64_MAX, words, sizeof(words) / sizeof(words[0]));
}

static uint64_t never_merged(const struct process *process)
{
	static const char *const words[] = { "io", "dontexpand", "pfnmap", "mixedmap" };

	return flags_with_words(process, UINT64_MAX, words, sizeof(words) / sizeof(words[0]));
}

/* Nothing is a word, too. */
static int or_none(int length, char *out, size_t room)
{
	return length ? length : snprintf(out, room, "none");
}

static int text_flags_of(const struct process *process, const struct vmaview_seam *seam, unsigned int side,
			 char *out, size_t room)
{
	uint64_t differ = (seam->vm_flags[0] ^ seam->vm_flags[1]) & ~passed_over(process);
	uint64_t bits = seam->vm_flags[side] & (differ ? differ : never_merged(process));

	if (!process->has_vmflags)
		return -1;
	return or_none(flags_words(process, bits, out, room), out, room);
}

static int text_name_of(const struct area *area, char *out, size_t room)
{
	if (!area || area->flags & VMAVIEW_AREA_NAME_CUT)
		return -1;
	return or_none(snprintf(out, room, "%s", area->name), out, room);
}

static int text_ops_of(const struct area *area, char *out, size_t room)
{
	if (!area || !(area->facts & AREA_KNOWS_OPS))
		return -1;
	return snprintf(out, room, "%s", area->ops ? area->ops->symbol : "none");
}

static int text_anon_of(uint32_t anon, char *out, size_t room)
{
#define WORD(value, word) [value] = word,
	static const char *const words[] = { VMAVIEW_SEAM_ANON_WORDS(WORD) };
#undef WORD

	return anon < sizeof(words) / sizeof(words[0]) ? snprintf(out, room, "%s", words[anon]) : -1;
}

static int text_modes_of(uint32_t modes, char *out, size_t room)
{
#define WORD(value, word) { value, word },
	static const struct { uint32_t bit; const char *word; } words[] = { VMAVIEW_UFFD_MODE_WORDS(WORD) };
#undef WORD
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (modes & words[i].bit)
			used += snprintf(out + used, room - used, "%s%s", used ? " " : "", words[i].word);
	return or_none(used, out, room);
}

/* As numa_maps has it: ranges of nodes. */
static int put_nodes(uint64_t nodes, char *out, size_t room)
{
	size_t used = 0;

	for (unsigned int node = 0; node < 64; node++) {
		unsigned int first = node;

		if (!(nodes >> node & 1))
			continue;
		while (node < 63 && nodes >> (node + 1) & 1)
			node++;
		used += snprintf(out + used, room - used, "%c%u", used ? ',' : ':', first);
		if (node > first)
			used += snprintf(out + used, room - used, "-%u", node);
	}
	return used;
}

/* By number, as mpol_to_str() in mm/mempolicy.c names them: a system's header may not have all. */
static int text_policy_of(uint32_t policy, uint64_t nodes, char *out, size_t room)
{
	static const char *const modes[] = {
		"default", "prefer", "bind", "interleave", "local", "prefer-many", "weighted-interleave",
	};
	uint32_t mode = policy & 0xff;
	int used;

	used = mode < sizeof(modes) / sizeof(modes[0]) ? snprintf(out, room, "%s", modes[mode]) :
							 snprintf(out, room, "%u", mode);
	if (policy & MPOL_F_STATIC_NODES)
		used += snprintf(out + used, room - used, "=static");
	if (policy & MPOL_F_RELATIVE_NODES)
		used += snprintf(out + used, room - used, "=relative");
	return used + (nodes ? put_nodes(nodes, out + used, room - used) : 0);
}

int why_text_side(const struct process *process, const struct why_row *row, unsigned int side, char *out,
		  size_t room)
{
	const struct vmaview_seam *seam = row->seam;
	const struct area *area = side ? row->above : row->below;
	unsigned int field = why_field(seam);

	switch (field < WHY_NOTHING ? 1u << field : 0) {
	case VMAVIEW_SEAM_FLAGS:
		return text_flags_of(process, seam, side, out, room);
	case VMAVIEW_SEAM_FILE:
	case VMAVIEW_SEAM_NAME:
		return text_name_of(area, out, room);
	case VMAVIEW_SEAM_OFFSET:
		return snprintf(out, room, "0x%llx", (unsigned long long)seam->offset[side]);
	case VMAVIEW_SEAM_ANON_VMA:
		return text_anon_of(seam->anon[side], out, room);
	case VMAVIEW_SEAM_POLICY:
		return text_policy_of(seam->policy[side], seam->nodes[side], out, room);
	case VMAVIEW_SEAM_UFFD:
		return text_modes_of(seam->uffd[side], out, room);
	case VMAVIEW_SEAM_OPS:
		return text_ops_of(area, out, room);
	}
	return snprintf(out, room, "%s", "");
}
