// SPDX-License-Identifier: GPL-2.0
/* stream.c - the bytes of /dev/vmaview in, areas and counters out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "possible.h"
#include "result.h"
#include "stream.h"

/* The text of the OPS record with an id. */
struct ops_text {
	const char *text;
	size_t length;
};

struct parser {
	struct stream *out;
	struct ops_text *ops;		/* by id */
	size_t nr_ops;
	unsigned int last;		/* type of the last record */
	unsigned int rank;		/* of it, see kinds[] */
	size_t room;			/* for runs */
	size_t run_in_area;		/* the first that no AREA has followed yet */
	size_t room_frames;
	bool frames_open;		/* some were, and no AREA yet */
	unsigned int contexts;		/* of userfaultfds, so far */
};

static bool text_is_whole(const char *record, uint32_t size, uint32_t offset, uint32_t length)
{
	return offset <= size && length <= size - offset && length && !record[offset + length - 1];
}

static const char *take_begin(struct parser *parser, const char *record)
{
	struct vmaview_begin *begin = &parser->out->begin;

	memcpy(begin, record, sizeof(*begin));
	if (begin->abi_major != VMAVIEW_ABI_MAJOR)
		return "BEGIN: another ABI";
	if (begin->comm[sizeof(begin->comm) - 1] || begin->release[sizeof(begin->release) - 1])
		return "BEGIN: text without an end";
	if (begin->want & ~VMAVIEW_WANT_ALL || !begin->want)
		return "BEGIN: unknown want";
	return NULL;
}

static const char *take_vmflag(struct parser *parser, const char *record)
{
	struct stream *out = parser->out;
	struct vmaview_vmflag *flag = &out->vmflag[out->nr_vmflags];

	if (out->nr_vmflags == ARRAY_SIZE(out->vmflag))
		return "VMFLAG: more than 64";
	memcpy(flag, record, sizeof(*flag));
	if (flag->bit > 63 || (out->nr_vmflags && flag[-1].bit >= flag->bit))
		return "VMFLAG: bits out of order";
	if (flag->mnemonic[3] || flag->word[sizeof(flag->word) - 1] || !flag->word[0])
		return "VMFLAG: bad text";
	out->nr_vmflags++;
	return NULL;
}

static const char *take_mm(struct parser *parser, const char *record)
{
	memcpy(&parser->out->mm, record, sizeof(parser->out->mm));
	parser->out->has_mm = true;
	return NULL;
}

static void ops_grow(struct parser *parser, size_t nr)
{
	parser->ops = reallocarray(parser->ops, nr, sizeof(*parser->ops));
	if (!parser->ops)
		die("no memory for %zu operations", nr);
	memset(parser->ops + parser->nr_ops, 0, (nr - parser->nr_ops) * sizeof(*parser->ops));
	parser->nr_ops = nr;
}

static const char *take_ops(struct parser *parser, const char *record)
{
	struct vmaview_ops ops;

	memcpy(&ops, record, sizeof(ops));
	if (!ops.id || ops.id > 1 << 20)
		return "OPS: id is 0 or too large";
	if (ops.id >= parser->nr_ops)
		ops_grow(parser, ops.id + 1);
	if (parser->ops[ops.id].text)
		return "OPS: id given twice";
	if (!text_is_whole(record, ops.header.size, ops.text_offset, ops.text_length))
		return "OPS: text outside the record";
	parser->ops[ops.id] = (struct ops_text){ record + ops.text_offset, ops.text_length };
	return NULL;
}

/* Appends "@word " to @text; the last blank goes in words_end(). */
static void words_add(char *text, size_t room, const char *word)
{
	size_t len = strlen(text);

	snprintf(text + len, room - len, "%s ", word);
}

static char *words_end(char *text, const char *empty)
{
	size_t len = strlen(text);

	if (!len)
		return strdup(empty);
	text[len - 1] = '\0';
	return strdup(text);
}

static void name_flags(const struct stream *stream, uint64_t bits, struct area *area)
{
	char words[1024] = "", mnemonics[256] = "";

	for (unsigned int i = 0; i < stream->nr_vmflags; i++) {
		const struct vmaview_vmflag *flag = &stream->vmflag[i];

		if (!(bits & 1ULL << flag->bit))
			continue;
		words_add(words, sizeof(words), flag->word);
		if (flag->mnemonic[0])
			words_add(mnemonics, sizeof(mnemonics), flag->mnemonic);
	}
	area->flags = words_end(words, "none");
	area->vmflags = words_end(mnemonics, "");
}

