// SPDX-License-Identifier: GPL-2.0
/* past.c - in: what is known of a page frame, and who else maps it; out: what is known of it then.  Pure. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "verbs/groups/past.h"

/* So many more pasts that no frame has any more are not worth looking for. */
#define PURGE_LEAST 4096

int pasts_init(struct pasts *pasts)
{
	*pasts = (struct pasts){ .nr = 1, .room = 64, .nr_buckets = 64, .purge_at = PURGE_LEAST };
	pasts->past = calloc(pasts->room, sizeof(*pasts->past));
	pasts->buckets = calloc(pasts->nr_buckets, sizeof(*pasts->buckets));
	return pasts->past && pasts->buckets ? 0 : -ENOMEM;
}

void pasts_free(struct pasts *pasts)
{
	for (uint32_t i = 0; pasts->past && i < pasts->nr; i++)
		free(pasts->past[i].parts);
	free(pasts->past);
	free(pasts->buckets);
	memset(pasts, 0, sizeof(*pasts));
}

static uint32_t mix(uint32_t hash, uint32_t word)
{
	return (hash ^ word) * 0x9e3779b1u ^ hash >> 15;
}

static uint32_t *bucket_of(const struct pasts *pasts, const struct past *past)
{
	uint32_t hash = mix(mix(past->family, past->others), past->missing);

	for (uint32_t i = 0; i < past->nr; i++)
		hash = mix(mix(hash, past->parts[i].group), past->parts[i].process);
	return &pasts->buckets[(hash ^ hash >> 16) & (pasts->nr_buckets - 1)];
}

static bool is_equal(const struct past *a, const struct past *b)
{
	return a->family == b->family && a->others == b->others && a->missing == b->missing && a->nr == b->nr &&
	       !memcmp(a->parts, b->parts, a->nr * sizeof(*a->parts));
}

static void fill_buckets(struct pasts *pasts)
{
	memset(pasts->buckets, 0, pasts->nr_buckets * sizeof(*pasts->buckets));
	for (uint32_t i = 1; i < pasts->nr; i++) {
		struct past *past = &pasts->past[i];
		uint32_t *bucket;

		if (!past->nr)
			continue;
		bucket = bucket_of(pasts, past);
		past->chain = *bucket;
		*bucket = i;
	}
}

/* A slow one is no error: without memory the buckets stay as few as they are. */
static void more_buckets(struct pasts *pasts)
{
	uint32_t *buckets = calloc(2 * (size_t)pasts->nr_buckets, sizeof(*buckets));

	if (!buckets)
		return;
	free(pasts->buckets);
	pasts->buckets = buckets;
	pasts->nr_buckets *= 2;
	fill_buckets(pasts);
}

/* A number that is free. */
static uint32_t new_number(struct pasts *pasts)
{
	uint32_t number = pasts->free;

	if (number) {
		pasts->free = pasts->past[number].chain;
		return number;
	}
	if (pasts->nr == pasts->room) {
		struct past *past = reallocarray(pasts->past, 2 * (size_t)pasts->room, sizeof(*past));

		if (!past)
			return NO_PAST;
		pasts->past = past;
		pasts->room *= 2;
	}
	pasts->past[pasts->nr] = (struct past){ .nr = 0 };
	return pasts->nr++;
}

/* The number of what equals @past, whose parts are taken over or freed; NO_PAST without memory. */
static uint32_t keep(struct pasts *pasts, struct past *past)
{
	uint32_t number = *bucket_of(pasts, past), *bucket;
	bool is_new = false;

	while (number && !is_equal(&pasts->past[number], past))
		number = pasts->past[number].chain;
	if (!number) {
		number = new_number(pasts);
		is_new = number != NO_PAST;
	}
	if (!is_new) {
		free(past->parts);
		return number;
	}
	if (pasts->live++ >= pasts->nr_buckets)
		more_buckets(pasts);
	bucket = bucket_of(pasts, past);
	past->chain = *bucket;
	*bucket = number;
	pasts->past[number] = *past;
	pasts->parts += past->nr;
	return number;
}

