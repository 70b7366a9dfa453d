// SPDX-License-Identifier: GPL-2.0
/* filter.c - expressions of --filter, over the columns of areas and of pages: parsed, and held against rows. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <columns/run_columns.h>
#include <filter/filter.h>

enum { LENGTH = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* One area of which nothing is known, and one of which everything is. */
static struct area areas[2];
static struct process process = { .comm = "x", .title = "x", .release = "x", .areas = areas, .nr_areas = 2 };

static void fill(struct area *area)
{
	*area = (struct area){
		.start = 0x1000, .end = 0x5000, .perms = "rw-p", .name = "/usr/lib/libc.so.6 (deleted)",
		.facts = AREA_KNOWS_OPS | AREA_KNOWS_FLAGS | AREA_KNOWS_VMFLAGS, .known = ~0ULL,
	};
	for (int key = 0; key < KEY_NR; key++)
		area->value[key] = key << 12;
}

static void hold(const struct column_set *set, const char *expression)
{
	struct filter_error error = { .at = ~(size_t)0 };
	struct filter *filter = filter_parse(set, expression, &error);

	if (!filter) {
		if (!*error.why || strnlen(error.why, sizeof(error.why)) == sizeof(error.why) ||
		    error.at > strlen(expression))
			abort();	/* refused without saying what and where */
		return;
	}
	for (size_t i = 0; set == &area_columns && i < process.nr_areas; i++) {
		struct cell cell = { .process = &process, .area = &areas[i] };

		filter_holds(filter, &cell);
	}
	filter_free(filter);
}

/* What regcomp() of the C library makes of nested repetitions is not ours, nor how long it takes. */
static int is_for_regcomp(const char *expression)
{
	return strchr(expression, '~') && strpbrk(expression, "{*+\\");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char expression[LENGTH + 1];

	if (length > LENGTH)
		return 0;
	memcpy(expression, bytes, length);
	expression[length] = '\0';
	if (is_for_regcomp(expression))
		return 0;
	areas[0] = (struct area){ .start = 0x1000, .end = 0x2000, .perms = "r--p", .name = "" };
	fill(&areas[1]);
	hold(&area_columns, expression);
	hold(&run_columns, expression);
	return 0;
}
