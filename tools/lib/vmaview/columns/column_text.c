// SPDX-License-Identifier: GPL-2.0
/*
 * column_text.c - in: a cell; out: what a text column says of it.
 *
 * Length, or -1 where the answer is not known; an empty text is "does not apply" or "none".
 */
#include <stdio.h>
#include <string.h>

#include "columns/column_text.h"
#include "text/number.h"
#include "vmaview/flags.h"
#include "vmaview/kind.h"
#include "vmaview/label.h"

static int put(char *out, size_t room, const char *text)
{
	size_t length = strnlen(text, room - 1);

	memcpy(out, text, length);
	out[length] = '\0';
	return length;
}

/* As pmap shows it: "rw-s-"; a question mark where that is not known. */
int text_mode(const struct cell *cell, char *out, size_t room)
{
	const char *perms = cell->area->perms;

	put(out, room, perms);
	out[3] = perms[3] == 'p' ? '-' : perms[3];
	out[4] = '-';
	out[5] = '\0';
	return 5;
}

int text_perms(const struct cell *cell, char *out, size_t room)
{
	return put(out, room, cell->area->perms);
}

/*
 * What the next writes to the memory that is present will do.  Nothing present is "empty"; a
 * question mark: for some of it that cannot be told.
 */
int text_cow(const struct cell *cell, char *out, size_t room)
{
	const struct area *area = cell->area;
	uint64_t copy, reuse, maybe, source;
	const char *word;

	if (area->perms[3] == '?' && area->perms[1] != '-')
		return -1;
	if (area->perms[3] != 'p' || area->perms[1] != 'w')
		return put(out, room, "");
	if (!area_knows(area, KEY_COW_COPY) || !area_knows(area, KEY_COW_SOURCE) ||
	    !area_knows(area, KEY_COW_REUSE) || !area_knows(area, KEY_COW_MAYBE))
		return -1;
	copy = area_get(area, KEY_COW_COPY);
	reuse = area_get(area, KEY_COW_REUSE);
	maybe = area_get(area, KEY_COW_MAYBE);
	source = area_get(area, KEY_COW_SOURCE);
	if (!copy && !reuse && !source)
		return put(out, room, maybe ? "?" : "empty");
	if (!!copy + !!reuse + !!source > 1)
		word = "mixed";
	else
		word = copy ? "shared" : reuse ? "own" : "source";
	return snprintf(out, room, "%s%s", word, maybe ? "?" : "");
}

/*
 * Without vm_ops the kernel itself serves faults, with anonymous memory (vma_is_anonymous());
 * with vm_ops that have no fault callback nothing does.
 */
int text_fault(const struct cell *cell, char *out, size_t room)
{
	if (!(cell->area->facts & AREA_KNOWS_OPS))
		return -1;
	if (!cell->area->ops)
		return put(out, room, "anon");
	return put(out, room, cell->area->ops->fault ? cell->area->ops->fault : "none");
}

int text_ops(const struct cell *cell, char *out, size_t room)
{
	if (!(cell->area->facts & AREA_KNOWS_OPS))
		return -1;
	return put(out, room, cell->area->ops ? cell->area->ops->symbol : "");
}

int text_callbacks(const struct cell *cell, char *out, size_t room)
{
	const struct ops *ops = cell->area->ops;
	size_t used = 0;

	if (!(cell->area->facts & AREA_KNOWS_OPS))
		return -1;
	*out = '\0';
	if (!ops)
		return 0;
	for (const char *callback = ops->callbacks; callback < ops->callbacks_end && used < room;
	     callback += strlen(callback) + 1)
		used += snprintf(out + used, room - used, "%s%s", used ? " " : "", callback);
	return used;
}

