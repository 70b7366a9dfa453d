// SPDX-License-Identifier: GPL-2.0
/* filter.c - expressions over columns: what they mean, what is refused, and what the module is given. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns/run_columns.h"
#include "filter/filter.h"
#include "filter/preselect.h"
#include "ktap.h"

static struct process process = {
	.kernel_knows = VMAVIEW_KNOW_EXCLUSIVE,
	.leaf_size = { 4096, 2 << 20, 1 << 30 },
};

/* 16 kB of anonymous memory; nothing is known of its cgroup. */
static const struct vmaview_run anon = {
	.start = 0x10000,
	.end = 0x14000,
	.pfn = 0x123,
	.swap_offset = VMAVIEW_UNKNOWN64,
	.swap_type = VMAVIEW_UNKNOWN,
	.page = VMAVIEW_PAGE_LRU | VMAVIEW_PAGE_DIRTY | VMAVIEW_PAGE_EXCLUSIVE,
	.memcg = VMAVIEW_UNKNOWN64,
	.entry = VMAVIEW_ENTRY_WRITE,
	.refcount = 2,
	.mapcount = 1,
	.page_mapcount = 1,
	.state = VMAVIEW_STATE_PRESENT,
	.origin = VMAVIEW_ORIGIN_ANON,
	.cow = VMAVIEW_COW_REUSE,
};

static bool holds_for(const char *expression, const struct vmaview_run *run, bool *result)
{
	struct cell cell = { .process = &process, .row = run };
	struct filter_error error;
	struct filter *filter = filter_parse(&run_columns, expression, &error);

	if (!filter)
		return ktap_note("'%s': %s at %zu", expression, error.why, error.at);
	*result = filter_holds(filter, &cell);
	filter_free(filter);
	return true;
}

static bool all(const char *const *expressions, bool expect)
{
	for (; *expressions; expressions++) {
		bool result;

		if (!holds_for(*expressions, &anon, &result))
			return false;
		if (result != expect)
			return ktap_note("'%s' holds: %d", *expressions, result);
	}
	return true;
}

static bool true_ones(void)
{
	static const char *const list[] = {
		"State == present", "state==present", "Start == 0x10000", "Size == 16K", "Size >= 16384",
		"Size < 1M", "Refcount > 1", "Refcount", "Exclusive", "Exclusive == yes", "Excl == 1",
		"MayPin == no", "!MayPin", "not MayPin", "Origin != file", "Origin =~ ^an", "Origin !~ x",
		"Flags == lru", "Flags == dirty && Flags == exclusive", "Flags != mlocked",
		"Flags =~ 'lru.*excl'", "Mapcount == 1 and (Refcount == 2 or Refcount == 3)",
		"Mapcount == 2 || Refcount == 2 && State == present", "!(State == swap || State == none)",
		" ( ( Mapcount == 1 ) ) ", "Origin == \"anon\"", "Origin == 'anon'", "PTE == writable",
		"Origin < b", "!!Mapcount", "PFN == 0x123", "Memcg == 1 || Mapcount", "Leaf == 4K",
		"Reclaim != drop", "!Reclaim", "Cow == reuse", "Start == 0000000000010000", "PFN < 12b",
		"Refcount <= 2", "Refcount >= 2", "Origin <= anon", "Origin >= anon", "Origin > alpha",
		"Exclusive == true", "MayPin == false", "MayPin == 0", "MayPin != 1", "Start == 0X10000",
		NULL
	};

	return all(list, true);
}

static bool false_ones(void)
{
	static const char *const list[] = {
		"State == swap", "Size > 16K", "Refcount < 2", "MayPin", "Exclusive == no",
		"Flags == lr", "Flags == \"lru dirty\"", "Flags != lru", "Mapcount && MayPin",
		"!(Mapcount == 1 || MayPin)", "Origin =~ ^x", "Refcount <= 1", "Refcount >= 3", "Refcount > 2",
		"Size < 16K", "Mapcount != 1", "Origin < anon", "Origin > anon", "Origin <= alpha", "Origin >= b",
		"Origin !~ ^an", NULL
	};

	return all(list, false);
}

