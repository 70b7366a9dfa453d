// SPDX-License-Identifier: GPL-2.0
/*
 * supply.c - the judgement of module/judge/supply.c, as a table: one row a pool, a mount and an area.
 *
 * The same source as in the kernel, built with module/judge/supply.c on the host.
 */
#include <stdio.h>

#include "judge/supply.h"

#define NO_LIMIT	.mount_max = -1

static const struct row {
	const char *sentence;
	struct supply supply;
	_Bool beyond;
	enum verdict_supply expect;
} rows[] = {
	{ "a free page that nobody is promised is given", { NO_LIMIT, .free = 1 }, 0, SUPPLY_GIVES },
	{ "of a pool without one there is none", { NO_LIMIT }, 0, SUPPLY_POOL_EMPTY },
	{ "nor of one whose pages are all promised",
	  { NO_LIMIT, .free = 4, .reserved = 4 }, 0, SUPPLY_POOL_EMPTY },
	{ "one that is not promised is enough", { NO_LIMIT, .free = 4, .reserved = 3 }, 0, SUPPLY_GIVES },
	{ "a count of promises that went below 0 keeps nobody from what is free",
	  { NO_LIMIT, .free = 2, .reserved = -1UL }, 0, SUPPLY_GIVES },
	{ "nor does one that is too high", { NO_LIMIT, .free = 2, .reserved = 3 }, 0, SUPPLY_GIVES },
	{ "though it makes none", { NO_LIMIT, .reserved = -1UL }, 0, SUPPLY_POOL_EMPTY },
	{ "whom it is promised gets it",
	  { NO_LIMIT, .free = 4, .reserved = 4, .reserves = 1, .promise = PROMISE_KEPT }, 0, SUPPLY_GIVES },
	{ "but not for another page",
	  { NO_LIMIT, .free = 4, .reserved = 4, .reserves = 1, .promise = PROMISE_KEPT }, 1, SUPPLY_POOL_EMPTY },
	{ "an area with promises may have none for this page",
	  { NO_LIMIT, .free = 4, .reserved = 4, .reserves = 1 }, 0, SUPPLY_POOL_EMPTY },
	{ "a page beyond the pool may be made", { NO_LIMIT, .surplus_max = 1 }, 0, SUPPLY_GIVES },
	{ "even where all of the pool is promised",
	  { NO_LIMIT, .free = 4, .reserved = 4, .surplus = 1, .surplus_max = 2 }, 0, SUPPLY_GIVES },
	{ "as long as there are fewer of these than allowed",
	  { NO_LIMIT, .surplus = 2, .surplus_max = 2 }, 0, SUPPLY_POOL_EMPTY },
	{ "or more, since the limit was lowered", { NO_LIMIT, .surplus = 3, .surplus_max = 2 }, 0, SUPPLY_POOL_EMPTY },
	{ "a mount at its limit gives nothing",
	  { .mount_max = 2, .mount_used = 2, .free = 4 }, 0, SUPPLY_MOUNT_FULL },
	{ "and one below it does", { .mount_max = 2, .mount_used = 1, .free = 4 }, 0, SUPPLY_GIVES },
	{ "what is promised is counted in its use already",
	  { .mount_max = 2, .mount_used = 2, .free = 4, .reserved = 1, .reserves = 1, .promise = PROMISE_KEPT }, 0,
	  SUPPLY_GIVES },
	{ "but not what is taken beyond it",
	  { .mount_max = 2, .mount_used = 2, .free = 4, .reserves = 1, .promise = PROMISE_KEPT }, 1,
	  SUPPLY_MOUNT_FULL },
	{ "no limit is not a limit of none", { NO_LIMIT, .mount_used = 9, .free = 1 }, 0, SUPPLY_GIVES },
	{ "a limit of none is one", { .mount_max = 0, .free = 1 }, 0, SUPPLY_MOUNT_FULL },
	{ "what is kept for a mount is given to an area that may reserve",
	  { NO_LIMIT, .free = 2, .reserved = 2, .mount_reserved = 2, .reserves = 1 }, 0, SUPPLY_GIVES },
	{ "to the last page",
	  { NO_LIMIT, .free = 2, .reserved = 2, .mount_reserved = 1, .reserves = 1 }, 0, SUPPLY_GIVES },
	{ "also beyond its own promise",
	  { NO_LIMIT, .free = 2, .reserved = 2, .mount_reserved = 2, .reserves = 1, .promise = PROMISE_KEPT }, 1,
	  SUPPLY_GIVES },
	{ "and to others by some kernels",
	  { NO_LIMIT, .free = 2, .reserved = 2, .mount_reserved = 2 }, 0, SUPPLY_UNSURE },
	{ "which need not be known where a page is free",
	  { NO_LIMIT, .free = 3, .reserved = 2, .mount_reserved = 2 }, 0, SUPPLY_GIVES },
	{ "once it is given away nothing is kept",
	  { NO_LIMIT, .free = 2, .reserved = 2, .mount_reserved = 0, .reserves = 1 }, 0, SUPPLY_POOL_EMPTY },
	{ "nor is what a fault that failed has left behind",
	  { NO_LIMIT, .mount_reserved = 1, .reserves = 1 }, 0, SUPPLY_POOL_EMPTY },
	{ "not even for others", { NO_LIMIT, .mount_reserved = 1 }, 0, SUPPLY_POOL_EMPTY },
	{ "a promise without a page is none",
	  { NO_LIMIT, .reserves = 1, .promise = PROMISE_KEPT }, 0, SUPPLY_POOL_EMPTY },
	{ "unless one can be made",
	  { NO_LIMIT, .reserves = 1, .promise = PROMISE_KEPT, .surplus_max = 1 }, 0, SUPPLY_GIVES },
	{ "where each free page is promised, a promise that is not known is a guess",
	  { NO_LIMIT, .free = 4, .reserved = 4, .reserves = 1, .promise = PROMISE_UNKNOWN }, 0, SUPPLY_UNSURE },
	{ "and where the mount is full",
	  { .mount_max = 2, .mount_used = 2, .free = 4, .promise = PROMISE_UNKNOWN }, 0, SUPPLY_UNSURE },
	{ "but not for another page",
	  { NO_LIMIT, .free = 4, .reserved = 4, .reserves = 1, .promise = PROMISE_UNKNOWN }, 1, SUPPLY_POOL_EMPTY },
	{ "nor where a page is free for all", { NO_LIMIT, .free = 1, .promise = PROMISE_UNKNOWN }, 0, SUPPLY_GIVES },
	{ "nor where none is", { NO_LIMIT, .promise = PROMISE_UNKNOWN }, 0, SUPPLY_POOL_EMPTY },
};