static const char *name_ops(const struct parser *parser, uint32_t id, struct area *area)
{
	const char *text, *end;
	char callbacks[2048] = "";

	if (id && (id >= parser->nr_ops || !parser->ops[id].text))
		return "AREA: ops without a record before it";
	text = id ? parser->ops[id].text : "none";
	end = id ? text + parser->ops[id].length : text;
	area->ops = strdup(text);
	while (id && (text += strlen(text) + 1) < end)
		words_add(callbacks, sizeof(callbacks), text);
	area->callbacks = words_end(callbacks, "none");
	return NULL;
}

/* The line as show_map_vma() of fs/proc/task_mmu.c prints it. */
static char *make_head(const struct vmaview_area *area, const char *name)
{
	char facts[128], *line;
	int ret;

	snprintf(facts, sizeof(facts), "%08llx-%08llx %s %08llx %02x:%02x %llu ", area->start,
		 area->end, area->perms, area->offset, area->dev_major, area->dev_minor,
		 area->inode);
	ret = asprintf(&line, area->name_length ? "%-72s %s" : "%s%s", facts, name);
	return ret < 0 ? NULL : line;
}

static void fill_values(const struct vmaview_area *record, struct area *area)
{
	area_set(area, SIZE, (record->end - record->start) >> 10);
	for (int key = SIZE + 1; key < NR_KEYS; key++) {
		uint64_t value;

		memcpy(&value, (const char *)record + keys[key].field, sizeof(value));
		area_set(area, key, value >> keys[key].shift);
	}
}

static const char *judge_run(const struct vmaview_run *run)
{
	uint64_t pages = (run->end - run->start) / 4096;

	if (run->start >= run->end || (run->start | run->end) & 4095)
		return "RUN: not a range of pages";
	if (run->state > VMAVIEW_STATE_UFFD || run->origin > VMAVIEW_ORIGIN_SPECIAL || run->level > 2 ||
	    run->lru > VMAVIEW_LRU_GEN_FILE || run->cow > VMAVIEW_COW_SOURCE ||
	    run->reclaim > VMAVIEW_RECLAIM_NEVER || run->reserved)
		return "RUN: an unknown word";
	if (run->page & ~VMAVIEW_PAGE_BITS || run->entry & ~VMAVIEW_ENTRY_BITS)
		return "RUN: an unknown bit";
	/* Wherever it is entered: the frames of a huge page are aligned as its addresses are. */
	if (run->level == 1 && run->pfn != VMAVIEW_UNKNOWN64 && (run->pfn ^ run->start / 4096) & 511)
		return "RUN: a page of a huge page has the frame of another";
	if (run->pfn != VMAVIEW_UNKNOWN64 && run->pfn + pages > 1ULL << 40)
		return "RUN: a frame beyond all memory";
	if ((run->swap_type == VMAVIEW_UNKNOWN) != (run->state != VMAVIEW_STATE_SWAP))
		return "RUN: a swap device without a slot, or a slot without one";
	if (run->refcount == VMAVIEW_UNKNOWN && (run->extra_refs || run->pincount != VMAVIEW_UNKNOWN))
		return "RUN: parts of a count that is not known";
	if (run->refcount != VMAVIEW_UNKNOWN && !run->order != (run->pincount == VMAVIEW_UNKNOWN))
		return "RUN: a small folio with a pincount, or a large one without";
	return NULL;
}

static const char *take_run(struct parser *parser, const char *record)
{
	struct stream *out = parser->out;
	struct vmaview_run *run;

	if (out->nr_runs == parser->room) {
		parser->room = parser->room * 2 + 64;
		out->run = reallocarray(out->run, parser->room, sizeof(*out->run));
		if (!out->run)
			die("no memory for %zu runs", parser->room);
	}
	run = &out->run[out->nr_runs];
	memcpy(run, record, sizeof(*run));
	if (out->nr_runs && run[-1].end > run->start)
		return "RUN: overlaps or out of order";
	out->nr_runs++;
	return judge_run(run);
}

static void add_frame(struct parser *parser, struct stream_frame frame)
{
	struct stream *out = parser->out;

	if (out->nr_frames == parser->room_frames) {
		parser->room_frames = parser->room_frames * 2 + 64;
		out->frame = reallocarray(out->frame, parser->room_frames, sizeof(*out->frame));
		if (!out->frame)
			die("no memory for %zu frames", parser->room_frames);
	}
	out->frame[out->nr_frames++] = frame;
}