int text_caveats(const struct cell *cell, char *out, size_t room)
{
	static const struct {
		uint32_t flag;
		const char *word;
	} words[] = {
		{ VMAVIEW_AREA_CHANGED, "changed" },
		{ VMAVIEW_AREA_CLIPPED, "clipped" },
		{ VMAVIEW_AREA_NAME_CUT, "name_cut" },
	};
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (cell->area->flags & words[i].flag)
			used += snprintf(out + used, room - used, "%s%s", used ? " " : "",
					 words[i].word);
	return used;
}

/* Flags that set an area apart, and how far its numbers can be trusted; commas, to stay short. */
int text_notable(const struct cell *cell, char *out, size_t room)
{
	uint64_t bits = cell->area->vm_flags & cell->process->notable;
	int used;

	if (!(cell->area->facts & AREA_KNOWS_VMFLAGS))
		return -1;
	used = flags_words(cell->process, bits, out, room);
	if (cell->area->flags) {
		if (used)
			out[used++] = ' ';
		used += text_caveats(cell, out + used, room - used);
	}
	for (char *space = out; (space = strchr(space, ' ')); )
		*space = ',';
	return used;
}

int text_flags(const struct cell *cell, char *out, size_t room)
{
	if (!(cell->area->facts & AREA_KNOWS_FLAGS))
		return -1;
	return flags_words(cell->process, cell->area->vm_flags, out, room);
}

int text_vmflags(const struct cell *cell, char *out, size_t room)
{
	if (!(cell->area->facts & AREA_KNOWS_VMFLAGS))
		return -1;
	if (cell->area->vmflags)
		return put(out, room, cell->area->vmflags);
	return flags_mnemonics(cell->process, cell->area->vm_flags, out, room);
}

int text_device(const struct cell *cell, char *out, size_t room)
{
	size_t used;

	(void)room;
	if (cell->area->lacks & AREA_LACKS_FILE)
		return -1;
	used = number_hex(cell->area->dev_major, 2, out);
	out[used++] = ':';
	used += number_hex(cell->area->dev_minor, 2, out + used);
	out[used] = '\0';
	return used;
}

int text_name(const struct cell *cell, char *out, size_t room)
{
	if (cell->area->flags & VMAVIEW_AREA_NAME_CUT || cell->area->lacks & AREA_LACKS_NAME)
		return -1;
	return put(out, room, cell->area->name);
}

int text_kind_of_area(const struct cell *cell, char *out, size_t room)
{
	unsigned int kind = cell->area->kind;

	return kind && kind - 1 != KIND_OF_UNKNOWN ? put(out, room, kind_names[kind - 1]) : -1;
}

int text_area_label(const struct cell *cell, char *out, size_t room)
{
	return label_text(cell->process, cell->area, out, room);
}

/* As pmap: the last part of a path, "[ anon ]" for what has no name. */
int text_mapping(const struct cell *cell, char *out, size_t room)
{
	const char *name = cell->area->name;
	const char *slash = name[0] == '/' ? strrchr(name, '/') : NULL;

	if (cell->area->flags & VMAVIEW_AREA_NAME_CUT || cell->area->lacks & AREA_LACKS_NAME)
		return -1;
	if (!name[0])
		return put(out, room, "[ anon ]");
	if (slash && slash[1] && !cell->show_path)
		name = slash + 1;
	return put(out, room, name);
}

/* "0=120 1=8", without nodes that have nothing of it. */
int text_nodes(const struct area_place *place, bool bytes, char *out, size_t room)
{
	size_t used = 0;

	*out = '\0';
	for (uint32_t node = 0; node < place->nr_nodes && used < room; node++)
		if (place->node[node])
			used += snprintf(out + used, room - used, "%s%u=%llu", used ? " " : "", node,
					 (unsigned long long)place->node[node] >> (bytes ? 0 : 10));
	return used;
}

int text_with_area(const struct cell *cell, const struct area *area,
		   int (*text)(const struct cell *cell, char *out, size_t room), char *out, size_t room)
{
	struct cell own = *cell;

	own.area = area;
	return area ? text(&own, out, room) : -1;
}
