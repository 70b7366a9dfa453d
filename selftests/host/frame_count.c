// SPDX-License-Identifier: GPL-2.0
/*
 * frame_count.c - frames of groups, each counted once: scenes whose sums are known, and random ones that are counted
 * again by looking at each frame alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "verbs/groups/frame_count.h"
#include "vmaview/frame_words.h"

enum { GROUPS_MAX = 64 };

static bool sums_are(const char *what, const struct frame_sums *sums, uint64_t frames, uint64_t unique,
		     uint64_t inside)
{
	if (sums->frames == frames && sums->unique == unique && sums->inside == inside)
		return true;
	return ktap_note("%s: %llu frames, %llu unique, %llu inside; expected %llu, %llu, %llu", what,
			 (unsigned long long)sums->frames, (unsigned long long)sums->unique,
			 (unsigned long long)sums->inside, (unsigned long long)frames, (unsigned long long)unique,
			 (unsigned long long)inside);
}

/* So that a scene is one expression. */
struct add {
	struct mapper mapper;
	uint64_t frame;
	uint64_t nr;
	uint32_t mapcount;
};

struct expected {
	uint64_t frames;
	uint64_t unique;
	uint64_t inside;
};

static bool scene(const struct add *adds, size_t nr, const struct expected *groups, uint32_t nr_groups,
		  struct expected total)
{
	struct frame_sums sums[GROUPS_MAX], all;
	struct frame_count *count = frame_count_new();
	bool holds = true;
	char what[32];

	for (size_t i = 0; i < nr; i++)
		holds &= !frame_count_add(count, &adds[i].mapper, adds[i].frame, adds[i].nr, adds[i].mapcount);
	frame_count_sums(count, sums, nr_groups, &all);
	for (uint32_t i = 0; i < nr_groups; i++) {
		snprintf(what, sizeof(what), "group %u", i);
		holds &= sums_are(what, &sums[i], groups[i].frames, groups[i].unique, groups[i].inside);
	}
	holds &= sums_are("all", &all, total.frames, total.unique, total.inside);
	frame_count_free(count);
	return holds;
}

#define NR(array) (sizeof(array) / sizeof((array)[0]))
#define SCENE(adds, groups, ...) scene(adds, NR(adds), groups, NR(groups), (struct expected){ __VA_ARGS__ })

static bool nothing(void)
{
	static const struct expected groups[] = { { 0, 0, 0 } };

	return scene(NULL, 0, groups, 1, (struct expected){ 0, 0, 0 });
}

/* A family of fork(): the parent and two children of one group, a stranger in another. */
static bool fork_family(void)
{
	static const struct add adds[] = {
		{ { 0, 0, 0 }, 1000, 100, 3 }, { { 0, 0, 1 }, 1000, 100, 3 }, { { 0, 0, 2 }, 1000, 100, 3 },
		{ { 0, 0, 1 }, 5000, 10, 1 }, { { 1, 1, 3 }, 9000, 7, 1 },
	};
	static const struct expected groups[] = { { 110, 110, 100 }, { 7, 7, 0 } };

	return SCENE(adds, groups, 117, 117, 100);
}

/* A file that processes in and outside of the group map. */
static bool file_between_groups(void)
{
	static const struct add adds[] = {
		{ { 0, 0, 0 }, 640, 20, 1 }, { { 0, 0, 0 }, 660, 40, 2 }, { { 0, 0, 0 }, 700, 4, 3 },
		{ { 0, 0, 1 }, 660, 40, 2 }, { { 0, 0, 1 }, 700, 4, 3 }, { { 0, 0, 1 }, 704, 20, 2 },
		{ { 1, 1, 2 }, 700, 4, 3 }, { { 1, 1, 2 }, 704, 20, 2 }, { { 1, 1, 2 }, 724, 76, 1 },
	};
	static const struct expected groups[] = { { 84, 60, 44 }, { 100, 76, 0 } };

	return SCENE(adds, groups, 160, 160, 64);
}

/* The group maps a frame as often as its mapcount says: nobody else does, wherever its mappings are. */
static bool mapcount_is_used_up(void)
{
	static const struct add adds[] = {
		{ { 0, 0, 0 }, 100, 1, 4 }, { { 0, 0, 0 }, 100, 1, 4 }, { { 0, 0, 1 }, 100, 1, 4 },
		{ { 0, 0, 1 }, 100, 1, 4 }, { { 0, 0, 0 }, 200, 1, 4 }, { { 0, 0, 1 }, 200, 1, 4 },
	};
	static const struct expected groups[] = { { 2, 1, 2 } };

	return SCENE(adds, groups, 2, 1, 2);
}