/* A word: 40 bits of where, 12 of how many, 12 of how often, or a word more. Return: how many it took. */
static size_t add_word(struct parser *parser, const uint64_t *word, size_t left)
{
	struct stream_frame frame = { .pfn = *word & 0xffffffffff, .mapcount = *word >> 52 };
	unsigned int nr = (*word >> 40 & 0xfff) + 1;

	if (frame.mapcount == 0xfff && left < 2)
		return 0;
	if (frame.mapcount == 0xfff) {
		frame.mapcount = word[1] & 0xffffffff;
		frame.pmd_shared = word[1] >> 32 & 1;
		if (word[1] >> 33 || (frame.mapcount < 0xfff && !frame.pmd_shared))
			return 0;
	}
	for (unsigned int i = 0; i < nr; i++, frame.pfn++)
		add_frame(parser, frame);
	return (*word >> 52 == 0xfff) + 1;
}

static const char *take_frames(struct parser *parser, const char *record)
{
	struct vmaview_frames fixed;
	const uint64_t *word;
	size_t took;

	memcpy(&fixed, record, sizeof(fixed));
	if (parser->out->nr_runs)
		return "FRAMES: beside a RUN";
	if (fixed.words_offset != sizeof(fixed) || !fixed.nr_words ||
	    fixed.header.size != sizeof(fixed) + fixed.nr_words * sizeof(*word))
		return "FRAMES: words that do not fill the record";
	word = (const void *)(record + sizeof(fixed));
	for (size_t i = 0; i < fixed.nr_words; i += took) {
		took = add_word(parser, word + i, fixed.nr_words - i);
		if (!took)
			return "FRAMES: a word that says nothing";
	}
	parser->frames_open = true;
	return NULL;
}

/* Runs stand before their AREA and lie in it. */
static const char *close_runs(struct parser *parser, uint64_t start, uint64_t end)
{
	const struct stream *out = parser->out;

	for (; parser->run_in_area < out->nr_runs; parser->run_in_area++) {
		const struct vmaview_run *run = &out->run[parser->run_in_area];

		if (run->start < start || run->end > end)
			return "RUN: not in the AREA that follows";
	}
	return NULL;
}

static const char *take_area(struct parser *parser, const char *record)
{
	struct stream *out = parser->out;
	struct vmaview_area fixed;
	const char *wrong;
	struct area *area;

	memcpy(&fixed, record, sizeof(fixed));
	if (fixed.start >= fixed.end || (fixed.start | fixed.end) & 4095)
		return "AREA: not a range of pages";
	if (out->areas.nr && out->areas.area[out->areas.nr - 1].end > fixed.start)
		return "AREA: overlaps or out of order";
	if (fixed.name_length && !text_is_whole(record, fixed.header.size, fixed.name_offset,
						fixed.name_length + 1))
		return "AREA: name outside the record";
	if (fixed.flags & ~7u || fixed.perms[4])
		return "AREA: unknown flags or bad perms";
	area = area_list_add(&out->areas);
	area->start = fixed.start;
	area->end = fixed.end;
	area->head = make_head(&fixed, fixed.name_length ? record + fixed.name_offset : "");
	fill_values(&fixed, area);
	name_flags(out, fixed.vm_flags, area);
	parser->frames_open = false;
	wrong = area_impossible(area) ?: name_ops(parser, fixed.ops, area);
	return wrong ?: close_runs(parser, fixed.start, fixed.end);
}

/* Where, in the target, the first page of the other's area would be; below 0 where that is before all. */
static int64_t place_of(const struct vmaview_sharer *sharer)
{
	return sharer->first - (sharer->address - sharer->start);
}

/* Is @next after @last in the order of processes and addresses?  Those without a PID may be several. */
static bool sharers_in_order(const struct vmaview_sharer *last, const struct vmaview_sharer *next)
{
	if (last->area != next->area)
		return true;
	if (last->flags & VMAVIEW_SHARER_MORE)
		return false;	/* it is the area's last */
	if (next->flags & VMAVIEW_SHARER_MORE)
		return true;
	if (place_of(last) != place_of(next))
		return place_of(last) < place_of(next);
	if (last->pid < 0 || next->pid < 0)
		return true;
	return last->pid < next->pid || (last->pid == next->pid && last->start < next->start);
}