/* An area of which all is known that the expressions below ask for: 12 pages are held, 2 of them by a batch. */
static void fill_area(struct area *area)
{
	static const char callbacks[] = "fault=filemap_fault\0mremap=move_it [module]";
	static const struct ops ops = {
		.symbol = "ops", .callbacks = callbacks, .callbacks_end = callbacks + sizeof(callbacks),
	};

	*area = (struct area){
		.start = 0x7f0000400000, .end = 0x7f0000800000, .perms = "rw-p", .name = "/usr/lib/libc.so.6",
		.ops = &ops, .facts = AREA_KNOWS_OPS | AREA_KNOWS_VMFLAGS, .vm_flags = 3,
	};
	area_set(area, KEY_EXTRA_REFS, 12);
	area_set(area, KEY_EXTRA_REFS_LRU, 2);
	for (int key = KEY_ABSENT_NONE; key <= KEY_ABSENT_UFFD; key++)
		area_set(area, key, 0);
	area_set(area, KEY_ABSENT_NONE, 100);
	area_set(area, KEY_ABSENT_SWAP, 7);
	area_set(area, KEY_ABSENT_GUARD, 1);
	area_set(area, KEY_LEAVES_PTE, 40);
	area_set(area, KEY_LEAVES_PMD, 1);
	area_set(area, KEY_LEAVES_PUD, 0);
}

struct expected {
	const char *expression;
	bool holds;
};

static bool area_holds(const struct expected *list, const struct area *area, bool show_path)
{
	static struct process owner = {
		.vmflag = { { "io", "io" }, { "pf", "pfnmap" }, { "lo", "locked" } }, .notable = 7,
	};
	struct cell cell = { .process = &owner, .area = area, .show_path = show_path };

	for (; list->expression; list++) {
		struct filter_error error;
		struct filter *filter = filter_parse(&area_columns, list->expression, &error);
		bool holds = filter && filter_holds(filter, &cell);

		filter_free(filter);
		if (!filter || holds != list->holds)
			return ktap_note("'%s': %s", list->expression, filter ? holds ? "holds" : "does not" :
				error.why);
	}
	return true;
}

static bool groups(void)
{
	static const struct expected full[] = {
		{ "Extra_Refs", true }, { "Extra_Refs > 9", true }, { "Extra_Refs > 12", false },
		{ "Extra_Refs == 12", true }, { "Extra_Refs.total == 12", true }, { "Extra_Refs.lru_batch == 2", true },
		{ "extra_refs.LRU_BATCH > 2", false }, { "Absent == 8", true }, { "Absent > 8", false },
		{ "Absent.none == 100", true }, { "Absent.swap == 7 && Absent.guard == 1", true },
		{ "Absent.migration || Absent.device || Absent.hwpoison || Absent.uffd", false },
		{ "Leaves == 41", true }, { "Leaves.4k == 40 && Leaves.2M == 1 && !Leaves.1G", true },
		{ "Leaves =~ '2M=1( |$)'", true }, { "Leaves !~ 2M=0", true }, { "Extra_Refs =~ '2 lru-batch'", true },
		{ NULL, false },
	}, none[] = {
		{ "Extra_Refs", false }, { "Extra_Refs > 0", false }, { "Extra_Refs == 0", true }, { "Absent", false },
		{ "!Absent", true }, { "Absent.none", true }, { "Leaves", false }, { "Leaves < 1", true },
		{ NULL, false },
	}, unknown[] = {
		{ "Absent", false }, { "!Absent", false }, { "Absent.uffd == 0", false }, { "Absent.none", true },
		{ "Absent =~ none", false }, { NULL, false },
	};
	struct area area;

	fill_area(&area);
	if (!area_holds(full, &area, false))
		return false;
	area.known &= ~KEY_BIT(KEY_ABSENT_UFFD);
	if (!area_holds(unknown, &area, false))
		return false;
	fill_area(&area);
	for (int key = KEY_EXTRA_REFS; key < KEY_NR; key++)
		area_set(&area, key, key == KEY_ABSENT_NONE);
	return area_holds(none, &area, false);
}

static int order_of(const char *name, const struct area *a, const struct area *b)
{
	struct cell cell_a = { .process = &process, .area = a }, cell_b = { .process = &process, .area = b };

	return column_compare(column_find(&area_columns, name, strlen(name)), &cell_a, &cell_b);
}