#define NR	((int)(sizeof(rows) / sizeof(rows[0])))

static enum verdict_supply with_promise(struct supply supply, enum supply_promise promise)
{
	supply.promise = promise;
	return supply_of_hugetlb(&supply, 0);
}

/* A promise is asked for where it decides, and only there. */
static int needs_are_right(void)
{
	int good = 1;

	for (int i = 0; i < NR; i++) {
		const struct supply *supply = &rows[i].supply;
		_Bool decides = with_promise(*supply, PROMISE_KEPT) != with_promise(*supply, PROMISE_NONE);

		if (supply_needs_promise(supply) == decides)
			continue;
		printf("# %s: a promise %s\n", rows[i].sentence, decides ? "decides" : "decides nothing");
		good = 0;
	}
	return good;
}

int main(void)
{
	int failures = 0, good;

	printf("1..%d\n", NR + 1);
	for (int i = 0; i < NR; i++) {
		enum verdict_supply got = supply_of_hugetlb(&rows[i].supply, rows[i].beyond);
		int good = got == rows[i].expect;

		printf("%sok %d - %s\n", good ? "" : "not ", i + 1, rows[i].sentence);
		if (!good)
			printf("# supply %d; expected %d\n", (int)got, (int)rows[i].expect);
		failures += !good;
	}
	good = needs_are_right();
	printf("%sok %d - a promise is looked for where it decides\n", good ? "" : "not ", NR + 1);
	return failures || !good;
}