/* Or what is wrong with a record that says that there may be others. */
static const char *check_more(const struct vmaview_sharer *more, const struct area *area)
{
	if (more->pid != -1 || more->pages || *more->comm ||
	    more->flags & ~(VMAVIEW_SHARER_MORE | VMAVIEW_SHARER_CHANGED))
		return "SHARER: somebody, where others may be";
	if (more->start < area->start || more->end > area->end || more->start >= more->end ||
	    more->first != more->start || more->address != more->start)
		return "SHARER: others of what was not asked about";
	return NULL;
}

static const char *take_sharer(struct parser *parser, const char *record)
{
	struct stream *out = parser->out;
	const struct area *area = out->areas.nr ? &out->areas.area[out->areas.nr - 1] : NULL;
	struct vmaview_sharer *sharer;

	out->sharers = reallocarray(out->sharers, out->nr_sharers + 1, sizeof(*out->sharers));
	if (!out->sharers)
		die("no memory for %zu sharers", out->nr_sharers);
	sharer = &out->sharers[out->nr_sharers++];
	memcpy(sharer, record, sizeof(*sharer));
	if (!area || sharer->area != area->start)
		return "SHARER: not after its area";
	if (out->nr_sharers > 1 && !sharers_in_order(sharer - 1, sharer))
		return "SHARER: out of order";
	if (sharer->flags & VMAVIEW_SHARER_MORE)
		return check_more(sharer, area);
	if (sharer->first < area->start || sharer->pages > (area->end - sharer->first) / 4096)
		return "SHARER: pages outside of the area";
	if (sharer->address < sharer->start || !sharer->pages ||
	    sharer->pages > (sharer->end - sharer->address) / 4096)
		return "SHARER: no pages, or outside of the other's area";
	if ((sharer->start | sharer->end | sharer->first | sharer->address) & 4095)
		return "SHARER: not addresses of pages";
	if (sharer->flags & ~VMAVIEW_SHARER_CHANGED || !sharer->pid || sharer->pid < -1 || sharer->comm[15])
		return "SHARER: unknown flags, or a bad process";
	return NULL;
}

static const char *take_layout(struct parser *parser, const char *record)
{
	struct vmaview_layout *layout = &parser->out->layout;

	memcpy(layout, record, sizeof(*layout));
	parser->out->has_layout = true;
	if (layout->flags & ~127u || layout->reserved)
		return "LAYOUT: unknown flags";
	if ((layout->flags & VMAVIEW_LAYOUT_MMAP_DOWN) && (layout->flags & VMAVIEW_LAYOUT_MMAP_UP))
		return "LAYOUT: mappings in both directions";
	return NULL;
}

static const char *take_segment(struct parser *parser, const char *record)
{
	struct stream *out = parser->out;
	struct vmaview_segment *segment;

	out->segment = reallocarray(out->segment, out->nr_segments + 1, sizeof(*out->segment));
	if (!out->segment)
		die("no memory for %zu segments", out->nr_segments);
	segment = &out->segment[out->nr_segments++];
	memcpy(segment, record, sizeof(*segment));
	if (!out->has_layout || segment->kind < VMAVIEW_SEGMENT_FS ||
	    segment->kind > VMAVIEW_SEGMENT_LDT)
		return "SEGMENT: of unknown kind, or without LAYOUT";
	if (segment->flags & ~3u || segment->reserved || segment->comm[sizeof(segment->comm) - 1])
		return "SEGMENT: unknown flags, or a name without an end";
	if (segment->kind == VMAVIEW_SEGMENT_LDT ? segment->tid : !segment->tid || segment->tid < -1)
		return "SEGMENT: of no thread, or the LDT of one";
	return NULL;
}

static const char *take_table(struct parser *parser, const char *record)
{
	struct stream *out = parser->out;
	struct vmaview_table table;

	memcpy(&table, record, sizeof(table));
	if (table.level > VMAVIEW_TABLE_PGD || table.reserved || table.name[sizeof(table.name) - 1])
		return "TABLE: no such level, or bad text";
	if (out->nr_tables && table.level <= out->table[out->nr_tables - 1].level)
		return "TABLE: levels out of order";
	if (table.used > table.entries || table.leaves + table.absent > table.used)
		return "TABLE: more entries used than there are";
	if (out->nr_tables && table.used - table.leaves - table.absent !=
	    out->table[out->nr_tables - 1].tables)
		return "TABLE: not as many tables as entries that lead to them";
	out->table[out->nr_tables++] = table;
	return NULL;
}

