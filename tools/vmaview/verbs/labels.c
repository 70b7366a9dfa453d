// SPDX-License-Identifier: GPL-2.0
/*
 * labels.c - in: names of ranges of addresses, as perf's maps have them; out: areas that are called so, or are cut
 * where their names change.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "text/say.h"
#include "verbs/labels.h"

static struct label *add(struct labels *labels)
{
	if (labels->nr == labels->room) {
		size_t room = labels->room ? 2 * labels->room : 256;
		struct label *list = reallocarray(labels->list, room, sizeof(*list));

		if (!list)
			return NULL;
		labels->list = list;
		labels->room = room;
	}
	return &labels->list[labels->nr++];
}

/* strtoull() takes signs and blanks, which are no part of an address. */
static bool take_hex(const char **text, uint64_t *value)
{
	char *end;

	if (!isxdigit((unsigned char)**text))
		return false;
	errno = 0;
	*value = strtoull(*text, &end, 16);
	if (errno || !isspace((unsigned char)*end))
		return false;
	*text = end + strspn(end, " \t");
	return true;
}

static int take_line(struct labels *labels, const char *text, size_t line)
{
	struct label label = { .line = line };
	struct label *added;
	uint64_t size;

	text += strspn(text, " \t");
	if (!*text || *text == '\n' || *text == '#')
		return 0;
	if (!take_hex(&text, &label.start) || !take_hex(&text, &size) || !*text || *text == '\n' ||
	    size > UINT64_MAX - label.start)
		return -EBADMSG;
	if (!size)
		return 0;
	label.end = label.start + size;
	label.name = strndup(text, strcspn(text, "\n"));
	added = label.name ? add(labels) : NULL;
	if (!added) {
		free(label.name);
		return -ENOMEM;
	}
	*added = label;
	return 0;
}

