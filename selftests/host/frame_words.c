// SPDX-License-Identifier: GPL-2.0
/* frame_words.c - words of FRAMES records, of a stream and made of runs: the same frames. */

#include "ktap.h"
#include "vmaview/frame_words.h"

enum { PAGE = 4096 };

static bool is(const struct frame_run *run, uint64_t pfn, uint64_t nr, uint32_t mapcount, bool shared)
{
	if (run->pfn == pfn && run->nr == nr && run->mapcount == mapcount && run->pmd_shared == shared)
		return true;
	return ktap_note("%llu frames from %llx on, %u times, %d", (unsigned long long)run->nr,
			 (unsigned long long)run->pfn, run->mapcount, run->pmd_shared);
}

/* By hand: 40 bits, 12 bits, 12 bits. */
static bool words(void)
{
	static const uint64_t some[] = {
		UINT64_C(0x0010000000012345), UINT64_C(0xffeffffffffffffe), UINT64_C(0xfff0010000000007),
		UINT64_C(0x00000001ffffffff), UINT64_C(0xfff0000000000001),
	};
	struct frame_run run;

	return frame_words_next(some, 5, &run) == 1 && is(&run, 0x12345, 1, 1, false) &&
	       frame_words_next(some + 1, 4, &run) == 1 && is(&run, 0xfffffffffe, 4096, 4094, false) &&
	       frame_words_next(some + 2, 3, &run) == 2 && is(&run, 7, 2, VMAVIEW_UNKNOWN, true) &&
	       frame_words_next(some + 4, 1, &run) == 0;
}

static struct vmaview_run *add_run(struct process *process, uint64_t start, uint64_t pages, uint64_t pfn)
{
	struct vmaview_run *run = process_add_run(process);

	*run = (struct vmaview_run){
		.start = start * PAGE, .end = (start + pages) * PAGE, .pfn = pfn, .page_mapcount = 2,
		.state = VMAVIEW_STATE_PRESENT, .origin = VMAVIEW_ORIGIN_ANON,
	};
	return run;
}

static void add_area(struct process *process, uint64_t start, uint64_t end)
{
	struct area *area = process_add_area(process);

	area->start = start * PAGE;
	area->end = end * PAGE;
}

/* What is absent, zero or a device's is left out, and a run outside of all areas is nobody's. */
static bool of_runs(void)
{
	struct process process;
	struct frame_run run;
	bool holds;

	process_init(&process);
	process.page_size = PAGE;
	add_area(&process, 10, 20);
	add_area(&process, 30, 9000);
	add_run(&process, 5, 1, 99);
	add_run(&process, 10, 2, 500);
	add_run(&process, 12, 1, 502)->origin = VMAVIEW_ORIGIN_ZERO;
	add_run(&process, 13, 1, 503)->page = VMAVIEW_PAGE_ZONE_DEVICE;
	add_run(&process, 14, 1, VMAVIEW_UNKNOWN64)->state = VMAVIEW_STATE_SWAP;
	add_run(&process, 25, 1, 700);
	add_run(&process, 30, 5000, 1000)->page = VMAVIEW_PAGE_PMD_SHARED;
	holds = !frame_words_of_runs(&process) && process.nr_frames == 6 &&
		process.areas[0].frames_end == 2 && process.areas[1].frames_end == 6 &&
		frame_words_next(process.frames, 6, &run) == 2 && is(&run, 500, 2, 2, false) &&
		frame_words_next(process.frames + 2, 4, &run) == 2 && is(&run, 1000, 4096, 2, true) &&
		frame_words_next(process.frames + 4, 2, &run) == 2 && is(&run, 5096, 904, 2, true);
	process_free(&process);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "a word says which frames, how many and how often", words },
	{ "runs become words, each in its area", of_runs },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
