// SPDX-License-Identifier: GPL-2.0
/* labels.c - names of ranges: what a file says, which page is called what, and areas that are cut by them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "verbs/labels.h"

enum { PAGE = 4096 };

static int parse(struct labels *labels, const char *text, size_t *line)
{
	FILE *file = fmemopen((char *)text, strlen(text), "r");
	int ret = labels_parse(labels, file, line);

	fclose(file);
	return ret;
}

static bool is_called(const struct labels *labels, uint64_t addr, const char *name, uint64_t next)
{
	uint64_t got;
	const char *called = labels_find(labels, addr, PAGE, &got);

	if (!strcmp(called, name) && got == next)
		return true;
	return ktap_note("%llx is '%s' up to %llx", (unsigned long long)addr, called, (unsigned long long)got);
}

#define LAST (UINT64_MAX & ~(uint64_t)(PAGE - 1))

static bool files(void)
{
	static const char *const bad[] = {
		"1000 10\n", "1000\n", "x 10 a\n", "-1000 10 a\n", "10000000000000000 1 a\n", "ffffffffffffffff 2 a\n",
		"1000 10 \n", "1000 1g a\n",
	};
	struct labels labels;
	size_t line;
	bool holds;

	holds = !parse(&labels, "# perf's\n\n1000 800 a b\n  0x3000 1000 c\n5000 0 empty\n", &line) && labels.nr == 2 &&
		is_called(&labels, 0x1000, "a b", 0x2000) && is_called(&labels, 0x3000, "c", 0x4000) &&
		is_called(&labels, 0x2000, "", 0x3000) && is_called(&labels, 0x5000, "", LAST);
	labels_free(&labels);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char text[64];

		snprintf(text, sizeof(text), "1 1 a\n%s", bad[i]);
		if (parse(&labels, text, &line) != -EBADMSG || line != 2)
			holds = ktap_note("line %zu of %s", line, text);
		labels_free(&labels);
	}
	return holds;
}

/* By its first byte, else by what begins in it. */
static bool pages(void)
{
	struct labels labels;
	size_t line;
	bool holds;

	holds = !parse(&labels, "1100 100 small\n1200 2e00 long\n4800 10 late\n9ff0 20 over\n", &line) &&
		is_called(&labels, 0x1000, "small", 0x2000) && is_called(&labels, 0x2000, "long", 0x4000) &&
		is_called(&labels, 0x4000, "late", 0x5000) && is_called(&labels, 0x5000, "", 0x9000) &&
		is_called(&labels, 0x9000, "over", 0xa000) && is_called(&labels, 0xa000, "over", 0xb000) &&
		is_called(&labels, 0xb000, "", LAST);
	labels_free(&labels);
	return holds;
}

/* That which begins later counts, and of two that begin at one place the later line. */
static bool overlaps(void)
{
	struct labels labels;
	size_t line;
	bool holds;

	holds = !parse(&labels, "1000 9000 outer\n3000 1000 inner\n3000 2000 again\n", &line) && labels.nr == 2 &&
		is_called(&labels, 0x1000, "outer", 0x3000) && is_called(&labels, 0x3000, "again", 0x5000) &&
		is_called(&labels, 0x6000, "", LAST);
	labels_free(&labels);
	return holds;
}

static bool called(const struct process *process, size_t i, const char *name)
{
	const char *got = process->areas[i].called;

	if (name ? got && !strcmp(got, name) : !got)
		return true;
	return ktap_note("area %zu is called '%s'", i, got ? got : "");
}

/* As the first range in it, however little of that, and how many others. */
static bool areas(void)
{
	struct process process;
	struct labels labels;
	size_t line;
	bool holds;

	process_init(&process);
	for (uint64_t i = 1; i <= 6; i++) {
		struct area *area = process_add_area(&process);

		area->start = i * PAGE;
		area->end = (i + 1) * PAGE;
	}
	parse(&labels, "2fff 1 last\n3000 1 b\n3001 1 c\n3002 1 d\n4fff 2 over\n5800 100 e\n8000 1 late\n", &line);
	holds = !labels_call(&labels, &process) && called(&process, 0, NULL) && called(&process, 1, "last") &&
		called(&process, 2, "b +2") && called(&process, 3, "over") && called(&process, 4, "over +1") &&
		called(&process, 5, NULL);
	labels_free(&labels);
	process_free(&process);
	return holds;
}

static void add_run(struct process *process, uint64_t start, uint64_t end, uint64_t pfn)
{
	*process_add_run(process) = (struct vmaview_run){
		.start = start, .end = end, .pfn = pfn, .swap_offset = VMAVIEW_UNKNOWN64, .node = 0,
		.state = VMAVIEW_STATE_PRESENT, .origin = VMAVIEW_ORIGIN_ANON, .cow = VMAVIEW_COW_COPY,
		.page = VMAVIEW_PAGE_SWAPBACKED, .reclaim = VMAVIEW_RECLAIM_SWAP,
	};
}

static void add_area(struct process *process, uint64_t start, uint64_t end)
{
	struct area *area = process_add_area(process);

	area->start = start;
	area->end = end;
	area_set(area, KEY_RSS, 7 * PAGE);
	area_set(area, KEY_PSS, 7 * PAGE);
}

static bool piece_is(const struct process *process, size_t i, uint64_t start, uint64_t end, uint64_t rss, bool whole)
{
	const struct area *area = &process->areas[i];

	if (area->start == start && area->end == end && area_get(area, KEY_RSS) == rss &&
	    area_knows(area, KEY_PSS) == whole && (whole || area_get(area, KEY_COW_DEBT) == rss))
		return true;
	return ktap_note("piece %zu: %llx-%llx, %llu", i, (unsigned long long)area->start,
			 (unsigned long long)area->end, (unsigned long long)area_get(area, KEY_RSS));
}

static bool cut(void)
{
	struct process process;
	struct labels labels;
	size_t line;
	bool holds;

	process_init(&process);
	process.page_size = PAGE;
	add_area(&process, 0x1000, 0x9000);
	add_area(&process, 0x20000, 0x28000);
	add_run(&process, 0x2000, 0x7000, 100);
	add_run(&process, 0x8000, 0x9000, 300);
	add_run(&process, 0x20000, 0x21000, 400);
	parse(&labels, "3000 1000 a\n4000 1000 a\n5000 800 b\n", &line);
	holds = !labels_cut(&labels, &process) && process.nr_areas == 5 &&
		piece_is(&process, 0, 0x1000, 0x3000, PAGE, false) &&
		piece_is(&process, 1, 0x3000, 0x5000, 2 * PAGE, false) &&
		piece_is(&process, 2, 0x5000, 0x6000, PAGE, false) &&
		piece_is(&process, 3, 0x6000, 0x9000, 2 * PAGE, false) &&
		piece_is(&process, 4, 0x20000, 0x28000, 7 * PAGE, true) && process.nr_runs == 6 &&
		process.runs[1].pfn == 101 && process.runs[1].end == 0x5000 && process.runs[3].pfn == 104 &&
		process.runs[5].pfn == 400;
	labels_free(&labels);
	process_free(&process);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "an area is called as the first range in it, and says how many others there are", areas },
	{ "a file of names is taken to the last letter", files },
	{ "a page is called as its first byte is, or what begins in it", pages },
	{ "ranges that overlap", overlaps },
	{ "areas are cut where their names change, with their runs and what these say", cut },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