/* Contexts are numbered as their first areas come. */
static const char *judge_uffd_area(const struct vmaview_uffd *uffd, const struct vmaview_uffd *last,
				   unsigned int contexts)
{
	if (uffd->start >= uffd->end || (uffd->start | uffd->end) & 4095)
		return "UFFD: not a range of pages";
	if (last && (last->kind != VMAVIEW_UFFD_AREA || last->end > uffd->start))
		return "UFFD: areas out of order, or after a holder";
	if (!uffd->context || uffd->context > contexts + 1)
		return "UFFD: contexts are not numbered in their order";
	if (uffd->flags & ~VMAVIEW_UFFD_FEATURES || !uffd->modes || uffd->modes & ~15u)
		return "UFFD: unknown flags, or not registered";
	if (uffd->features >> 31 || (uffd->features && !uffd->flags))
		return "UFFD: features that nobody enabled";
	if (uffd->pid || uffd->tid || uffd->fd || uffd->task_start || uffd->comm[0] || uffd->reserved)
		return "UFFD: an area with a process";
	return NULL;
}

static const char *judge_uffd_holder(const struct vmaview_uffd *uffd, unsigned int contexts)
{
	if (!uffd->context || uffd->context > contexts)
		return "UFFD: a holder of what watches no area";
	if (uffd->start || uffd->end || uffd->modes || uffd->features || uffd->reserved)
		return "UFFD: a holder with an area";
	if (uffd->flags & ~VMAVIEW_UFFD_CHANGED || uffd->comm[sizeof(uffd->comm) - 1])
		return "UFFD: unknown flags, or a name without an end";
	if (uffd->flags)
		return uffd->pid || uffd->tid || uffd->fd != -1 || uffd->task_start || uffd->comm[0] ?
		       "UFFD: a holder that is not known, and is reported" : NULL;
	if (!uffd->pid || uffd->pid < -1 || !uffd->tid || uffd->fd < 0 || !uffd->task_start)
		return "UFFD: no process, or no descriptor";
	return (uffd->pid < 0) != (uffd->tid < 0) ? "UFFD: a thread without its process" : NULL;
}

static const char *take_uffd(struct parser *parser, const char *record)
{
	struct stream *out = parser->out;
	struct vmaview_uffd *uffd;
	const char *wrong;

	out->uffd = reallocarray(out->uffd, out->nr_uffd + 1, sizeof(*out->uffd));
	if (!out->uffd)
		die("no memory for %zu userfaultfds", out->nr_uffd);
	uffd = &out->uffd[out->nr_uffd];
	memcpy(uffd, record, sizeof(*uffd));
	if (uffd->kind == VMAVIEW_UFFD_AREA)
		wrong = judge_uffd_area(uffd, out->nr_uffd ? uffd - 1 : NULL, parser->contexts);
	else
		wrong = uffd->kind == VMAVIEW_UFFD_HOLDER ? judge_uffd_holder(uffd, parser->contexts) :
			"UFFD: of unknown kind";
	if (uffd->context > parser->contexts)
		parser->contexts = uffd->context;
	out->nr_uffd++;
	return wrong;
}

/* Where two areas touch; neither what is compared nor the address of the last may be of another kind. */
static const char *judge_seam(const struct vmaview_seam *seam, const struct vmaview_seam *last)
{
	bool offset_of_files = seam->differ & VMAVIEW_SEAM_FILE && seam->differ & VMAVIEW_SEAM_OFFSET;

	if (seam->start >= seam->at || seam->at >= seam->end || (seam->start | seam->at | seam->end) & 4095)
		return "SEAM: not two ranges of pages";
	if (last && last->at >= seam->at)
		return "SEAM: out of order";
	if (seam->differ & ~VMAVIEW_SEAM_FIELDS || offset_of_files || seam->reserved)
		return "SEAM: unknown fields, or offsets of two files are compared";
	if (seam->anon[0] > VMAVIEW_SEAM_ANON_FORKED || seam->anon[1] > VMAVIEW_SEAM_ANON_FORKED)
		return "SEAM: an unknown word";
	return (seam->uffd[0] | seam->uffd[1]) & ~15u ? "SEAM: an unknown mode" : NULL;
}

static const char *take_seam(struct parser *parser, const char *record)
{
	struct stream *out = parser->out;
	struct vmaview_seam *seam;

	out->seams = reallocarray(out->seams, out->nr_seams + 1, sizeof(*out->seams));
	if (!out->seams)
		die("no memory for %zu seams", out->nr_seams);
	seam = &out->seams[out->nr_seams];
	memcpy(seam, record, sizeof(*seam));
	return judge_seam(seam, out->nr_seams++ ? seam - 1 : NULL);
}

