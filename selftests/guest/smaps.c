// SPDX-License-Identifier: GPL-2.0
/* smaps - each key that smaps has, too, carries its value, in every process of this machine. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/door.h"
#include "lib/look.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/zoo.h"

SCENE(smaps)

static bool is_gate(const struct area *area)
{
	return area->start >> 63;	/* vsyscall: no module can see it */
}

static unsigned int compare_lists(pid_t pid, const struct area_list *ours,
				  const struct area_list *theirs, uint64_t keys_asked)
{
	unsigned int differ = 0;
	size_t nr = theirs->nr;

	if (nr && is_gate(&theirs->area[nr - 1]))
		nr--;
	if (ours->nr != nr) {
		note("pid %d: %zu areas, smaps has %zu", pid, ours->nr, nr);
		return 1;
	}
	for (size_t i = 0; i < nr; i++)
		differ += look_compare(theirs->area[i].head, &ours->area[i], "areas",
				       &theirs->area[i], "smaps", ~keys_asked);
	return differ;
}

static bool areas_equal_smaps(pid_t pid)
{
	struct area_list ours, theirs;
	unsigned int differ;

	door_areas(pid, &ours);
	door_smaps(pid, &theirs);
	differ = compare_lists(pid, &ours, &theirs, ~0ULL);
	area_list_free(&ours);
	area_list_free(&theirs);
	return !differ;
}

static bool stream_equals_smaps(pid_t pid)
{
	struct area_list theirs;
	struct stream stream;
	unsigned int differ;

	door_stream(pid, VMAVIEW_WANT_ALL, &stream);
	door_smaps(pid, &theirs);
	differ = compare_lists(pid, &stream.areas, &theirs, ~0ULL);
	stream_free(&stream);
	area_list_free(&theirs);
	return !differ;
}

/* Areas of every process equals its smaps. */
TEST_F(smaps, text)
{
	zoo_start();
	note("%u processes", everyone(areas_equal_smaps));
}

/* The stream of every process equals its smaps. */
TEST_F(smaps, stream)
{
	zoo_start();
	note("%u processes", everyone(stream_equals_smaps));
}

/* A key of the contract that the running kernel's smaps has is never missing. */
TEST_F(smaps, same_keys)
{
	struct area_list ours, theirs;

	door_areas(getpid(), &ours);
	door_smaps(getpid(), &theirs);
	for (int key = 0; key < NR_KEYS; key++) {
		if (!keys[key].smaps)
			continue;
		if (area_has(&theirs.area[0], key) && !area_has(&ours.area[0], key))
			fail("%s is in smaps, not in areas", keys[key].text);
	}
}

static bool doors_agree(pid_t pid)
{
	struct area_list list;
	struct stream stream;
	unsigned int differ = 0;

	door_areas(pid, &list);
	door_stream(pid, VMAVIEW_WANT_ALL, &stream);
	if (list.nr != stream.areas.nr) {
		note("pid %d: %zu areas, the device has %zu", pid, list.nr, stream.areas.nr);
		return false;
	}
	for (size_t i = 0; i < list.nr; i++)
		differ += look_compare(list.area[i].head, &list.area[i], "areas",
				       &stream.areas.area[i], "the device", 0);
	area_list_free(&list);
	stream_free(&stream);
	return !differ;
}

/* Both doors agree on every key of every process. */
TEST_F(smaps, doors)
{
	zoo_start();
	everyone(doors_agree);
}

/* What must hold for any area whatever, by the words of the contract. */
static bool sums_hold(pid_t pid)
{
	struct area_list list;
	unsigned int wrong = 0;

	door_areas(pid, &list);
	for (size_t i = 0; i < list.nr; i++) {
		const struct area *area = &list.area[i];
		const uint64_t *v = area->value;
		uint64_t present = v[LEAVES_4K] * 4 + v[LEAVES_2M] * 2048 + v[LEAVES_1G] * 1048576;
		uint64_t absent = 0, cow = v[COW_COPY] + v[COW_REUSE] + v[COW_MAYBE] + v[COW_SOURCE];

		for (int key = ABSENT_NONE; key <= ABSENT_UFFD; key++)
			absent += v[key] * v[KPS];
		wrong += absent + present != v[SIZE];
		wrong += cow && cow != present;
		wrong += v[COW_DEBT] != v[COW_COPY] + v[COW_SOURCE];
		wrong += v[EXTRA_REFS_LRU] > v[EXTRA_REFS];
		wrong += v[RECLAIM_DROP] + v[RECLAIM_WRITE] + v[RECLAIM_SWAP] + v[RECLAIM_NEVER] >
			 present;
		wrong += v[RECLAIM_DROP] + v[RECLAIM_WRITE] + v[RECLAIM_SWAP] + v[RECLAIM_NEVER] <
			 v[RSS] + v[SHARED_HUGETLB] + v[PRIVATE_HUGETLB];
		wrong += v[PSS] > v[RSS] || v[MAYBE_PINNED] > present || v[MLOCKED] > present;
		if (wrong)
			note("pid %d: %s: sums do not hold", pid, area->head);
	}
	area_list_free(&list);
	return !wrong;
}

/* The sums of the contract hold for every area. */
TEST_F(smaps, sums)
{
	zoo_start();
	everyone(sums_hold);
}

/*
 * Both equal smaps with the shortest holds of the lock, too.  So that each hold of the lock ends as soon
 * as it may.
 */
TEST_F(smaps, shortest_holds)
{
	door_hold_budget("0");
	zoo_start();
	everyone(areas_equal_smaps);
	everyone(stream_equals_smaps);
	everyone(sums_hold);
}

SCENE_MAIN