/* Those that no frame has any more make room. */
static void purge(struct pasts *pasts)
{
	for (uint32_t i = 1; i < pasts->nr; i++) {
		struct past *past = &pasts->past[i];

		if (!past->nr || past->frames)
			continue;
		pasts->parts -= past->nr;
		pasts->live--;
		free(past->parts);
		*past = (struct past){ .chain = pasts->free };
		pasts->free = i;
	}
	pasts->purge_at = 2 * pasts->live > PURGE_LEAST ? 2 * pasts->live : PURGE_LEAST;
	fill_buckets(pasts);
}

void pasts_begin(struct pasts *pasts, const struct mapper *mapper)
{
	if (pasts->live >= pasts->purge_at)
		purge(pasts);
	pasts->mapper = *mapper;
	pasts->epoch++;
}

uint32_t pasts_first(struct pasts *pasts, uint32_t missing)
{
	const struct mapper *mapper = &pasts->mapper;
	struct past past = {
		.family = mapper->family, .missing = missing, .nr = 1, .parts = malloc(sizeof(*past.parts)),
	};

	if (!past.parts)
		return NO_PAST;
	*past.parts = (struct part){ mapper->group, mapper->process };
	return keep(pasts, &past);
}

/* Where the group is among the parts, or belongs. */
static uint32_t find_part(const struct past *past, uint32_t group)
{
	uint32_t at = 0;

	while (at < past->nr && past->parts[at].group < group)
		at++;
	return at;
}

/* The mapper is of the family that the frame was seen in last: its parts stay. */
static void add_to_family(struct past *from, struct past *past, const struct mapper *mapper)
{
	uint32_t at = find_part(from, mapper->group);
	bool there = at < from->nr && from->parts[at].group == mapper->group;

	memcpy(past->parts, from->parts, at * sizeof(*past->parts));
	past->parts[at] = (struct part){ mapper->group, mapper->process };
	past->nr = from->nr + !there;
	memcpy(past->parts + at + 1, from->parts + at + there, (from->nr - at - there) * sizeof(*past->parts));
	from->new_group = !there;
	if (!there)
		return;
	from->second = from->parts[at].process != FRAME_MANY && from->parts[at].process != mapper->process;
	if (from->second || from->parts[at].process == FRAME_MANY)
		past->parts[at].process = FRAME_MANY;
}

static uint32_t find_next(struct pasts *pasts, struct past *from)
{
	const struct mapper *mapper = &pasts->mapper;
	struct past past = {
		.family = mapper->family,
		.missing = from->missing ? from->missing - 1 : 0,
		.others = from->others || from->family != mapper->family,
		.parts = malloc((from->nr + 1) * sizeof(*past.parts)),
	};

	if (!past.parts)
		return NO_PAST;
	from->second = false;
	if (from->family == mapper->family) {
		add_to_family(from, &past, mapper);
	} else {
		from->new_group = true;
		past.nr = 1;
		*past.parts = (struct part){ mapper->group, mapper->process };
	}
	return keep(pasts, &past);
}

uint32_t pasts_next(struct pasts *pasts, uint32_t number)
{
	struct past *from = &pasts->past[number];
	uint32_t next;

	if (from->epoch == pasts->epoch)
		return from->next;
	next = find_next(pasts, from);
	from = &pasts->past[number];
	from->next = next;
	from->epoch = next ? pasts->epoch : 0;
	return next;
}

bool past_is_shared(const struct past *past)
{
	for (uint32_t i = 0; i < past->nr; i++)
		if (past->parts[i].process == FRAME_MANY || past->parts[i].process != past->parts->process)
			return true;
	return past->others;
}

uint64_t pasts_bytes(const struct pasts *pasts)
{
	return (uint64_t)pasts->room * sizeof(*pasts->past) + pasts->parts * sizeof(struct part) +
	       (uint64_t)pasts->nr_buckets * sizeof(*pasts->buckets);
}