static const char *take_end(struct parser *parser, const char *record)
{
	struct stream *out = parser->out;

	memcpy(&out->end, record, sizeof(out->end));
	if (out->begin.want & VMAVIEW_WANT_AREAS && parser->run_in_area != out->nr_runs)
		return "END: runs without their AREA";
	if (out->begin.want & VMAVIEW_WANT_AREAS && parser->frames_open)
		return "END: frames without their AREA";
	if (out->end.areas != out->areas.nr)
		return "END: another number of areas than were given";
	if (out->end.reserved || out->end.changed > VMAVIEW_CHANGED_UNKNOWN)
		return "END: unknown fields are set";
	return NULL;
}

/* Ranks are the order in a stream; records of one rank may come mixed. */
static const struct {
	const char *(*take)(struct parser *parser, const char *record);
	size_t size;
	unsigned int rank;
	bool once;
} kinds[] = {
	[VMAVIEW_REC_BEGIN] = { take_begin, sizeof(struct vmaview_begin), 1, true },
	[VMAVIEW_REC_VMFLAG] = { take_vmflag, sizeof(struct vmaview_vmflag), 2, false },
	[VMAVIEW_REC_MM] = { take_mm, sizeof(struct vmaview_mm), 3, true },
	[VMAVIEW_REC_LAYOUT] = { take_layout, sizeof(struct vmaview_layout), 4, true },
	[VMAVIEW_REC_SEGMENT] = { take_segment, sizeof(struct vmaview_segment), 5, false },
	[VMAVIEW_REC_OPS] = { take_ops, sizeof(struct vmaview_ops), 6, false },
	[VMAVIEW_REC_AREA] = { take_area, sizeof(struct vmaview_area), 6, false },
	[VMAVIEW_REC_RUN] = { take_run, sizeof(struct vmaview_run), 6, false },
	[VMAVIEW_REC_FRAMES] = { take_frames, sizeof(struct vmaview_frames), 6, false },
	[VMAVIEW_REC_SHARER] = { take_sharer, sizeof(struct vmaview_sharer), 6, false },
	[VMAVIEW_REC_TABLE] = { take_table, sizeof(struct vmaview_table), 8, false },
	[VMAVIEW_REC_UFFD] = { take_uffd, sizeof(struct vmaview_uffd), 9, false },
	[VMAVIEW_REC_SEAM] = { take_seam, sizeof(struct vmaview_seam), 10, false },
	[VMAVIEW_REC_END] = { take_end, sizeof(struct vmaview_end), 11, true },
};

static const char *take_record(struct parser *parser, const char *record, size_t left)
{
	struct vmaview_header header;
	unsigned int rank;

	if (left < sizeof(header))
		return "a header is cut off";
	memcpy(&header, record, sizeof(header));
	if (header.size % 8 || header.size > left || header.size > VMAVIEW_RECORD_MAX)
		return "a record's size is odd, too large or beyond the stream";
	if (header.type >= ARRAY_SIZE(kinds) || !kinds[header.type].take)
		return "a record of unknown type, from a module of this very ABI";
	if (header.size < kinds[header.type].size)
		return "a record shorter than its struct";
	rank = kinds[header.type].rank;
	if (rank < parser->rank || (!parser->rank && header.type != VMAVIEW_REC_BEGIN))
		return "records out of order";
	if (header.type == parser->last && kinds[header.type].once)
		return "a record twice";
	parser->rank = rank;
	parser->last = header.type;
	return kinds[header.type].take(parser, record);
}

static const char *take_all(struct parser *parser, const struct bytes *bytes)
{
	size_t at = 0;

	while (at < bytes->len && parser->last != VMAVIEW_REC_END) {
		const char *wrong = take_record(parser, bytes->data + at, bytes->len - at);
		struct vmaview_header header;

		if (wrong)
			return wrong;
		memcpy(&header, bytes->data + at, sizeof(header));
		at += header.size;
	}
	if (parser->last != VMAVIEW_REC_END)
		return "no END";
	return at == bytes->len ? NULL : "bytes after END";
}

const char *stream_parse(const struct bytes *bytes, struct stream *out)
{
	struct parser parser = { .out = out };
	const char *wrong;

	memset(out, 0, sizeof(*out));
	wrong = take_all(&parser, bytes);
	free(parser.ops);
	return wrong;
}

void stream_free(struct stream *stream)
{
	area_list_free(&stream->areas);
	free(stream->run);
	free(stream->frame);
	free(stream->sharers);
	free(stream->segment);
	free(stream->uffd);
	free(stream->seams);
}
