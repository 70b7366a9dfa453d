/* SPDX-License-Identifier: GPL-2.0 */
/*
 * why_rows.h - in: areas that touch, memory that is not huge; out: rows, sums by reason, and which mappings make the
 * most areas.  Pure.
 */
#ifndef VMAVIEW_WHY_ROWS_H
#define VMAVIEW_WHY_ROWS_H

#include "draw/sheet.h"
#include "verbs/huge_ranges.h"
#include "vmaview/model.h"

/* What is asked for. */
struct why_choice {
	bool one;			/* only about what has @address */
	uint64_t address;
	uint64_t low;			/* areas of this range, its last address is part of it */
	uint64_t high;
	uint64_t limit;			/* areas that a process may have; 0: not known */
};

/* Two areas that touch; or where @seam is NULL memory that is not huge. */
struct why_row {
	const struct vmaview_seam *seam;
	const struct area *below;	/* NULL: it was not read, or has changed meanwhile */
	const struct area *above;
	struct huge_range huge;
};

/* Groups of rows. */
enum { WHY_MERGE, WHY_HUGE };

/* In the order of VMAVIEW_SEAM_WORDS; the last: nothing keeps them apart. */
#define WHY_FIELDS 9
#define WHY_NOTHING (WHY_FIELDS - 1)

extern const char *const why_fields[WHY_FIELDS];

/* The first in which two areas differ, an index of why_fields. */
unsigned int why_field(const struct vmaview_seam *seam);

/* A mapping and how many areas it has. */
struct why_site {
	const struct area *area;	/* one of them */
	uint64_t areas;
};

/* What goes beside the rows. */
struct why_sums {
	uint64_t seams[WHY_FIELDS];
	uint64_t bytes[WHY_FIELDS];	/* of the areas above them */
	uint64_t room;			/* for more areas, with @knows_room */
	bool knows_room;
	bool knows_huge;		/* what follows */
	struct thp_machine machine;	/* who may have huge pages here */
	uint64_t huge;			/* bytes that huge entries map */
	uint64_t small[HUGE_REASONS];	/* bytes that are not huge for this reason */
	size_t nr_sites;
	struct why_site site[];		/* most areas first */
};

/*
 * The rows of @sheet->process that @sheet->context, a struct why_choice, asks for, and those of @ranges, found for
 * @machine; both are NULL where that is not known.  @sheet->beside becomes their struct why_sums.  0 or -ENOMEM.
 */
int why_rows(struct sheet *sheet, const struct huge_ranges *ranges, const struct thp_machine *machine);

#endif /* VMAVIEW_WHY_ROWS_H */