/* What is not known of a mapcount makes no others. */
static bool mapcount_unknown(void)
{
	static const struct add adds[] = { { { 0, 0, 0 }, 100, 3, 0 }, { { 0, 0, 1 }, 100, 3, 0 } };
	static const struct expected groups[] = { { 3, 3, 3 } };

	return SCENE(adds, groups, 3, 3, 3);
}

/* Groups of areas: the process's own other area is another group. */
static bool areas_of_one_process(void)
{
	static const struct add adds[] = {
		{ { 0, 0, 0 }, 100, 10, 2 }, { { 1, 0, 0 }, 105, 10, 2 }, { { 0, 0, 1 }, 300, 5, 1 },
	};
	static const struct expected groups[] = { { 15, 5, 0 }, { 10, 0, 0 } };
	static const struct add fitting[] = {
		{ { 0, 0, 0 }, 100, 10, 2 }, { { 1, 0, 0 }, 100, 10, 2 }, { { 0, 0, 1 }, 300, 5, 1 },
		{ { 1, 0, 1 }, 400, 5, 1 },
	};
	static const struct expected fit[] = { { 15, 5, 0 }, { 15, 5, 0 } };

	return SCENE(adds, groups, 20, 10, 0) && SCENE(fitting, fit, 20, 20, 0);
}

/* A group comes back after another one of its family: nothing is counted twice. */
static bool group_comes_back(void)
{
	static const struct add adds[] = {
		{ { 0, 0, 0 }, 10, 4, 4 }, { { 1, 0, 0 }, 10, 4, 4 }, { { 0, 0, 1 }, 10, 4, 4 },
		{ { 1, 0, 1 }, 10, 2, 4 },
	};
	static const struct expected groups[] = { { 4, 0, 4 }, { 4, 0, 2 } };

	return SCENE(adds, groups, 4, 2, 4);
}

/* Of pairs: the area's part of the key goes round, the process's does not. */
static bool families_of_pairs(void)
{
	static const struct add adds[] = {
		{ { 0, 0, 0 }, 10, 4, 0 }, { { 1, 0, 0 }, 12, 4, 0 }, { { 0, 0, 1 }, 10, 1, 0 },
		{ { 2, 1, 2 }, 10, 4, 0 }, { { 3, 1, 2 }, 13, 4, 0 },
	};
	static const struct expected groups[] = { { 4, 0, 1 }, { 4, 0, 0 }, { 4, 0, 0 }, { 4, 1, 0 } };

	return SCENE(adds, groups, 7, 7, 6);
}

/* Edges of what is kept together: 64 frames, 2048, and the highest there can be. */
static bool edges(void)
{
	static const struct add adds[] = {
		{ { 0, 0, 0 }, 0, 1, 1 }, { { 0, 0, 0 }, 63, 2, 1 }, { { 0, 0, 0 }, 2047, 2, 1 },
		{ { 0, 0, 0 }, (UINT64_C(1) << 40) - 1, 1, 1 }, { { 0, 0, 1 }, 0, 2049, 2 },
		{ { 1, 1, 2 }, 64, 1984, 1 },
	};
	static const struct expected groups[] = { { 2050, 4, 5 }, { 1984, 0, 0 } };

	return SCENE(adds, groups, 2050, 1988, 1987);
}

/* --- random scenes, and the same counted frame by frame --- */

enum { FRAMES = 512, PROCESSES = 24, ADDS = 400 };

struct naive {
	/* [frame][group][process] */
	uint8_t maps[FRAMES][8][PROCESSES];
	uint32_t seen[FRAMES];
	uint32_t mapcount[FRAMES];
};

static uint32_t number(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % below;
}

static uint32_t processes_of(const struct naive *naive, uint32_t frame, uint32_t group)
{
	uint32_t nr = 0;

	for (uint32_t p = 0; p < PROCESSES; p++)
		nr += naive->maps[frame][group][p];
	return nr;
}

static uint32_t processes_of_all(const struct naive *naive, uint32_t frame)
{
	uint32_t nr = 0;

	for (uint32_t p = 0; p < PROCESSES; p++) {
		bool maps = false;

		for (uint32_t g = 0; g < 8; g++)
			maps |= naive->maps[frame][g][p];
		nr += maps;
	}
	return nr;
}

