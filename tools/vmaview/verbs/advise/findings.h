/* SPDX-License-Identifier: GPL-2.0 */
/* findings.h - in: processes; out: what is worth doing something about, the most bytes first.  Pure. */
#ifndef VMAVIEW_FINDINGS_H
#define VMAVIEW_FINDINGS_H

#include "proc/holders.h"
#include "verbs/huge_ranges.h"
#include "vmaview/model.h"

/* Less than this is not worth a line; areas that are writable and executable are, whatever their size. */
#define FINDING_LEAST (UINT64_C(1) << 20)
/* As it comes to much in many small pieces, more is asked of what could be huge, ... */
#define FINDING_LEAST_HUGE (UINT64_C(8) << 20)
/* ... and of page tables, which are an eighth of what they map at least. */
#define FINDING_LEAST_TABLES (UINT64_C(4) << 20)
#define FINDING_TABLES_PART 8

enum advice {
	ADVICE_COW_DEBT,
	ADVICE_PAGE_TABLES,
	ADVICE_PINS,
	ADVICE_ELSEWHERE,
	ADVICE_MAP_COUNT,
	ADVICE_WX,
	ADVICE_LAZYFREE,
	ADVICE_UNMAPPED,
	ADVICE_HUGE,			/* and the reason */
	ADVICE_NR = ADVICE_HUGE + HUGE_REASONS
};

struct advice_row {
	const char *kind;
	const char *what;
	const char *command;		/* of who has the most: what comes before its PID, ... */
	const char *after;		/* ... and after it; NULL: it needs no PID */
	const char *remedy;
	bool maybe;
};

struct finding_who {
	pid_t pid;
	uint64_t bytes;
};

struct finding {
	const struct advice_row *row;	/* NULL: nothing is advised */
	uint64_t bytes;
	struct finding_who *who;	/* the most bytes first, once they are sorted */
	size_t nr;
	size_t room;
};

struct findings {
	struct finding of[ADVICE_NR];
	uint64_t tables;		/* of all processes */
	uint64_t pss;
};

/* What is known beside a process's records. */
struct findings_known {
	uint64_t free;			/* memory that is free, or page cache that nobody maps; VMAVIEW_UNKNOWN64 */
	uint64_t limit;			/* areas that a process may have; 0: not known */
	const struct huge_ranges *ranges;
	const struct holders *holders;
};

/* Each 0 or -ENOMEM; findings_free() whatever comes. */
int findings_add_process(struct findings *findings, const struct process *process,
			 const struct findings_known *known);
/* Of somebody, or with a PID of 0 of nobody. */
int findings_add(struct findings *findings, enum advice advice, pid_t pid, uint64_t bytes);
/* All are there: the most bytes first, at most @room of them.  How many there are. */
size_t findings_sort(struct findings *findings, const struct finding **list, size_t room);
void findings_free(struct findings *findings);

#endif /* VMAVIEW_FINDINGS_H */
