// SPDX-License-Identifier: GPL-2.0
/* query.c - in: what a caller wants to be opened; out: whether that makes sense, and what of it the module is asked. */
#include <errno.h>
#include <string.h>

#include "api/query.h"
#include "columns/run_columns.h"

/* Where in vmaview_query.only what is. */
enum only {
	ONLY_STATES,
	ONLY_ORIGINS,
	ONLY_PAGE_MASK,
	ONLY_PAGE_VALUE,
	ONLY_ENTRY_MASK,
	ONLY_ENTRY_VALUE,
	ONLY_NR
};

_Static_assert(ONLY_NR <= sizeof(((struct vmaview_query *)0)->only) / 8, "a query has room for a selection");

/* The query of the first release: nobody can know less. */
#define QUERY_MIN (offsetof(struct vmaview_query, only) + sizeof(((struct vmaview_query *)0)->only))

static int one_of(uint64_t *set, const char *const *words, const char *word)
{
	int value = run_word_find(words, word);

	if (value < 0)
		return -EINVAL;
	*set |= UINT64_C(1) << value;
	return 0;
}

static int has_bit(uint64_t *mask, uint64_t *value, enum run_bits which, const char *word)
{
	bool set = *word != '!';
	uint64_t bit = run_bit_find(which, set ? word : word + 1);

	if (!bit || (*mask & bit && !(*value & bit) == set))
		return -EINVAL;
	*mask |= bit;
	if (set)
		*value |= bit;
	return 0;
}

int vmaview_only(struct vmaview_query *query, const char *field, const char *word)
{
	uint64_t *only;

	if (!query || query->size < QUERY_MIN || !field || !word)
		return -EINVAL;
	only = query->only;
	if (!strcmp(field, "state"))
		return one_of(&only[ONLY_STATES], run_states(), word);
	if (!strcmp(field, "origin"))
		return one_of(&only[ONLY_ORIGINS], run_origins(), word);
	if (!strcmp(field, "pte"))
		return has_bit(&only[ONLY_ENTRY_MASK], &only[ONLY_ENTRY_VALUE], RUN_ENTRY_BITS, word);
	if (!strcmp(field, "flags"))
		return has_bit(&only[ONLY_PAGE_MASK], &only[ONLY_PAGE_VALUE], RUN_PAGE_BITS, word);
	return -EINVAL;
}

static bool all_zero(const void *bytes, size_t nr)
{
	const unsigned char *byte = bytes;

	while (nr && !*byte) {
		byte++;
		nr--;
	}
	return !nr;
}

static int query_check(struct vmaview *handle)
{
	const struct vmaview_query *query = &handle->query;
	bool selects = query->flags || !all_zero(query->only, sizeof(query->only));

	if (query->rows < VMAVIEW_ROWS_AREAS || query->rows > VMAVIEW_ROWS_SHARERS)
		return handle_fail(handle, EINVAL, "the query asks for rows that there are not");
	if (!query->pid == !query->file)
		return handle_fail(handle, EINVAL, "the query names neither a process nor a file, or both");
	if (query->pid < 0 || (query->pid && query->moment))
		return handle_fail(handle, EINVAL, "the query names no process, or a moment of one");
	if (query->flags & ~VMAVIEW_QUERY_JOIN || (selects && query->rows != VMAVIEW_ROWS_PAGES))
		return handle_fail(handle, EINVAL, "the query selects what its rows do not have");
	if (query->low > query_high(query))
		return handle_fail(handle, EINVAL, "the range of the query ends before it starts");
	return 0;
}

int query_take(struct vmaview *handle, const struct vmaview_query *query)
{
	size_t size = query->size;

	if (size < QUERY_MIN)
		return handle_fail(handle, EINVAL, "the query does not say how long it is");
	if (size > sizeof(*query)) {
		if (!all_zero(query + 1, size - sizeof(*query)))
			return handle_fail(handle, E2BIG, "the query asks for what this library does not know yet");
		size = sizeof(*query);
	}
	memcpy(&handle->query, query, size);
	return query_check(handle);
}

uint64_t query_high(const struct vmaview_query *query)
{
	return query->high ? query->high : UINT64_MAX;
}

struct vmaview_request query_request(const struct vmaview_query *query)
{
	const uint64_t high = query_high(query), *only = query->only;

	return (struct vmaview_request){
		.target = query->pid,
		.flags = query->flags & VMAVIEW_QUERY_JOIN ? VMAVIEW_REQUEST_JOIN : 0,
		/* Nothing lies at the last address, and the end is after the start. */
		.start = query->low < UINT64_MAX ? query->low : UINT64_MAX - 1,
		.end = high < UINT64_MAX ? high + 1 : UINT64_MAX,
		.states = only[ONLY_STATES],
		.origins = only[ONLY_ORIGINS],
		.page_mask = only[ONLY_PAGE_MASK],
		.page_value = only[ONLY_PAGE_VALUE],
		.entry_mask = only[ONLY_ENTRY_MASK],
		.entry_value = only[ONLY_ENTRY_VALUE],
	};
}