/* As numbers: 9 is before 12, and what is none is no part of it. */
static bool groups_in_order(void)
{
	struct area more, less;

	fill_area(&more);
	fill_area(&less);
	area_set(&less, KEY_EXTRA_REFS, 9);
	area_set(&less, KEY_ABSENT_NONE, 1000);
	area_set(&less, KEY_ABSENT_SWAP, 6);
	area_set(&less, KEY_LEAVES_PTE, 39);
	return order_of("Extra_Refs", &less, &more) < 0 && order_of("Absent", &less, &more) < 0 &&
	       order_of("Leaves", &less, &more) < 0 && order_of("Absent.none", &less, &more) > 0 &&
	       !order_of("Leaves.2M", &less, &more);
}

/* What a cell shows can be typed: words of a list, digits of an address, a name with its path or without. */
static bool as_shown(void)
{
	static const struct expected both[] = {
		{ "Notable == io", true }, { "Notable == pfnmap", true }, { "Notable != io", false },
		{ "Notable == locked", false }, { "Notable == io,pfnmap", false }, { "Notable =~ ^io,pfnmap$", true },
		{ "Callbacks == fault=filemap_fault", true }, { "Callbacks == fault", false },
		{ "Callbacks == mremap=move_it", true },
		{ "Address == 00007f0000400000", true }, { "Address == 7f0000400000", true },
		{ "End > 0x7f00007fffff", true }, { "Address < 4G", false }, { "Address > 0", true },
		{ "Name == /usr/lib/libc.so.6", true }, { NULL, false },
	}, base[] = {
		{ "Mapping == libc.so.6", true }, { "Mapping == /usr/lib/libc.so.6", false }, { NULL, false },
	}, path[] = {
		{ "Mapping == libc.so.6", false }, { "Mapping == /usr/lib/libc.so.6", true }, { NULL, false },
	};
	struct area area;

	fill_area(&area);
	return area_holds(both, &area, false) && area_holds(base, &area, false) && area_holds(path, &area, true);
}

/* Neither it nor its opposite. */
static bool unknown_ones(void)
{
	static const char *const list[] = {
		"Memcg == 1", "Memcg != 1", "!(Memcg == 1)", "!!(Memcg == 1)", "Swap_Slot >= 0",
		"Memcg == 1 && Mapcount", "Memcg == 1 || MayPin", "!(Memcg == 1 || MayPin)", "Memcg",
		"Swap_Device == 0 || Swap_Device != 0", NULL
	};

	return all(list, false);
}

/* With a letter before them as many as are shown of a column that there is not. */
#define LONG "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefg"

static bool refuses(void)
{
	static const struct {
		const char *expression;
		const char *why;
		size_t at;
	} bad[] = {
		{ "", "it stops where a column is expected", 0 },
		{ "   ", "it stops where a column is expected", 3 },
		{ "Stat == present", "no column is called 'Stat'; did you mean Start?", 0 },
		{ "x" LONG "0123456789", "no column is called 'x" LONG "'", 0 },
		{ "x" LONG, "no column is called 'x" LONG "'", 0 },
		{ "State ==", "a value is missing", 8 },
		{ "State == present Size", "what follows makes no sense", 17 },
		{ "State = present", "what follows makes no sense", 6 },
		{ "(State == present", "a ) is missing", 17 },
		{ "State == present)", "what follows makes no sense", 16 },
		{ "Size == big", "it is neither a number nor a column", 8 },
		{ "Size == 1Q", "it is no number", 8 },
		{ "Size == 0x", "it is no number", 8 },
		{ "Size == -1", "it is no number", 8 },
		{ "Size == 1KB", "it is no number", 8 }, { "Size == 1iB", "it is no number", 8 },
		{ "Size == 1.", "it is no number", 8 }, { "Size == .5", "it is no number", 8 },
		{ "Size == 1.5.2", "it is no number", 8 }, { "Size == 0x1.8", "it is no number", 8 },
		{ "Size == '4 K'", "it is no number", 8 }, { "1Q < Size", "it is no number", 0 },
		{ "Size == 10000000000000000000000000000000000000000000000000000000000000000", "it is no number", 8 },
		{ "1x", "it is no number", 0 }, { "present == State", "no column is called 'present'", 0 },
		{ "123 == PFN", "it is shown in hex: put 0x before it", 0 },
		{ "State == (Size)", "a number and a text do not compare", 10 },
		{ "Size == State", "a number and a text do not compare", 8 },
		{ "(Size > 4K) == State", "a number and a text do not compare", 15 },
		{ "(Size > 4K) == 'big'", "it is yes or no", 15 },
		{ "Size == 4K == 'big'", "it is yes or no", 14 },
		{ "1 =~ 1", "a number matches no pattern", 5 }, { "(Size) =~ 1", "a number matches no pattern", 10 },
		{ "!State =~ x", "a number matches no pattern", 10 }, { "State =~", "a value is missing", 8 },
		{ "Size ==", "a value is missing", 7 }, { "4K <", "a value is missing", 4 },
		{ "Size == (4K", "a ) is missing", 11 }, { "Size eq4K", "what follows makes no sense", 5 },
		{ "!State == swap", "it is yes or no", 10 },
		{ "Size =~ 1", "a number matches no pattern", 8 },
		{ "PFN == 123", "it is shown in hex: put 0x before it", 7 },
		{ "Start == 4096 || MayPin", "it is shown in hex: put 0x before it", 9 },
		{ "Start == 00000000000010000", "it is shown in hex: put 0x before it", 9 },
		{ "Start == 7f000040000g", "it is no number", 9 },
		{ "State.swap == 1", "no column is called 'State.swap'", 0 },
		{ "Exclusive == maybe", "it is yes or no", 13 },
		{ "Origin =~ '('", "it is no pattern that regex(7) knows", 10 },
		{ "Origin == 'anon", "a quotation does not end", 10 },
		{ "State == present &&", "it stops where a column is expected", 19 },
		{ "!", "it stops where a column is expected", 1 },
		{ "&& State", "a column is expected", 0 },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct filter_error error = { .at = 99 };
		struct filter *filter = filter_parse(&run_columns, bad[i].expression, &error);

		filter_free(filter);
		if (filter || strcmp(error.why, bad[i].why) || error.at != bad[i].at)
			return ktap_note("'%s': %s at %zu", bad[i].expression,
					 filter ? "taken" : error.why, error.at);
	}
	return true;
}