static void naive_sums(const struct naive *naive, struct frame_sums *groups, struct frame_sums *all)
{
	memset(groups, 0, 8 * sizeof(*groups));
	*all = (struct frame_sums){ 0 };
	for (uint32_t f = 0; f < FRAMES; f++) {
		uint32_t mapping = 0, last = 0, nr;
		bool complete = naive->seen[f] >= naive->mapcount[f];

		for (uint32_t g = 0; g < 8; g++) {
			nr = processes_of(naive, f, g);
			groups[g].frames += nr > 0;
			groups[g].inside += nr > 1;
			mapping += nr > 0;
			last = nr ? g : last;
		}
		if (!mapping)
			continue;
		groups[last].unique += mapping == 1 && complete;
		all->frames++;
		all->unique += complete;
		all->inside += processes_of_all(naive, f) > 1;
	}
}

/* @by_process: groups are made of processes; else of areas, or of both. */
static struct mapper random_mapper(uint32_t *seed, uint32_t process, uint32_t kind)
{
	uint32_t family = kind == 0 ? process / 3 : kind == 1 ? 0 : process / 6;
	uint32_t group = kind == 0 ? family : kind == 1 ? number(seed, 8) : 2 * family + number(seed, 2);

	return (struct mapper){ group, family, process };
}

/* @nr frames side by side, each with a mapcount of its own: one by one, or by words of a FRAMES record. */
static bool add_each(struct frame_count *count, const struct mapper *mapper, uint64_t frame, uint32_t nr,
		     const uint32_t *mapcount, bool by_words)
{
	uint64_t words[FRAMES];
	bool holds = true;

	for (uint32_t i = 0; i < nr; i++) {
		words[i] = (frame + i) | (uint64_t)mapcount[i] << (VMAVIEW_FRAMES_PFN_BITS + VMAVIEW_FRAMES_NR_BITS);
		if (!by_words)
			holds &= !frame_count_add(count, mapper, frame + i, 1, mapcount[i]);
	}
	return by_words ? !frame_count_add_words(count, mapper, words, nr) : holds;
}

static bool random_scene(uint32_t seed, uint32_t kind, bool by_words)
{
	struct frame_count *count = frame_count_new();
	struct naive *naive = calloc(1, sizeof(*naive));
	struct frame_sums groups[8], expected[8], all, expected_all;
	bool holds = true;

	for (uint32_t f = 0; f < FRAMES; f++)
		naive->mapcount[f] = number(&seed, 12);
	for (uint32_t i = 0; i < ADDS; i++) {
		uint32_t process = i * PROCESSES / ADDS, frame = number(&seed, FRAMES);
		uint32_t nr = 1 + number(&seed, FRAMES - frame < 100 ? FRAMES - frame : 100);
		struct mapper mapper = random_mapper(&seed, process, kind);

		for (uint32_t f = frame; f < frame + nr; f++) {
			naive->maps[f][mapper.group][process] = 1;
			naive->seen[f]++;
		}
		holds &= add_each(count, &mapper, frame + 1000, nr, naive->mapcount + frame, by_words);
	}
	frame_count_sums(count, groups, 8, &all);
	naive_sums(naive, expected, &expected_all);
	for (uint32_t g = 0; g < 8; g++)
		holds &= sums_are("random group", &groups[g], expected[g].frames, expected[g].unique,
				  expected[g].inside);
	holds &= sums_are("all", &all, expected_all.frames, expected_all.unique, expected_all.inside);
	frame_count_free(count);
	free(naive);
	return holds;
}

static bool random_scenes(void)
{
	for (uint32_t seed = 1; seed <= 60; seed++)
		if (!random_scene(seed, seed % 3, false))
			return ktap_note("seed %u", seed);
	return true;
}

static bool random_words(void)
{
	for (uint32_t seed = 1; seed <= 60; seed++)
		if (!random_scene(seed, seed % 3, true))
			return ktap_note("seed %u", seed);
	return true;
}