static int by_start(const void *a, const void *b)
{
	const struct label *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

/* Of two that begin at one place the later line counts: nothing is left of the earlier one. */
static void part(struct labels *labels)
{
	size_t kept = 0;

	qsort(labels->list, labels->nr, sizeof(*labels->list), by_start);
	for (size_t i = 0; i < labels->nr; i++) {
		struct label *label = &labels->list[i];

		if (i + 1 < labels->nr && label->end > label[1].start)
			label->end = label[1].start;
		if (label->start < label->end)
			labels->list[kept++] = *label;
		else
			free(label->name);
	}
	labels->nr = kept;
}

int labels_parse(struct labels *labels, FILE *file, size_t *line)
{
	char *text = NULL;
	size_t room = 0;
	int ret = 0;

	*labels = (struct labels){ .nr = 0 };
	for (*line = 1; !ret && getline(&text, &room, file) > 0; *line += !ret)
		ret = take_line(labels, text, *line);
	if (!ret && ferror(file))
		ret = -EIO;
	free(text);
	if (labels->nr)
		part(labels);
	return ret;
}

int labels_read(struct labels *labels, const char *path)
{
	FILE *file = fopen(path, "re");
	size_t line = 0;
	int ret;

	*labels = (struct labels){ .nr = 0 };
	if (!file) {
		say("%s: %s", path, strerror(errno));
		return EXIT_FAILED;
	}
	ret = labels_parse(labels, file, &line);
	fclose(file);
	if (ret == -EBADMSG)
		say("%s: line %zu: not START SIZE NAME, in hex", path, line);
	else if (ret)
		say("%s: %s", path, strerror(-ret));
	return ret ? EXIT_FAILED : EXIT_DONE;
}

void labels_free(struct labels *labels)
{
	for (size_t i = 0; i < labels->nr; i++)
		free(labels->list[i].name);
	free(labels->list);
}

/* The first that ends above @addr. */
static size_t find(const struct labels *labels, uint64_t addr)
{
	size_t low = 0, high = labels->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (labels->list[middle].end > addr)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

const char *labels_find(const struct labels *labels, uint64_t addr, uint64_t page_size, uint64_t *next)
{
	size_t at = find(labels, addr);
	const struct label *label = &labels->list[at];

	*next = UINT64_MAX & ~(page_size - 1);
	if (at == labels->nr)
		return "";
	if (label->start >= addr + page_size) {
		*next = label->start & ~(page_size - 1);
		return "";
	}
	*next = label->start > addr ? addr + page_size : label->end & ~(page_size - 1);
	if (*next <= addr)
		*next = addr + page_size;
	return label->name;
}

static bool is_cow(const struct vmaview_run *run)
{
	return run->cow == VMAVIEW_COW_COPY || run->cow == VMAVIEW_COW_SOURCE;
}

/* As smaps has it: what was written again is no longer given up. */
static bool is_lazyfree(const struct vmaview_run *run)
{
	return run->origin == VMAVIEW_ORIGIN_ANON && !(run->entry & VMAVIEW_ENTRY_DIRTY) &&
	       !(run->page & (VMAVIEW_PAGE_SWAPBACKED | VMAVIEW_PAGE_DIRTY));
}

static void more(struct area *area, enum key key, bool counts, uint64_t bytes)
{
	area_set(area, key, (area_knows(area, key) ? area_get(area, key) : 0) + (counts ? bytes : 0));
}

/* A run of a piece; with no bytes: what is known of a piece in which nothing is. */
static void add_run(struct area *area, const struct vmaview_run *run, uint64_t bytes)
{
	bool present = run->state == VMAVIEW_STATE_PRESENT && run->node != VMAVIEW_UNKNOWN;
	bool huge = run->origin == VMAVIEW_ORIGIN_HUGETLB;

	more(area, KEY_RSS, present && !huge, bytes);
	more(area, KEY_ANONYMOUS, present && run->origin == VMAVIEW_ORIGIN_ANON, bytes);
	more(area, KEY_SHARED_HUGETLB, present && huge, bytes);
	more(area, KEY_PRIVATE_HUGETLB, false, bytes);
	more(area, KEY_SWAP, run->state == VMAVIEW_STATE_SWAP, bytes);
	more(area, KEY_COW_DEBT, run->state == VMAVIEW_STATE_PRESENT && is_cow(run), bytes);
	more(area, KEY_MAYBE_PINNED, run->page & VMAVIEW_PAGE_MAYBE_PINNED, bytes);
	more(area, KEY_LAZYFREE, present && is_lazyfree(run), bytes);
	more(area, KEY_RECLAIM_DROP, run->reclaim == VMAVIEW_RECLAIM_DROP, bytes);
	more(area, KEY_RECLAIM_WRITE, run->reclaim == VMAVIEW_RECLAIM_WRITE, bytes);
	more(area, KEY_RECLAIM_SWAP, run->reclaim == VMAVIEW_RECLAIM_SWAP, bytes);
	more(area, KEY_RECLAIM_NEVER, run->reclaim == VMAVIEW_RECLAIM_NEVER, bytes);
}

static void skip(__u64 *frame, uint64_t pages)
{
	if (*frame != VMAVIEW_UNKNOWN64)
		*frame += pages;
}

/* The part of @run in [@start, @end), with its frames. */
static struct vmaview_run clip(const struct vmaview_run *run, uint64_t start, uint64_t end, uint64_t page_size)
{
	struct vmaview_run part = *run;

	if (part.start < start) {
		skip(&part.pfn, (start - part.start) / page_size);
		skip(&part.swap_offset, (start - part.start) / page_size);
		part.start = start;
	}
	if (part.end > end)
		part.end = end;
	return part;
}

struct cutting {
	const struct labels *labels;
	struct process *process;
	struct process whole;		/* as it was */
	uint64_t page_size;
	size_t run;			/* the first that does not end before where the cutting is */
};

static int add_piece(struct cutting *cutting, const struct area *area, uint64_t start, uint64_t end)
{
	static const struct vmaview_run nothing = { .state = VMAVIEW_STATE_NONE };
	struct area *piece = process_add_area(cutting->process);
	bool all = start == area->start && end == area->end;
	const struct process *whole = &cutting->whole;

	if (!piece)
		return -ENOMEM;
	*piece = *area;
	piece->start = start;
	piece->end = end;
	if (!all) {
		piece->known = 0;
		area_set(piece, KEY_SIZE, end - start);
		add_run(piece, &nothing, 0);
	}
	while (cutting->run < whole->nr_runs && whole->runs[cutting->run].end <= start)
		cutting->run++;
	for (size_t i = cutting->run; i < whole->nr_runs && whole->runs[i].start < end; i++) {
		struct vmaview_run *run = process_add_run(cutting->process);

		if (!run)
			return -ENOMEM;
		*run = clip(&whole->runs[i], start, end, cutting->page_size);
		if (!all)
			add_run(&cutting->process->areas[cutting->process->nr_areas - 1], run, run->end - run->start);
	}
	return 0;
}

static int cut_area(struct cutting *cutting, const struct area *area)
{
	uint64_t start = area->start, at = start, next;
	const char *name = labels_find(cutting->labels, at, cutting->page_size, &next);
	int ret = 0;

	while (!ret && next < area->end) {
		const char *other;

		at = next;
		other = labels_find(cutting->labels, at, cutting->page_size, &next);
		if (!strcmp(other, name))
			continue;
		ret = add_piece(cutting, area, start, at);
		start = at;
		name = other;
	}
	return ret ? ret : add_piece(cutting, area, start, area->end);
}

int labels_cut(const struct labels *labels, struct process *process)
{
	struct cutting cutting = {
		.labels = labels, .process = process, .whole = *process,
		.page_size = process->page_size ? process->page_size : 4096,
	};
	int ret = 0;

	process->areas = NULL;
	process->nr_areas = process->room_areas = 0;
	process->runs = NULL;
	process->nr_runs = process->room_runs = 0;
	for (size_t i = 0; !ret && i < cutting.whole.nr_areas; i++)
		ret = cut_area(&cutting, &cutting.whole.areas[i]);
	free(cutting.whole.areas);
	free(cutting.whole.runs);
	return ret;
}

int labels_call(const struct labels *labels, struct process *process)
{
	for (size_t i = 0; i < process->nr_areas; i++) {
		struct area *area = &process->areas[i];
		size_t first = find(labels, area->start), last = find(labels, area->end - 1);
		const char *name;
		char *text;
		size_t room;

		/* @last may be one that begins after the area. */
		last += last < labels->nr && labels->list[last].start < area->end;
		if (first == last)
			continue;
		name = labels->list[first].name;
		room = strlen(name) + sizeof(" +18446744073709551615");
		text = process_room(process, room);
		if (!text)
			return -ENOMEM;
		if (last - first > 1)
			snprintf(text, room, "%s +%zu", name, last - first - 1);
		else
			snprintf(text, room, "%s", name);
		area->called = text;
	}
	return 0;
}
