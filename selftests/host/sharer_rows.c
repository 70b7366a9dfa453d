// SPDX-License-Identifier: GPL-2.0
/* sharer_rows.c - which records are sharers, and in which order they are shown: tools/lib/vmaview/sharer_rows.c. */
#include "ktap.h"
#include "vmaview/range.h"
#include "vmaview/sharer_rows.h"

#define NR(array) (sizeof(array) / sizeof((array)[0]))

/* By area, by process, those without a number last, by address there; one says that more may be. */
static const struct vmaview_sharer records[] = {
	{ .area = 0x2000, .pid = 9, .start = 0x1000 },
	{ .area = 0x1000, .pid = -1, .start = 0x1000 },
	{ .area = 0x1000, .pid = 8, .start = 0x7000 },
	{ .area = 0x1000, .pid = -1, .flags = VMAVIEW_SHARER_MORE },
	{ .area = 0x1000, .pid = 8, .start = 0x3000 },
	{ .area = 0x1000, .pid = 7, .start = 0x9000 },
};

static bool are_in_order(const struct vmaview_sharer *row, size_t nr)
{
	static const unsigned char order[] = { 5, 4, 2, 1, 0 };

	if (nr != NR(order))
		return ktap_note("%zu rows", nr);
	for (size_t i = 0; i < nr; i++)
		if (row[i].area != records[order[i]].area || row[i].pid != records[order[i]].pid ||
		    row[i].start != records[order[i]].start)
			return ktap_note("row %zu is of %llx, %d", i, row[i].area, row[i].pid);
	return true;
}

static bool in_order(void)
{
	struct vmaview_sharer given[NR(records)], rows[NR(records)];
	struct process process = { .sharers = given, .nr_sharers = NR(given) };

	for (size_t i = 0; i < NR(given); i++)
		given[i] = records[i];
	return are_in_order(rows, sharer_rows(&process, rows)) && are_in_order(given, sharer_rows(&process, given));
}

static bool of_nobody(void)
{
	struct process process = { .nr_sharers = 0 };

	return !sharer_rows(&process, NULL);
}

/* Areas, their sharers and what userfaultfds watch, of which a byte of a range is enough. */
static bool cut(void)
{
	struct area areas[] = { { .start = 0x1000, .end = 0x2000 }, { .start = 0x2000, .end = 0x3000 } };
	struct vmaview_sharer sharers[] = { { .area = 0x1000 }, { .area = 0x2000 } };
	struct vmaview_uffd uffd[] = {
		{ .kind = VMAVIEW_UFFD_AREA, .start = 0x1000, .end = 0x2000 },
		{ .kind = VMAVIEW_UFFD_AREA, .start = 0x2000, .end = 0x3000 }, { .kind = VMAVIEW_UFFD_HOLDER },
	};
	struct process process = {
		.areas = areas, .nr_areas = 2, .sharers = sharers, .nr_sharers = 2, .uffd = uffd, .nr_uffd = 3,
	};

	areas_cut(&process, 0x2000, 0x2000);
	sharers_cut(&process);
	uffd_cut(&process, 0x2000, 0x2000);
	return process.nr_areas == 1 && areas[0].start == 0x2000 && process.nr_sharers == 1 &&
	       sharers[0].area == 0x2000 && process.nr_uffd == 2 && uffd[0].start == 0x2000 &&
	       area_in_range(&areas[0], 0, 0x2000) && !area_in_range(&areas[0], 0, 0x1fff);
}

static const struct ktap_test tests[] = {
	{ "sharers are in the order of areas, processes and addresses, without what is none", in_order },
	{ "nobody is no row", of_nobody },
	{ "a byte of a range is enough of an area, and with it goes what is said of it", cut },
};

int main(void)
{
	return ktap_run(tests, NR(tests));
}
