// SPDX-License-Identifier: GPL-2.0
/*
 * map.c - the rows of a picture: each mapped address is in one of them, none shows what it is not of, and they are
 * no more than fit.  Address spaces are made up, many of them, and each address of interest is looked up again.
 */
#include <inttypes.h>
#include <string.h>

#include "ktap.h"
#include "verbs/map/map_cells.h"
#include "verbs/map/map_heat.h"
#include "verbs/map/map_holes.h"
#include "verbs/map/map_kinds.h"

enum { PAGE = 4096, ROWS = 32, SPACES = 400, CELLS_MAX = 160 };

static uint64_t seed = 88172645463325252;

/* xorshift64: the same numbers in each run. */
static uint64_t any(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % below;
}

static struct area *add(struct process *process, uint64_t start, uint64_t pages, enum kind kind)
{
	struct area *area = process_add_area(process);

	area->start = start;
	area->end = start + pages * PAGE;
	area->kind = 1 + kind;
	area_set(area, KEY_RSS, any(2) ? pages * PAGE : 0);
	return area;
}

/* Small and large areas, side by side, near each other and far apart. */
static void make_space(struct process *process)
{
	uint64_t at = PAGE * (1 + any(1000)), nr = 1 + any(60);

	process_init(process);
	process->page_size = PAGE;
	for (uint64_t i = 0; i < nr && at < 1ULL << 46; i++) {
		uint64_t pages = 1 + any(1ULL << any(any(4) ? 12 : 30));

		add(process, at, pages, any(KIND_OF_NR));
		at += pages * PAGE;
		if (any(3))
			at += PAGE * any(1ULL << any(30));
	}
	if (any(2))
		add(process, 0xffffffffff600000, 1, KIND_OF_SPECIAL);
}

/* Of [@start, @end), by looking at all areas; the kind of most, the first of equals. */
static struct map_cell slow_cell(const struct process *process, const struct map_scale *scale, uint64_t start,
				 uint64_t end)
{
	struct map_cell cell = { .kind = KIND_OF_NR };
	uint64_t mapped[KIND_OF_NR] = { 0 }, all = 0, most = 0;
	double present = 0;

	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];
		uint64_t from = area->start > start ? area->start : start, to = area->end < end ? area->end : end;

		from = from > scale->low ? from : scale->low;
		if (scale->high != UINT64_MAX && to > scale->high + 1)
			to = scale->high + 1;
		if (from >= to)
			continue;
		mapped[area->kind - 1] += to - from;
		all += to - from;
		present += area_get(area, KEY_RSS) ? to - from : 0;
	}
	for (enum kind kind = 0; kind < KIND_OF_NR; kind++) {
		if (mapped[kind] > most) {
			most = mapped[kind];
			cell.kind = kind;
		}
	}
	cell.present = all && present * 2 >= all;
	return cell;
}

static bool check_cells(const struct process *process, const struct map_scale *scale, const struct map_row *row)
{
	struct map_cell cells[CELLS_MAX];

	map_cells(process, scale, row, cells);
	for (unsigned int i = 0; i < scale->cells; i++) {
		uint64_t start = row->start + i * scale->block, end = start + scale->block;
		struct map_cell wanted = { .kind = KIND_OF_NR };

		/* What would be after the last address is not. */
		if (i * scale->block < row->end - row->start)
			wanted = slow_cell(process, scale, start, end > start ? end : UINT64_MAX);

		if (cells[i].kind != wanted.kind || (wanted.kind != KIND_OF_NR && cells[i].present != wanted.present))
			return ktap_note("cell %u of row %" PRIx64 ", %" PRIu64 " a cell: kind %d, expected %d", i,
					 row->start, scale->block, cells[i].kind, wanted.kind);
	}
	return true;
}

/* All of it is one area's. */
static bool is_same(const struct process *process, const struct map_row *row)
{
	const struct area *area = &process->areas[row->area];

	return row->rows > 1 && area->start <= row->start && area->end >= row->end;
}

