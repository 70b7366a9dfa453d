// SPDX-License-Identifier: GPL-2.0
/* stream.c - in: fields; out: records as vmaview.h describes them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stream.h"

void stream_free(struct stream *stream)
{
	free(stream->bytes);
	memset(stream, 0, sizeof(*stream));
}

void *stream_add(struct stream *stream, __u32 type, size_t size)
{
	struct vmaview_header *header;

	while (stream->length + size > stream->room) {
		stream->room = 2 * stream->room + 4096;
		stream->bytes = realloc(stream->bytes, stream->room);
		if (!stream->bytes)
			abort();
	}
	header = (void *)(stream->bytes + stream->length);
	memset(header, 0, size);
	header->type = type;
	header->size = size;
	stream->length += size;
	return header;
}

void stream_begin(struct stream *stream)
{
	struct vmaview_begin *begin = stream_add(stream, VMAVIEW_REC_BEGIN, offsetof(struct vmaview_begin, space));

	begin->abi_major = VMAVIEW_ABI_MAJOR;
	begin->abi_minor = 0;	/* what a first module wrote must be read for ever */
	begin->want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES | VMAVIEW_WANT_MM | VMAVIEW_WANT_VMFLAGS;
	begin->known = VMAVIEW_KNOW_EXCLUSIVE | VMAVIEW_KNOW_PAGE_MAPCOUNT;
	begin->pid = 4711;
	begin->tgid = 4711;
	begin->task_start = 1000000000;
	begin->time = 1700000000000000000;
	begin->range_end = ~0ull;
	begin->leaf_size[0] = 4096;
	begin->leaf_size[1] = 2 << 20;
	begin->leaf_size[2] = 1 << 30;
	snprintf(begin->comm, sizeof(begin->comm), "scene");
	snprintf(begin->release, sizeof(begin->release), "6.1.0-test-amd64");
}

void stream_vmflag(struct stream *stream, __u32 bit, const char *mnemonic, const char *word)
{
	struct vmaview_vmflag *vmflag = stream_add(stream, VMAVIEW_REC_VMFLAG, sizeof(*vmflag));

	vmflag->bit = bit;
	snprintf(vmflag->mnemonic, sizeof(vmflag->mnemonic), "%s", mnemonic);
	snprintf(vmflag->word, sizeof(vmflag->word), "%s", word);
}

void stream_mm(struct stream *stream)
{
	struct vmaview_mm *mm = stream_add(stream, VMAVIEW_REC_MM, sizeof(*mm));

	mm->total_vm = 1 << 20;
	mm->locked_vm = 1 << 12;
	mm->pinned_vm = 2 << 12;
	mm->data_vm = 3 << 12;
	mm->exec_vm = 4 << 12;
	mm->stack_vm = 5 << 12;
	mm->map_count = 17;
	mm->pgtables = 6 << 12;
	mm->min_flt = 1234;
	mm->maj_flt = 5;
}

static size_t round_up(size_t size)
{
	return (size + 7) / 8 * 8;
}

void stream_ops(struct stream *stream, __u32 id, const char *text)
{
	struct vmaview_ops *ops;
	size_t length = 0;

	while (text[length])
		length += strlen(text + length) + 1;
	ops = stream_add(stream, VMAVIEW_REC_OPS, round_up(sizeof(*ops) + length));
	ops->id = id;
	ops->text_offset = sizeof(*ops);
	ops->text_length = length;
	memcpy(ops + 1, text, length);
}

void stream_area(struct stream *stream, const struct vmaview_area *area, const char *name)
{
	size_t length = name ? strlen(name) : 0;
	size_t size = round_up(sizeof(*area) + (name ? length + 1 : 0));
	struct vmaview_area *copy = stream_add(stream, VMAVIEW_REC_AREA, size);
	struct vmaview_header header = copy->header;

	*copy = *area;
	copy->header = header;
	copy->name_length = length;
	copy->name_offset = name ? sizeof(*area) : 0;
	if (name)
		memcpy(copy + 1, name, length);
	stream->areas++;
}

void stream_end(struct stream *stream)
{
	struct vmaview_end *end = stream_add(stream, VMAVIEW_REC_END, sizeof(*end));

	end->areas = stream->areas;
	end->entries = 4096;
	end->elapsed = 1500000;
	end->longest_hold = 250000;
	end->holds = 3;
	end->retries = 1;
	end->restarts = 2;
	end->changed = VMAVIEW_CHANGED_YES;
}
