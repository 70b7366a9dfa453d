// SPDX-License-Identifier: GPL-2.0
/* uffd.c - UFFD records in; are the rows of areas and holders, and the refusals, right? */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "parse.h"
#include "stream.h"
#include "verbs/uffd/uffd.h"

static struct vmaview_uffd *add(struct stream *stream, uint32_t kind, uint32_t context)
{
	struct vmaview_uffd *uffd = stream_add(stream, VMAVIEW_REC_UFFD, sizeof(*uffd));

	uffd->kind = kind;
	uffd->context = context;
	return uffd;
}

static void add_area(struct stream *stream, uint32_t context, uint64_t start, uint32_t modes)
{
	struct vmaview_uffd *uffd = add(stream, VMAVIEW_UFFD_AREA, context);

	uffd->modes = modes;
	uffd->start = start;
	uffd->end = start + 0x1000;
}

static void add_holder(struct stream *stream, uint32_t context, int32_t pid, int32_t fd)
{
	struct vmaview_uffd *uffd = add(stream, VMAVIEW_UFFD_HOLDER, context);

	uffd->pid = pid;
	uffd->tid = pid;
	uffd->fd = fd;
	uffd->flags = pid ? 0 : VMAVIEW_UFFD_CHANGED;
	memcpy(uffd->comm, "pager", 6);
}

static bool is(const struct uffd_row *row, uint32_t context, uint64_t start, int32_t pid, int32_t fd)
{
	return row->area->context == context && row->area->start == start && row->holder &&
	       row->holder->context == context && row->holder->pid == pid && row->holder->fd == fd;
}

static bool is_nobody(const struct uffd_row *row, uint32_t context, uint64_t start)
{
	return row->area->context == context && row->area->start == start && !row->holder;
}

static bool cell_is(const struct process *process, const struct uffd_row *row, const char *column,
		    const char *want)
{
	struct cell cell = { .process = process, .row = row };
	char text[CELL_MAX];

	column_text(column_find(&uffd_columns, column, strlen(column)), &cell, text, sizeof(text));
	return !strcmp(text, want);
}

/* Three areas of two contexts, a fourth and a fifth of ones that nobody holds for sure. */
static void scene(struct stream *stream)
{
	stream_begin(stream);
	add_area(stream, 1, 0x1000, VMAVIEW_UFFD_MISSING);
	add_area(stream, 2, 0x3000, VMAVIEW_UFFD_WP);
	add_area(stream, 1, 0x5000, VMAVIEW_UFFD_MISSING | VMAVIEW_UFFD_MINOR | 16);
	add_area(stream, 3, 0x7000, VMAVIEW_UFFD_RWP);
	add_area(stream, 4, 0x9000, VMAVIEW_UFFD_WP);
	add_holder(stream, 2, -1, 9);
	add_holder(stream, 1, 10, 4);
	add_holder(stream, 4, 0, -1);
	add_holder(stream, 2, 11, 3);
	add_holder(stream, 1, 10, 3);
	add_holder(stream, 2, 0, -1);
	add(stream, 99, 1);
	add_holder(stream, 7, 12, 5);
	stream_end(stream);
}

static bool judge(const struct process *process, const struct uffd_row *rows)
{
	return is(&rows[0], 1, 0x1000, 10, 4) && is(&rows[1], 1, 0x1000, 10, 3) &&
	       is(&rows[2], 2, 0x3000, -1, 9) && is(&rows[3], 2, 0x3000, 11, 3) &&
	       is(&rows[4], 1, 0x5000, 10, 4) && is(&rows[5], 1, 0x5000, 10, 3) &&
	       is_nobody(&rows[6], 3, 0x7000) && is_nobody(&rows[7], 4, 0x9000) &&
	       cell_is(process, &rows[0], "State", ".") && cell_is(process, &rows[3], "State", "changed") &&
	       cell_is(process, &rows[6], "State", "nobody-seen") &&
	       cell_is(process, &rows[7], "State", "changed") && cell_is(process, &rows[2], "Holder", "-") &&
	       cell_is(process, &rows[2], "Fd", "9") && cell_is(process, &rows[6], "Command", "-") &&
	       cell_is(process, &rows[4], "Modes", "missing minor 0x10") &&
	       cell_is(process, &rows[0], "Features", "-") && cell_is(process, &rows[0], "Name", "-");
}

static bool rows(void)
{
	struct stream stream = { .length = 0 };
	struct process process;
	struct sheet sheet = { .process = &process };
	bool holds;

	scene(&stream);
	holds = !parse_stream(&process, &stream) && !uffd_rows(&sheet) && sheet.nr == 8 &&
		process.nr_uffd == 12 && judge(&process, sheet.rows);
	free(sheet.rows);
	process_free(&process);
	stream_free(&stream);
	return holds;
}

static bool features(void)
{
	struct stream stream = { .length = 0 };
	struct vmaview_uffd *uffd;
	struct process process;
	struct uffd_row row;
	bool holds;

	stream_begin(&stream);
	uffd = add(&stream, VMAVIEW_UFFD_AREA, 1);
	uffd->end = 0x1000;
	uffd->flags = VMAVIEW_UFFD_FEATURES;
	uffd->features = 1 << 1 | 1 << 16 | 1ULL << 40;
	stream_end(&stream);
	holds = !parse_stream(&process, &stream);
	row = (struct uffd_row){ .area = process.uffd };
	holds = holds && cell_is(&process, &row, "Features", "event-fork move 0x10000000000");
	if (holds)
		process.uffd->features = 0;
	holds = holds && cell_is(&process, &row, "Features", ".");
	process_free(&process);
	stream_free(&stream);
	return holds;
}

static int read_one(size_t size, uint32_t kind, uint64_t end, char fill)
{
	struct stream stream = { .length = 0 };
	struct vmaview_uffd *uffd;
	struct process process;
	int ret;

	stream_begin(&stream);
	uffd = stream_add(&stream, VMAVIEW_REC_UFFD, size);
	uffd->kind = kind;
	uffd->start = 0x1000;
	uffd->end = end;
	if (size >= sizeof(*uffd))
		memset(uffd->comm, fill, sizeof(uffd->comm));
	stream_end(&stream);
	ret = parse_stream(&process, &stream);
	process_free(&process);
	stream_free(&stream);
	return ret;
}

static bool refusals(void)
{
	const size_t size = sizeof(struct vmaview_uffd);

	return !read_one(size, VMAVIEW_UFFD_AREA, 0x2000, 0) && !read_one(size + 8, VMAVIEW_UFFD_AREA, 0x2000, 0) &&
	       !read_one(VMAVIEW_RECORD_MAX, VMAVIEW_UFFD_HOLDER, 0, 0) && !read_one(size, 3, 0, 0) &&
	       read_one(size - 8, VMAVIEW_UFFD_AREA, 0x2000, 0) == -EBADMSG &&
	       read_one(VMAVIEW_RECORD_MAX + 8, VMAVIEW_UFFD_AREA, 0x2000, 0) == -EBADMSG &&
	       read_one(size, VMAVIEW_UFFD_AREA, 0x1000, 0) == -EBADMSG &&
	       read_one(size, VMAVIEW_UFFD_HOLDER, 0, 'x') == -EBADMSG;
}

static const struct ktap_test tests[] = {
	{ "each area has a row for each holder, and one where nobody is known", rows },
	{ "features are words, and bits without one a number", features },
	{ "records that are short, too long, reversed or do not end are refused", refusals },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