/* How much is mapped in a row, a gap or a fold. */
static uint64_t mapped_in(const struct process *process, const struct map_scale *scale, const struct map_row *row)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < process->nr_areas; i++) {
		uint64_t start, end;

		if (!map_clip(scale, &process->areas[i], &start, &end))
			continue;
		start = start > row->start ? start : row->start;
		end = end < row->end ? end : row->end;
		bytes += start < end ? end - start : 0;
	}
	return bytes;
}

static uint64_t mapped_at_all(const struct process *process, const struct map_scale *scale)
{
	struct map_row all = { .start = 0, .end = UINT64_MAX };

	return mapped_in(process, scale, &all);
}

static bool check_row(const struct process *process, const struct map_scale *scale, const struct map_row *row,
		      uint64_t before)
{
	uint64_t length = scale->block * scale->cells;

	if (row->start < before || row->end <= row->start)
		return ktap_note("row %" PRIx64 "-%" PRIx64 " after %" PRIx64, row->start, row->end, before);
	switch (row->kind) {
	case MAP_ROW_CELLS:
		if (!mapped_in(process, scale, row))
			return ktap_note("an empty row at %" PRIx64, row->start);
		return row->end - row->start == length || row->end == UINT64_MAX ? check_cells(process, scale, row) :
		       ktap_note("a row of %" PRIu64 " bytes", row->end - row->start);
	case MAP_ROW_SAME:
		return is_same(process, row) ? true : ktap_note("a fold of several areas at %" PRIx64, row->start);
	default:
		return row->end - row->start >= length && !mapped_in(process, scale, row) ? true :
		       ktap_note("a gap of %" PRIu64 " bytes", row->end - row->start);
	}
}

/* A gap ends where the next row's first area begins, and a row starts at a whole block: they may overlap by less. */
static bool check_space(const struct process *process, const struct map_scale *scale, uint64_t *rows)
{
	struct map_fold fold;
	struct map_row row;
	uint64_t before = 0, mapped = 0;

	*rows = 0;
	map_fold_begin(&fold, process, scale);
	while (map_fold_next(&fold, &row)) {
		++*rows;
		if (row.kind == MAP_ROW_GAP) {
			if (!check_row(process, scale, &row, 0))
				return false;
			continue;
		}
		if (!check_row(process, scale, &row, before))
			return false;
		before = row.end;
		mapped += mapped_in(process, scale, &row);
	}
	if (mapped != mapped_at_all(process, scale))
		return ktap_note("%" PRIu64 " bytes drawn of %" PRIu64, mapped, mapped_at_all(process, scale));
	return true;
}

static bool check_any(bool fit, bool part)
{
	for (int i = 0; i < SPACES; i++) {
		struct map_scale scale = { .high = UINT64_MAX, .cells = 16 * (1 + any(CELLS_MAX / 16)) };
		struct process process;
		uint64_t rows;
		bool holds;

		make_space(&process);
		if (part) {
			scale.low = process.areas[any(process.nr_areas)].start + any(3) * PAGE;
			scale.high = scale.low + any(1ULL << any(40));
		}
		if (fit)
			map_scale_fit(&scale, &process, ROWS);
		else
			scale.block = 1ULL << (20 + any(27));
		holds = check_space(&process, &scale, &rows);
		process_free(&process);
		if (!holds)
			return ktap_note("space %d", i);
		if (fit && rows > ROWS)
			return ktap_note("space %d: %" PRIu64 " rows", i, rows);
	}
	return true;
}

static bool fitted(void)
{
	return check_any(true, false);
}

static bool scaled(void)
{
	return check_any(false, false);
}

static bool parts(void)
{
	return check_any(true, true);
}

/* Two more rows than fit, of which all but the first are alike. */
static bool folds(void)
{
	struct map_scale scale = { .high = UINT64_MAX, .cells = 16, .block = PAGE };
	struct process process;
	struct map_fold fold;
	struct map_row row;
	bool holds;

	process_init(&process);
	add(&process, 1 << 20, 16 * 5 + 3, KIND_OF_HEAP);
	map_fold_begin(&fold, &process, &scale);
	holds = map_fold_next(&fold, &row) && row.kind == MAP_ROW_CELLS && row.start == 1 << 20 &&
		map_fold_next(&fold, &row) && row.kind == MAP_ROW_SAME && row.rows == 4 &&
		map_fold_next(&fold, &row) && row.kind == MAP_ROW_CELLS && row.start == (1 << 20) + 16 * 5 * PAGE &&
		!map_fold_next(&fold, &row);
	process_free(&process);
	return holds;
}