/* Runs, what has no page, a mapcount in a word of its own, a table that others share, and a word that is missing. */
static bool words_of_all_kinds(void)
{
	const int mapcount = VMAVIEW_FRAMES_PFN_BITS + VMAVIEW_FRAMES_NR_BITS;
	const uint64_t words[] = {
		100 | UINT64_C(9) << VMAVIEW_FRAMES_PFN_BITS | UINT64_C(1) << mapcount,
		200 | UINT64_C(1) << mapcount, 202 | UINT64_C(1) << mapcount, 204 | UINT64_C(2) << mapcount,
		300 | (uint64_t)VMAVIEW_FRAMES_MORE << mapcount, VMAVIEW_UNKNOWN,
		400 | (uint64_t)VMAVIEW_FRAMES_MORE << mapcount, 1 | VMAVIEW_FRAMES_PMD_SHARED,
		206 | UINT64_C(1) << mapcount, 500 | (uint64_t)VMAVIEW_FRAMES_MORE << mapcount,
	};
	struct frame_count *count = frame_count_new();
	struct frame_sums group, all;
	bool holds = !frame_count_add_words(count, &(struct mapper){ 0, 0, 0 }, words, NR(words));

	frame_count_sums(count, &group, 1, &all);
	holds &= sums_are("words", &all, 15, 13, 0);
	frame_count_free(count);
	return holds;
}

/* --- memory --- */

static bool bytes_are(const struct frame_count *count, uint64_t frames, uint64_t most)
{
	if (frame_count_frames(count) != frames)
		return ktap_note("%llu frames", (unsigned long long)frame_count_frames(count));
	if (frame_count_bytes(count) <= most * frames)
		return true;
	return ktap_note("%llu bytes for %llu frames", (unsigned long long)frame_count_bytes(count),
			 (unsigned long long)frames);
}

/* 64 processes with 16384 frames each, scattered over 1.5 times as many. */
static bool memory_of_scattered(void)
{
	struct frame_count *count = frame_count_new();
	const uint32_t nr = 64 * 16384;
	bool holds = true;

	for (uint32_t p = 0; p < 64; p++)
		for (uint32_t i = 0; i < 16384; i++) {
			uint64_t frame = (uint64_t)(i * 64 + (p * 37 + i * 11) % 64) * 3 / 2;

			holds &= !frame_count_add(count, &(struct mapper){ p, p, p }, frame, 1, 1);
		}
	holds &= bytes_are(count, nr, 8);
	frame_count_free(count);
	return holds;
}

/* One frame in eight, of 128 MiB. */
static bool memory_of_few(void)
{
	static const struct mapper mapper = { 0, 0, 0 };
	struct frame_count *count = frame_count_new();
	bool holds = true;

	for (uint32_t i = 0; i < 4096; i++)
		holds &= !frame_count_add(count, &mapper, (uint64_t)i * 8, 1, 1);
	holds &= bytes_are(count, 4096, 8);
	frame_count_free(count);
	return holds;
}

/* 2000 processes that map the same 16384 frames, of which mapcounts are many: what was is not kept. */
static bool memory_of_shared(void)
{
	struct frame_count *count = frame_count_new();
	bool holds = true;

	for (uint32_t p = 0; p < 2000; p++)
		for (uint32_t i = 0; i < 64; i++)
			holds &= !frame_count_add(count, &(struct mapper){ p, p, p }, 4096 + i * 256, 256, 1900 + i);
	holds &= bytes_are(count, 16384, 40);
	frame_count_free(count);
	return holds;
}

static const struct ktap_test tests[] = {
	{ "what was not added has no frames", nothing },
	{ "a fork family: each frame once, and what two of it map", fork_family },
	{ "a file mapped in and outside of the group is unique where nobody else maps it", file_between_groups },
	{ "a frame is unique where its mapcount has no others", mapcount_is_used_up },
	{ "a mapcount that is not known makes no others", mapcount_unknown },
	{ "of groups of areas the other area of the same process is outside", areas_of_one_process },
	{ "a group that comes back to a frame counts it once", group_comes_back },
	{ "pairs of a process's and an area's key", families_of_pairs },
	{ "frames at the edges of what is kept together", edges },
	{ "random scenes: as when each frame is looked at alone", random_scenes },
	{ "and so by words", random_words },
	{ "words of all kinds", words_of_all_kinds },
	{ "scattered frames take eight bytes each at most", memory_of_scattered },
	{ "so do those that are one in eight", memory_of_few },
	{ "what frames were before takes no memory", memory_of_shared },
};

int main(void)
{
	return ktap_run(tests, NR(tests));
}