/* @start, @piece @nr times, then @end. */
static bool is_taken(const char *start, const char *piece, size_t nr, const char *end)
{
	char *text = calloc(1, strlen(start) + strlen(piece) * nr + strlen(end) + 1), *at = stpcpy(text, start);
	struct filter_error error;
	struct filter *filter;

	while (nr--)
		at = stpcpy(at, piece);
	stpcpy(at, end);
	filter = filter_parse(&run_columns, text, &error);
	filter_free(filter);
	free(text);
	return filter;
}

/* A tree has 200 nodes; each term is one, each "and" between two of them, and each "not". */
static bool ends_at(const char *end, size_t nodes)
{
	static const char start[] = "!!!";

	for (size_t nr = 90; nr < 110; nr++) {
		for (size_t not = 0; not < sizeof(start); not++) {
			bool taken = is_taken(start + sizeof(start) - 1 - not, "MayPin && ", nr, end);

			if (taken != (2 * nr + not + nodes <= 200))
				return ktap_note("%zu not, %zu and, then %s: %s", not, nr, end,
						 taken ? "taken" : "refused");
		}
	}
	return true;
}

static bool bounded(void)
{
	return is_taken("", "!", 100, "MayPin") && !is_taken("", "!", 100000, "MayPin") &&
	       !is_taken("", "(", 100000, "MayPin") && !is_taken("", "MayPin || ", 100000, "MayPin") &&
	       !is_taken("", "(", 100, "MayPin)") && ends_at("MayPin", 1) && ends_at("1", 1) &&
	       ends_at("Size > 1", 1) && ends_at("Flags =~ x", 1) && ends_at("!MayPin", 2) &&
	       ends_at("(1) == (Size)", 1);
}

/* Whatever is cut off or put in, it is taken or refused, with a place inside of it. */
static bool mangled(void)
{
	static const char whole[] = "!(State == 'present' && Size >= 16K) || Flags =~ \"l.u\" and not MayPin";
	static const char odd[] = "()!&|=<>~'\"\\ \t\xff" "0x";
	char text[sizeof(whole)];

	for (size_t at = 0; at < sizeof(whole) - 1; at++) {
		for (size_t i = 0; i < sizeof(odd); i++) {
			struct filter_error error = { .at = 0 };
			struct filter *filter;
			bool result;

			memcpy(text, whole, sizeof(whole));
			text[at] = odd[i];
			filter = filter_parse(&run_columns, text, &error);
			if (error.at > strlen(text))
				return ktap_note("'%s': at %zu", text, error.at);
			filter_free(filter);
			if (filter && !holds_for(text, &anon, &result))
				return false;
		}
	}
	return true;
}

