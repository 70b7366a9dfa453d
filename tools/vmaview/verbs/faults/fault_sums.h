/* SPDX-License-Identifier: GPL-2.0 */
/* fault_sums.h - in: faults, each with its area and kind; out: a row for each of these pairs. */
#ifndef VMAVIEW_FAULT_SUMS_H
#define VMAVIEW_FAULT_SUMS_H

#include "verbs/faults/fault_times.h"
#include "verbs/faults/fault_track.h"
#include "vmaview/model.h"

/* Of one area and kind; or, in a stream, one fault. */
struct fault_row {
	enum fault_kind kind;
	bool has_area;			/* the next four are known */
	uint64_t start;
	uint64_t end;
	char perms[8];
	const char *name;		/* as maps shows it */
	uint64_t faults;
	struct fault_times times;	/* from exception to counter, or for a lock, of those of which both were seen */
	uint64_t time;			/* ns since the beginning: of the end of what was counted */
	uint64_t span;			/* ns that it was counted for; 0: a single fault */
	const struct fault *fault;	/* of a stream */
};

struct fault_sums {
	struct fault_row *rows;		/* names are their own */
	size_t nr;
	size_t room;
	uint64_t faults;		/* of all rows that count some */
};

/* What a fault is a row of; the name is @area's. */
struct fault_row fault_row_of(const struct fault *fault, enum fault_kind kind,
			      const struct area *area);

/* 0 or -ENOMEM. */
int fault_sums_add(struct fault_sums *sums, const struct fault_row *row);
void fault_sums_free(struct fault_sums *sums);

/* In the order of addresses, what has no area last; with what was counted when, and how long. */
void fault_sums_close(struct fault_sums *sums, uint64_t time, uint64_t span);

#endif /* VMAVIEW_FAULT_SUMS_H */