/* Of two whole rows the second is drawn: a fold would take as much room. */
static bool two_rows(void)
{
	struct map_scale scale = { .high = UINT64_MAX, .cells = 16, .block = PAGE };
	struct process process;
	struct map_fold fold;
	struct map_row row;
	bool holds;

	process_init(&process);
	add(&process, 1 << 20, 16 * 2, KIND_OF_HEAP);
	map_fold_begin(&fold, &process, &scale);
	holds = map_fold_next(&fold, &row) && row.kind == MAP_ROW_CELLS &&
		map_fold_next(&fold, &row) && row.kind == MAP_ROW_CELLS && !map_fold_next(&fold, &row);
	process_free(&process);
	return holds;
}

/* Without sums, what is present is not known; huge pages, which Rss leaves out, are present. */
static bool presence(void)
{
	struct process process;
	struct area *area;
	uint64_t bytes;
	bool holds;

	process_init(&process);
	area = add(&process, 1 << 20, 4, KIND_OF_HUGETLB);
	area->known = 0;
	holds = !map_present(area, &bytes);
	area_set(area, KEY_RSS, 0);
	area_set(area, KEY_PRIVATE_HUGETLB, 2 * PAGE);
	holds = holds && map_present(area, &bytes) && bytes == 2 * PAGE;
	process_free(&process);
	return holds;
}

static bool letters(void)
{
	for (int kind = 0; kind < KIND_OF_NR; kind++)
		for (int other = 0; other < kind; other++)
			if (map_looks[kind].letter == map_looks[other].letter ||
			    !strcmp(map_looks[kind].color, map_looks[other].color))
				return ktap_note("%s looks as %s does", kind_names[kind], kind_names[other]);
	return true;
}

static void heat_area(struct process *process, uint64_t start, uint64_t pages)
{
	struct area *area = process_add_area(process);

	area->start = start;
	area->end = start + pages * PAGE;
	area_set(area, KEY_SIZE, pages * PAGE);
}

/* Eight pages, half of them there; eight of which nothing is known; a gap; and four that many refer to. */
static void make_hot(struct process *process)
{
	struct area *area;

	process_init(process);
	heat_area(process, 0x100000, 8);
	area = &process->areas[0];
	area_set(area, KEY_RSS, 4 * PAGE);
	area_set(area, KEY_PSS, PAGE);
	area_set(area, KEY_SWAP, PAGE);
	area_set(area, KEY_COW_DEBT, 8 * PAGE);
	area_set(area, KEY_REFCOUNT_MAX, 7);
	area_set(area, KEY_MAPCOUNT_MAX, 0);
	heat_area(process, 0x108000, 8);
	heat_area(process, 0x114000, 4);
	area = &process->areas[2];
	area_set(area, KEY_RSS, 0);
	area_set(area, KEY_SHARED_HUGETLB, 4 * PAGE);
	area_set(area, KEY_PSS, 0);
	area_set(area, KEY_SWAP, 0);
	area_set(area, KEY_COW_DEBT, 0);
	area_set(area, KEY_REFCOUNT_MAX, UINT64_MAX);
	area_set(area, KEY_MAPCOUNT_MAX, 1);
}

/* 24 pages in cells of 4, or of 24. */
static bool heat_is(const struct process *process, enum map_heat heat, const int wanted[6], int of_all)
{
	struct map_scale scale = { .high = UINT64_MAX, .block = 4 * PAGE, .cells = 6 };
	struct map_row row = { .kind = MAP_ROW_CELLS, .start = 0x100000, .end = 0x118000, .rows = 1 };
	bool holds = true;
	int steps[6];

	map_heat_cells(heat, process, &scale, &row, steps);
	for (int i = 0; i < 6; i++)
		if (steps[i] != wanted[i])
			holds = ktap_note("%s, cell %d: %d, expected %d", map_heat_names[heat], i, steps[i], wanted[i]);
	scale = (struct map_scale){ .high = UINT64_MAX, .block = 32 * PAGE, .cells = 1 };
	map_heat_cells(heat, process, &scale, &row, steps);
	if (steps[0] != of_all)
		holds = ktap_note("%s, all: %d, expected %d", map_heat_names[heat], steps[0], of_all);
	return holds && map_heat_find(map_heat_names[heat]) == heat && map_heat_words[heat];
}