static struct vmaview_request preselected(const char *expression)
{
	struct vmaview_request request = { .size = 0 };
	struct filter_error error;
	struct filter *filter = filter_parse(&run_columns, expression, &error);

	if (!filter)
		abort();
	preselect(filter, &request);
	filter_free(filter);
	return request;
}

#define ALL_STATES (VMAVIEW_STATES & ~(1u << VMAVIEW_STATE_NONE))
#define STATE(word) (1u << VMAVIEW_STATE_##word)
#define ORIGIN(word) (1u << VMAVIEW_ORIGIN_##word)

static const struct {
	const char *expression;
	struct vmaview_request request;	/* 0 for states and origins: all */
} known[] = {
	{ "Refcount > 1", { .size = 0 } },
	{ "State == swap", { .states = STATE(SWAP) } },
	{ "State == swap || State == guard", { .states = STATE(SWAP) | STATE(GUARD) } },
	{ "State == swap || Refcount", { .size = 0 } },
	{ "State == none", { .states = STATE(NONE) } },
	{ "State != swap", { .states = ALL_STATES & ~STATE(SWAP) } },
	{ "!(State == swap)", { .states = ALL_STATES & ~STATE(SWAP) } },
	{ "!(State == swap && Refcount)", { .size = 0 } },
	{ "State == swap && Origin == anon && Size > 4K",
	  { .states = STATE(SWAP), .origins = ORIGIN(ANON) } },
	{ "State == nonsense", { .states = STATE(UFFD) } },
	{ "Origin == file || Origin == shmem", { .origins = ORIGIN(FILE) | ORIGIN(SHMEM) } },
	{ "MayPin", { .page_mask = VMAVIEW_PAGE_MAYBE_PINNED,
		      .page_value = VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "MayPin == no", { .page_mask = VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "MayPin != yes", { .page_mask = VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "MayPin != 2", { .size = 0 } },
	{ "Flags == mlocked && Flags != dirty",
	  { .page_mask = VMAVIEW_PAGE_MLOCKED | VMAVIEW_PAGE_DIRTY,
	    .page_value = VMAVIEW_PAGE_MLOCKED } },
	{ "Flags == mlocked || MayPin",
	  { .page_any = VMAVIEW_PAGE_MLOCKED | VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "Flags == mlocked || Flags != dirty", { .size = 0 } },
	{ "Flags == mlocked || Refcount", { .size = 0 } },
	{ "Flags =~ mlocked", { .size = 0 } },
	{ "!(Flags == mlocked)", { .size = 0 } },
	{ "State < x", { .size = 0 } },
	{ "State != nonsense", { .size = 0 } },
	{ "State == swap && State == guard", { .states = STATE(UFFD) } },
	{ "State == nonsense && State == none", { .states = STATE(UFFD) } },
	{ "State == none || Refcount", { .states = VMAVIEW_STATES } },
	{ "!!(State == swap)", { .states = STATE(SWAP) } },
	{ "!(State == swap || State == guard)", { .states = ALL_STATES & ~(STATE(SWAP) | STATE(GUARD)) } },
	{ "!(State =~ swap)", { .size = 0 } },
	{ "!(State == swap || Refcount)", { .size = 0 } },
	{ "!(Refcount || State == swap)", { .size = 0 } },
	{ "!(State != swap && State != guard)", { .states = STATE(SWAP) | STATE(GUARD) } },
	{ "Origin == nonsense", { .origins = ORIGIN(NONE) } },
	{ "Origin != anon", { .origins = VMAVIEW_ORIGINS & ~ORIGIN(ANON) } },
	{ "State != none", { .states = ALL_STATES } },
	{ "State == none && State != none", { .states = STATE(UFFD) } },
	{ "!(Origin == file)", { .origins = VMAVIEW_ORIGINS & ~ORIGIN(FILE) } },
	{ "MayPin == true", { .page_mask = VMAVIEW_PAGE_MAYBE_PINNED, .page_value = VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "MayPin == 1", { .page_mask = VMAVIEW_PAGE_MAYBE_PINNED, .page_value = VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "MayPin != no", { .page_mask = VMAVIEW_PAGE_MAYBE_PINNED, .page_value = VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "MayPin == false", { .page_mask = VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "MayPin == 0", { .page_mask = VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "MayPin < 1", { .size = 0 } },
	{ "!MayPin", { .size = 0 } },
	{ "Flags == nonsense", { .size = 0 } },
	{ "(Flags == mlocked || MayPin) && (Flags == dirty || MayPin)",
	  { .page_any = VMAVIEW_PAGE_MLOCKED | VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "(Flags == mlocked || Refcount) && (Flags == dirty || MayPin)",
	  { .page_any = VMAVIEW_PAGE_DIRTY | VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "PTE == writable || MayPin", { .size = 0 } },
	{ "PTE == nonsense", { .size = 0 } },
	{ "PTE =~ writable", { .size = 0 } },
	{ "'swap' == State", { .states = STATE(SWAP) } },
	{ "State EQ swap OR State eq guard", { .states = STATE(SWAP) | STATE(GUARD) } },
	{ "(State == swap) == true", { .size = 0 } },
	{ "!((State == swap) == true)", { .size = 0 } },
	{ "(State == none) == true", { .states = VMAVIEW_STATES } },
	{ "true == (Refcount || State == none)", { .states = VMAVIEW_STATES } },
	{ "State == swap && Refcount > Mapcount", { .states = STATE(SWAP) } },
	{ "State == swap || Refcount > Mapcount", { .size = 0 } },
	{ "State == Origin && Origin == file", { .origins = ORIGIN(FILE) } },
	{ "1 == MayPin", { .page_mask = VMAVIEW_PAGE_MAYBE_PINNED, .page_value = VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "(MayPin == 1) == 0", { .size = 0 } },
	{ "false || MayPin", { .size = 0 } },
	{ "true && MayPin", { .page_mask = VMAVIEW_PAGE_MAYBE_PINNED, .page_value = VMAVIEW_PAGE_MAYBE_PINNED } },
	{ "PTE == writable && PTE != dirty",
	  { .entry_mask = VMAVIEW_ENTRY_WRITE | VMAVIEW_ENTRY_DIRTY,
	    .entry_value = VMAVIEW_ENTRY_WRITE } },
};

static bool preselects(void)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct vmaview_request request = preselected(known[i].expression), want = known[i].request;

		want.states = want.states ? want.states : ALL_STATES;
		want.origins = want.origins ? want.origins : VMAVIEW_ORIGINS;
		if (memcmp(&request, &want, sizeof(want)))
			return ktap_note("'%s': states %x origins %x page %llx/%llx any %llx entry %x/%x",
					 known[i].expression, request.states, request.origins,
					 request.page_mask, request.page_value, request.page_any,
					 request.entry_mask, request.entry_value);
	}
	return true;
}

static bool is_memcg(const struct column *column)
{
	return !strcmp(column->json, "memcg");
}

static bool uses(void)
{
	static const struct {
		const char *expression;
		bool used;
	} list[] = {
		{ "Memcg == 1", true }, { "Mapcount && !(Refcount || Memcg)", true }, { "Mapcount && Refcount", false },
		{ "!Mapcount", false }, { "1 == Memcg", true }, { "Refcount < Memcg", true },
		  { "(Memcg == 1) == true", true },
		{ "(1) == (Refcount)", false }, { "true", false },
	};

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		struct filter_error error;
		struct filter *filter = filter_parse(&run_columns, list[i].expression, &error);

		if (!filter || filter_uses(filter, is_memcg) != list[i].used)
			return ktap_note("'%s': %s", list[i].expression, filter ? "the other" : error.why);
		filter_free(filter);
	}
	return true;
}

/* What scols-filter(5) has, line by line, on a run of 16 kB with a refcount of 2 and a mapcount of 1. */
static const struct {
	const char *production;
	const char *holds[16];
	const char *fails[16];
} grammar[] = {
	{ "param: integer", { "1", "5K", "!0", "2 > 1" }, { "0", "!1", "0K" } },
	{ "param: float", { "1.5", "0.1", "!0.0" }, { "0.0" } },
	{ "param: string", { "'x'", "\"x\"", "!''" }, { "''", "\"\"" } },
	{ "param: boolean", { "true", "TRUE", "!false", "!FALSE" }, { "false", "FALSE", "!true" } },
	{ "param: holder", { "Refcount", "State", "Exclusive" }, { "MayPin", "Reclaim" } },
	{ "( expr )", { "(Refcount)", "((State) == 'present')", "(4K) < (Size)", "(true)" }, { "(MayPin)", "(0)" } },
	{ "&& AND and", { "Refcount && Mapcount", "Refcount AND Mapcount", "Refcount and 1" },
	  { "Refcount && MayPin", "Refcount AND MayPin", "0 and Refcount" } },
	{ "|| OR or", { "MayPin || Mapcount", "MayPin OR Mapcount", "false or true" },
	  { "MayPin || 0", "MayPin OR MayPin", "false or false" } },
	{ "or is looser than and", { "1 or 1 and 0", "1 || 0 && 0" }, { "(1 or 1) and 0" } },
	{ "! NOT not", { "!MayPin", "NOT MayPin", "not MayPin", "!!1", "! (Refcount == 3)" },
	  { "!Refcount", "NOT 1", "not not 0" } },
	{ "! is tighter than ==", { "!Refcount == 0", "!MayPin == 1", "not MayPin == true" },
	  { "!Refcount == 2", "!MayPin == false" } },
	{ "== EQ eq", { "Refcount == 2", "Refcount EQ 2", "Refcount eq 2", "State EQ present", "2==Refcount" },
	  { "Refcount == 3", "Refcount EQ 3", "Refcount eq 1", "State EQ swap" } },
	{ "!= NE ne", { "Refcount != 3", "Refcount NE 3", "State ne swap", "3!=Refcount",
				      "1 != Refcount" },
	  { "Refcount != 2", "Refcount NE 2", "State ne present", "2 != Refcount" } },
	{ ">= GE ge", { "Refcount >= 2", "Refcount GE 2", "Refcount ge 1", "3>=Refcount" },
	  { "Refcount >= 3", "Refcount GE 3", "1 ge Refcount" } },
	{ "<= LE le", { "Refcount <= 2", "Refcount LE 2", "Refcount le 3", "1<=Refcount" },
	  { "Refcount <= 1", "Refcount LE 1", "3 le Refcount" } },
	{ "> GT gt", { "Refcount > 1", "Refcount GT 1", "Refcount gt 1", "3>Refcount" },
	  { "Refcount > 2", "Refcount GT 2", "2 gt Refcount" } },
	{ "< LT lt", { "Refcount < 3", "Refcount LT 3", "Refcount lt 3", "1<Refcount" },
	  { "Refcount < 2", "Refcount LT 2", "2 lt Refcount" } },
	{ "expr =~ string", { "State =~ '^pre'", "State =~ \"sent$\"", "'abc' =~ 'b'", "(State) =~ e" },
	  { "State =~ '^x'", "'abc' =~ '^b'" } },
	{ "expr !~ string", { "State !~ '^x'", "'abc' !~ '^b'" }, { "State !~ '^pre'", "'abc' !~ 'b'" } },
	{ "a value on the left", { "16K == Size", "0x10000 == Start", "'present' == State", "true == Exclusive",
				   "1.5 < Refcount", "'lru' == Flags", "0x123 eq PFN", "11f < PFN" },
	  { "4K == Size", "'swap' == State", "false == Exclusive", "2.5 < Refcount", "'lr' == Flags" } },
	{ "two columns", { "Refcount > Mapcount", "Mapcount < Refcount", "Start < End", "Size == Size",
			   "State != Origin", "Refcount == Refcount", "State == State" },
	  { "Refcount == Mapcount", "Mapcount > Refcount", "State == Origin", "End <= Start" } },
	{ "two values", { "1 < 2", "1.5 == 1.5", "'a' < 'b'", "true == TRUE", "'5' == 5", "1K == 1024",
	  "true != false" },
	  { "2 < 1", "1.5 == 1.25", "'b' < 'a'", "true == false" } },
	{ "two expressions", { "(Refcount == 2) == (Mapcount == 1)", "(Refcount == 2) != MayPin",
	  "(MayPin) == (Refcount == 3)",
			       "Refcount == 2 == true", "Refcount == 3 == false", "Refcount == true",
			       "(1 < 2) == yes" },
	  { "(Refcount == 2) == (Mapcount == 2)", "Refcount == 2 == 0", "Refcount == false", "(1 < 2) == no" } },
	{ "integer: K M G T P E Z Y", { "1K == 1024", "1M == 1024K", "1G == 1024M", "1T == 1024G", "1P == 1024T",
					"1E == 1024P", "1Z == 1024E", "1Y == 1024Z", "Size < 1Y", "Size < 1E" },
	  { "Size > 1P", "Size > 1E", "Size > 1Z", "Size > 1Y", "Size == 16M" } },
	{ "integer: KiB MiB GiB ...", { "Size == 16KiB", "1MiB == 1M", "1GiB == 1G", "1TiB == 1T", "1PiB == 1P",
					"1EiB == 1E", "1ZiB == 1Z", "1YiB == 1Y", "0ZiB == 0" }, { "Size == 16MiB" } },
	{ "integer: 64 bits, and what has more", { "18446744073709551615 > 18446744073709551614",
						   "18446744073709551616 > 18446744073709551615",
						   "16E > 18446744073709551615",
						   "Size < 18446744073709551616", "Size < 18446744073709551615K" },
	  { "18446744073709551615 == 18446744073709551616", "Size == 18446744073709551616" } },
	{ "float: integer.integer", { "Refcount < 2.5", "Refcount > 1.5", "Refcount == 2.0", "Size == 0.015625M",
	  "Size < 16.5K",
				      "Size > 15.5KiB" }, { "Refcount > 2.5", "Refcount == 2.1", "Size == 16.5K" } },
	{ "string: a mark of the other kind in it", { "'a\"b' == 'a\"b'", "\"a'b\" == \"a'b\"" },
	  { "'a\"b' == 'ab'" } },
};

static bool productions(void)
{
	for (size_t i = 0; i < sizeof(grammar) / sizeof(grammar[0]); i++)
		if (!all(grammar[i].holds, true) || !all(grammar[i].fails, false))
			return ktap_note("of '%s'", grammar[i].production);
	return true;
}

/* What is not known makes any comparison with it so, from either side. */
static bool unknown_sides(void)
{
	static const char *const list[] = {
		"1 == Memcg", "!(1 == Memcg)", "Memcg == Refcount", "Refcount != Memcg", "Memcg < 1.5",
			"!(Memcg < 1.5)",
		"(Memcg == 1) == true", "(Memcg == 1) != true", "(Memcg == 1) == (Memcg == 1)", "!((Memcg) == (Memcg))",
		"Memcg == true", "1Y > Memcg", NULL
	};

	return all(list, false);
}

/* A word after a text is that word, unless it is spelled as the heading of another text. */
static bool words_and_columns(void)
{
	static const struct expected list[] = {
		{ "Name == Mapping", false }, { "Mapping == libc.so.6", true }, { "Mapping != Name", true },
		{ "Name == mapping", false }, { "Name == 'Mapping'", false }, { "Perms == Perms", true },
		{ "Perms == perms", false }, { "Perms == rw-p", true }, { "Perms eq 'rw-p'", true },
		{ "Address == Address", true }, { "Address < end", true }, { "Leaves == Leaves.4k", false },
		{ "Leaves > Leaves.4k", true }, { "Extra_Refs == 12.0", true }, { "12 eq Extra_Refs", true },
		{ NULL, false },
	};
	struct area area;

	fill_area(&area);
	return area_holds(list, &area, false);
}

/* After a column of addresses "add" is a number: no column may be called so. */
static bool no_column_is_hex(void)
{
	const struct column_set *const sets[] = { &area_columns, &run_columns };

	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; j < sets[i]->nr; j++) {
			const struct column *column = &sets[i]->columns[j];
			const char *names[] = { column->name, column->alias };

			for (size_t k = 0; k < 2; k++)
				if (names[k] && !names[k][strspn(names[k], "0123456789abcdefABCDEF")])
					return ktap_note("%s is a number", names[k]);
		}
	}
	return true;
}

static const struct ktap_test tests[] = {
	{ "what is true of a row holds", true_ones },
	{ "what is not, does not", false_ones },
	{ "what is not known, does not either, nor does its opposite", unknown_ones },
	{ "a group is the number that it comes to, and its parts have names", groups },
	{ "and it is sorted by that", groups_in_order },
	{ "what is shown can be asked for", as_shown },
	{ "each production of scols-filter(5) means what it means there", productions },
	{ "what is not known is not known on either side", unknown_sides },
	{ "a word beside a text is a word, but for headings", words_and_columns },
	{ "no column is called as a number is", no_column_is_hex },
	{ "what makes no sense is refused, with the reason and the place", refuses },
	{ "length and depth are bounded", bounded },
	{ "a mangled expression is taken or refused", mangled },
	{ "which columns it needs is known", uses },
	{ "the module is given what it can select by, and never too little", preselects },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
