// SPDX-License-Identifier: GPL-2.0
/* verbs.c - the one list of verbs. */
#include "columns/run_columns.h"
#include "columns/sharer_columns.h"
#include "command/options.h"
#include "verbs/advise/advise.h"
#include "verbs/all_verbs.h"
#include "verbs/cow/cow.h"
#include "verbs/cow/cow_columns.h"
#include "verbs/diff/diff.h"
#include "verbs/diff/diff_columns.h"
#include "verbs/explain/explain.h"
#include "verbs/faults/fault_columns.h"
#include "verbs/faults/faults.h"
#include "verbs/groups/group_diff.h"
#include "verbs/groups/groups.h"
#include "verbs/groups/groups_columns.h"
#include "verbs/groups/metrics.h"
#include "verbs/layout/layout.h"
#include "verbs/layout/layout_parts.h"
#include "verbs/map/map.h"
#include "verbs/pages.h"
#include "verbs/pins/pins.h"
#include "verbs/reclaim/reclaim.h"
#include "verbs/record/record.h"
#include "verbs/sharers/sharers.h"
#include "verbs/status.h"
#include "verbs/tables/tables.h"
#include "verbs/tables/tables_sums.h"
#include "verbs/top/top.h"
#include "verbs/top/top_columns.h"
#include "verbs/uffd/uffd.h"
#include "verbs/verify/verify.h"
#include "verbs/verify/verify_print.h"
#include "verbs/view.h"
#include "verbs/why/why.h"

/* Of areas, or of groups, which another room knows. */
static int diff_of_either(struct options *options)
{
	return options->by ? group_diff_main(options) : diff_main(options);
}

static const struct verb_row rows[] = {
	{ VERB_VIEW, NULL, "PID...", "one row an area", OPERANDS_PIDS, &area_columns, view_main },
	{ VERB_COW, "cow", "PID...", "who shares how much with whom, and how far children have diverged",
	  OPERANDS_PIDS, &cow_columns, cow_main },
	{ VERB_GROUPS, "groups", "[PID...]", "many processes in one table, each frame counted once",
	  OPERANDS_PIDS_OR_ALL, &groups_columns, groups_main },
	{ VERB_METRICS, "metrics", "[PID...]", "the same as OpenMetrics text, which Prometheus takes, too",
	  OPERANDS_PIDS_OR_ALL, NULL, metrics_main },
	{ VERB_PAGES, "pages", "PID...", "runs of equal pages: state, counts, flags, frames",
	  OPERANDS_PIDS, &run_columns, pages_main },
	{ VERB_MAP, "map", "PID...", "a picture of the address space: what kind of memory is where, and how much of it",
	  OPERANDS_PIDS, NULL, map_main },
	{ VERB_TOP, "top", "[PID...]", "processes as they change, their areas, and the pages of these",
	  OPERANDS_PIDS_OR_ALL, &top_columns, top_main },
	{ VERB_EXPLAIN, "explain", "PID ADDR...", "what is at an address, and what an access does there",
	  OPERANDS_PID_WORDS, NULL, explain_main },
	{ VERB_WHY, "why", "PID [ADDR]", "why areas are not one, memory is not huge, not merged, kept, copied",
	  OPERANDS_PID_WORDS, &why_columns, why_main },
	{ VERB_ADVISE, "advise", "PID...", "what is worth doing something about, the most bytes first",
	  OPERANDS_PIDS, &advise_columns, advise_main },
	{ VERB_RECORD, "record", "-f FILE PID...", "save what the module says of processes, once or again and again",
	  OPERANDS_PIDS, NULL, record_main },
	{ VERB_DIFF, "diff", "OLD NEW", "what has changed: FILE, FILE@N or PID against another",
	  OPERANDS_TWO, &diff_columns, diff_of_either },
	{ VERB_SHARERS, "sharers", "PID [ADDR]", "who else maps its pages, or the one at ADDR",
	  OPERANDS_PID_WORDS, &sharer_columns, sharers_main },
	{ VERB_PINS, "pins", "PID...", "what holds pages beyond the page tables, and what is locked",
	  OPERANDS_PIDS, &pin_columns, pins_main },
	{ VERB_RECLAIM, "reclaim", "PID...", "what the kernel could take back, and at what price",
	  OPERANDS_PIDS, &reclaim_columns, reclaim_main },
	{ VERB_STATUS, "status", "", "what works here, and what to do about the rest",
	  OPERANDS_NONE, NULL, status_main },
	{ VERB_VERIFY, "verify", "PID...", "compare with /proc and pmap, print each difference",
	  OPERANDS_PIDS, &verify_columns, verify_main },
	{ VERB_FAULTS, "faults", "PID", "its page faults while they happen, by area and kind",
	  OPERANDS_PID, &fault_columns, faults_main },
	{ VERB_LAYOUT, "layout", "PID [ADDR[+LEN]...]",
	  "the parts of a program and the segments of its threads, or where in memory an address is",
	  OPERANDS_PID_WORDS, &layout_columns, layout_main },
	{ VERB_TABLES, "tables", "PID...", "page tables by level, and what they take",
	  OPERANDS_PIDS, &tables_columns, tables_main },
	{ VERB_UFFD, "uffd", "PID...", "areas that a userfaultfd watches, and who holds the other end",
	  OPERANDS_PIDS, &uffd_columns, uffd_main },
	{ 0, "pmap", "[options] PID...", "print what pmap prints, with its options",
	  OPERANDS_PIDS, NULL, NULL },
};

const struct verb_list all_verbs = { rows, sizeof(rows) / sizeof(rows[0]) };