static bool heat_is_the_mean_of_what_is_known(void)
{
	enum { NO = HEAT_NOTHING, UN = HEAT_UNKNOWN };
	static const struct {
		enum map_heat heat;
		int wanted[6];
		int of_all;	/* 8 pages of the first area, 4 of the last */
	} rows[] = {
		{ HEAT_PRESENT, { 5, 5, UN, UN, NO, 9 }, 6 },
		{ HEAT_SWAP, { 1, 1, UN, UN, NO, 0 }, 0 },
		{ HEAT_DEBT, { 9, 9, UN, UN, NO, 0 }, 6 },
		{ HEAT_SHARED, { 7, 7, UN, UN, NO, UN }, 7 },
		{ HEAT_REFCOUNT, { 3, 3, UN, UN, NO, 9 }, 9 },
		{ HEAT_MAPCOUNT, { 0, 0, UN, UN, NO, 1 }, 1 },
	};
	struct process process;
	bool holds = true;

	make_hot(&process);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		holds &= heat_is(&process, rows[i].heat, rows[i].wanted, rows[i].of_all);
	process_free(&process);
	return holds && map_heat_find("heat") == HEAT_NR;
}

/* What counts is what each step begins with. */
static bool counts_are_logarithms(void)
{
	bool holds = true;

	for (int step = 0; step < HEAT_STEPS; step++) {
		struct area area = { .start = 0, .end = PAGE };

		area_set(&area, KEY_MAPCOUNT_MAX, (1ULL << step) - 1);
		holds &= map_heat_of(HEAT_MAPCOUNT, &area) == step;
		area_set(&area, KEY_MAPCOUNT_MAX, (2ULL << step) - 2);
		holds &= map_heat_of(HEAT_MAPCOUNT, &area) == step;
	}
	return holds;
}

static bool holes_are_between(void)
{
	struct map_holes holes, none;
	struct process process;
	bool holds;

	make_hot(&process);			/* a hole of 4 pages */
	heat_area(&process, 0x120000, 1);	/* of 8 */
	heat_area(&process, 0x121000, 1);	/* of none */
	heat_area(&process, 0x12a000, 1);	/* of 8 again */
	heat_area(&process, 0xffffffffff600000, 1);
	process.areas[process.nr_areas - 1].gate = true;
	map_holes_find(&holes, &process);
	process.nr_areas = 1;
	map_holes_find(&none, &process);
	process_free(&process);
	holds = holes.nr == 3 && holes.bytes == 20 * PAGE && holes.largest == 8 * PAGE && holes.start == 0x118000 &&
		map_holes_scattered(&holes) == 60 && !none.nr && !none.bytes && !map_holes_scattered(&none);
	return holds || ktap_note("%" PRIu64 " holes, %" PRIu64 " bytes, %" PRIu64 " at %" PRIx64 ", %u %%", holes.nr,
				  holes.bytes, holes.largest, holes.start, map_holes_scattered(&holes));
}

static const struct ktap_test tests[] = {
	{ "each mapped address is in one row, and all rows fit", fitted },
	{ "... at any scale in one row", scaled },
	{ "... of a part in one row, too", parts },
	{ "rows of one area fold", folds },
	{ "... unless they are but two", two_rows },
	{ "what is present counts with huge pages, and where it is known", presence },
	{ "no two kinds look alike", letters },
	{ "heat is the mean of what is known, of counts the highest", heat_is_the_mean_of_what_is_known },
	{ "counts are powers of two", counts_are_logarithms },
	{ "holes are between areas, and not before the gate area", holes_are_between },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
