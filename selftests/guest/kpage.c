// SPDX-License-Identifier: GPL-2.0
/* kpage - page by page: pagemap, kpagecount and kpageflags against the sums, in every process. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/zoo.h"

SCENE(kpage)

enum { COMPOUND_HEAD_BIT = 15, COMPOUND_TAIL_BIT = 16, BATCH = 512, LIMIT_PAGES = 1 << 16 };

/* What the witnesses say of one area, in pages. */
struct witness {
	uint64_t present, not_present, anon, ksm, zero, mlocked, unevictable, writeback;
	uint64_t mapcount_max;
	bool compound;		/* flags and counts of such pages are the folio's or the page's */
	bool readable;
};

/* Some kernels call every anonymous page merged: is this one that never could be? */
static bool ksm_flag_is_wrong(void)
{
	char *page = scene_anon(1);

	scene_write(page, 1);
	return proc_kpageflags(PAGEMAP_PFN(proc_page(page))) & 1ULL << KPF_KSM_BIT;
}

static bool trust_ksm;

static void count_page(struct witness *witness, uint64_t pfn)
{
	uint64_t flags = proc_kpageflags(pfn), mapcount = proc_kpagecount(pfn);

	if (flags == ~0ULL || flags & 1ULL << KPF_NOPAGE_BIT)
		return;
	if (flags & (1ULL << COMPOUND_HEAD_BIT | 1ULL << COMPOUND_TAIL_BIT))
		witness->compound = true;
	if (flags & 1ULL << KPF_ZERO_PAGE_BIT) {
		witness->zero++;
		return;
	}
	witness->anon += flags >> KPF_ANON_BIT & 1;
	witness->ksm += flags >> KPF_KSM_BIT & 1;
	witness->mlocked += flags >> KPF_MLOCKED_BIT & 1;
	witness->unevictable += flags >> KPF_UNEVICTABLE_BIT & 1;
	witness->writeback += flags >> KPF_WRITEBACK_BIT & 1;
	if (mapcount != ~0ULL && mapcount > witness->mapcount_max)
		witness->mapcount_max = mapcount;
}

static void ask_pagemap(pid_t pid, const struct area *area, struct witness *witness)
{
	uint64_t entries[BATCH], pages = (area->end - area->start) / 4096;

	memset(witness, 0, sizeof(*witness));
	if (pages > LIMIT_PAGES)
		return;
	witness->readable = true;
	for (uint64_t at = 0; at < pages; at += BATCH) {
		uint64_t nr = pages - at < BATCH ? pages - at : BATCH;

		proc_pagemap(pid, (void *)(area->start + at * 4096), nr, entries);
		for (uint64_t i = 0; i < nr; i++) {
			if (entries[i] & PAGEMAP_PRESENT) {
				witness->present++;
				count_page(witness, PAGEMAP_PFN(entries[i]));
			} else if (entries[i] & (PAGEMAP_SWAP | PAGEMAP_GUARD)) {
				witness->not_present++;
			}
		}
	}
}

static unsigned int differs(const struct area *area, const char *what, uint64_t ours,
			    uint64_t theirs)
{
	if (ours == theirs)
		return 0;
	note("%s: %s: %llu in areas, %llu by the witness", area->head, what,
	     (unsigned long long)ours, (unsigned long long)theirs);
	return 1;
}

static unsigned int compare_simple_pages(const struct area *area, const struct witness *witness)
{
	const uint64_t *v = area->value;
	unsigned int differ = 0;

	differ += differs(area, "Mapcount_Max", v[MAPCOUNT_MAX], witness->mapcount_max);
	differ += differs(area, "Mlocked", v[MLOCKED], witness->mlocked * 4);
	differ += differs(area, "Unevictable", v[UNEVICTABLE], witness->unevictable * 4);
	differ += differs(area, "Writeback", v[WRITEBACK], witness->writeback * 4);
	return differ;
}

static unsigned int compare(const struct area *area, const struct witness *witness)
{
	const uint64_t *v = area->value;
	uint64_t leaves = v[LEAVES_4K] + v[LEAVES_2M] * 512;
	uint64_t entries = v[ABSENT_SWAP] + v[ABSENT_MIGRATION] + v[ABSENT_DEVICE] +
			   v[ABSENT_HWPOISON] + v[ABSENT_GUARD] + v[ABSENT_UFFD];
	bool special = strstr(area->vmflags, "mm");
	unsigned int differ = 0;

	if (strstr(area->vmflags, "pf"))	/* pagemap shows nothing of such areas */
		return 0;
	differ += differs(area, "Leaves", leaves, witness->present);
	differ += differs(area, "Absent that is not none", entries * (v[KPS] / 4),
			  witness->not_present);
	if (!special) {
		differ += differs(area, "memory", v[RSS] + v[SHARED_HUGETLB] + v[PRIVATE_HUGETLB],
				  (witness->present - witness->zero) * 4);
		if (v[KPS] == 4)
			differ += differs(area, "Anonymous", v[ANONYMOUS], witness->anon * 4);
		if (trust_ksm && area_has(area, KSM))
			differ += differs(area, "KSM", v[KSM], witness->ksm * 4);
		if (!witness->compound)
			differ += compare_simple_pages(area, witness);
	}
	return differ;
}

static bool witnesses_agree(pid_t pid)
{
	struct area_list list;
	unsigned int differ = 0;

	door_areas(pid, &list);
	for (size_t i = 0; i < list.nr; i++) {
		struct witness witness;

		ask_pagemap(pid, &list.area[i], &witness);
		if (witness.readable)
			differ += compare(&list.area[i], &witness);
	}
	area_list_free(&list);
	return !differ;
}

/* Pagemap, kpagecount and kpageflags agree in every process. */
TEST_F(kpage, every_process)
{
	trust_ksm = !ksm_flag_is_wrong();
	if (!trust_ksm)
		note("kpageflags of this kernel calls every anonymous page merged: not compared");
	zoo_start();
	note("%u processes", everyone(witnesses_agree));
}

SCENE_MAIN
