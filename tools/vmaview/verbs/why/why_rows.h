/* SPDX-License-Identifier: GPL-2.0 */
/*
 * why_rows.h - in: areas that touch, memory that is not huge, not merged, kept, forked; out: rows, sums by reason, and
 * which mappings make the most areas.  Pure.
 */
#ifndef VMAVIEW_WHY_ROWS_H
#define VMAVIEW_WHY_ROWS_H

#include "draw/sheet.h"
#include "proc/holders.h"
#include "verbs/huge_ranges.h"
#include "verbs/why/fork_ranges.h"
#include "verbs/why/kept_ranges.h"
#include "verbs/why/ksm_ranges.h"
#include "vmaview/model.h"

/* What is asked for. */
struct why_choice {
	const struct options *options;
	bool one;			/* only about what has @address */
	uint64_t address;
	uint64_t low;			/* areas of this range, its last address is part of it */
	uint64_t high;
	uint64_t limit;			/* areas that a process may have; 0: not known */
};

/* Groups of rows. */
enum why_question { WHY_MERGE, WHY_HUGE, WHY_KSM, WHY_KEPT, WHY_FORKS, WHY_QUESTIONS };

/* Their names, which are keys in JSON. */
extern const char *const why_questions[WHY_QUESTIONS];

/* An answer to @question. */
struct why_row {
	enum why_question question;
	/* WHY_MERGE, of two areas that touch; NULL of any other: */
	const struct vmaview_seam *seam;
	const struct area *below;	/* NULL: it was not read, or has changed meanwhile */
	const struct area *above;
	struct huge_range huge;		/* WHY_HUGE */
	struct why_range range;		/* all others */
	const struct holders *holders;	/* what of the process may hold it; NULL: nobody asked */
	const pid_t *pids;		/* WHY_FORKS: who else maps it, range.nr_pids; NULL: not known */
};

/* What was found of a process beside areas that touch; each NULL where it is not known. */
struct why_found {
	const struct huge_ranges *huge;
	const struct thp_machine *thp;		/* with @huge */
	const struct ksm_ranges *ksm;
	const struct ksm_asked *ksmd;		/* with @ksm: what that was found for */
	const struct kept_ranges *kept;
	const struct vm_settings *settings;	/* with @kept */
	const struct fork_ranges *forks;
	const struct holders *holders;
};

/* A question whose rows are ranges: WHY_KSM and those that follow. */
struct why_words {
	const char *const *word;	/* of its reasons */
	unsigned int nr;
};

/* Those of @question; nr is 0 of others. */
struct why_words why_words_of(enum why_question question);

/* No question of why_words_of() has more reasons. */
#define WHY_REASONS_MAX 16

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
	bool knows_ksm;			/* what follows */
	struct ksm_machine ksmd;
	bool knows_ksm_pages;
	uint64_t ksm_pages;		/* of the process, that ksmd looks at */
	uint64_t merged;		/* bytes that KSM has merged */
	bool knows_kept;		/* what follows */
	uint64_t movable;		/* bytes that nothing keeps where they are */
	struct vm_settings settings;
	bool knows_forks;
	const struct holders *holders;	/* they lie behind @site */
	const pid_t *pids;
	uint64_t memory[WHY_QUESTIONS][WHY_REASONS_MAX];	/* of why_words_of(): bytes for this reason */
	size_t nr_sites;
	struct why_site site[];		/* most areas first */
};

/*
 * The rows of @sheet->process that @sheet->context, a struct why_choice, asks for, and those that were @found.
 * @sheet->beside becomes their struct why_sums.  0 or -ENOMEM.
 */
int why_rows(struct sheet *sheet, const struct why_found *found);

#endif /* VMAVIEW_WHY_ROWS_H */
