// SPDX-License-Identifier: GPL-2.0
/* option_rows.c - the one list of options. */
#include "command/option_rows.h"
#include "command/verb_list.h"

#define OF_MEMORY	(VERB_VIEW | VERB_PAGES | VERB_SHARERS | VERB_COW | VERB_PINS | VERB_RECLAIM | \
		   VERB_UFFD | VERB_WHY)
#define SHEETS	(VERB_LAYOUT | VERB_TABLES)
#define SUMS	(OF_MEMORY | VERB_GROUPS)
#define LIVE	(SUMS | VERB_TOP)
#define WITH_COLUMNS	(LIVE | VERB_VERIFY | VERB_FAULTS | SHEETS | VERB_DIFF | VERB_ADVISE)
#define TABLES	(WITH_COLUMNS | VERB_STATUS)
#define ROWS	(TABLES | VERB_EXPLAIN)
#define ANY	(ROWS | VERB_RECORD | VERB_METRICS | VERB_MAP)
#define OF_PROCESSES	(ANY & ~(VERB_STATUS | VERB_DIFF))

const struct option_row option_rows[] = {
	{ OPTION_NAME, "name", "REGEX", OF_PROCESSES, "processes that are called so, beside those named by PID" },
	{ OPTION_USER, "user", "USER", OF_PROCESSES, "those of this user, by name or number" },
	{ OPTION_CGROUP, "cgroup", "PATH", OF_PROCESSES, "those in this cgroup and below" },
	{ OPTION_TREE, "tree", "PID", OF_PROCESSES, "this one and its descendants" },
	{ OPTION_ALL, "all", NULL, OF_PROCESSES, "all processes" },
	{ 'o', "output", "COLS", WITH_COLUMNS, "show these columns; +COLS adds to the default" },
	{ 'O', "output-all", NULL, WITH_COLUMNS, "show all columns" },
	{ 'H', "list-columns", NULL, WITH_COLUMNS, "list the columns, and end" },
	{ 'J', "json", NULL, (ROWS & ~VERB_TOP) | VERB_MAP, "print JSON" },
	{ 'r', "raw", NULL, ROWS, "print unaligned cells, one blank between two" },
	{ 'n', "noheadings", NULL, ROWS, "print no headings" },
	{ 'b', "bytes", NULL, LIVE | SHEETS | VERB_MAP | VERB_DIFF | VERB_ADVISE,
	  "print sizes in bytes, not in kB" },
	{ OPTION_SORT, "sort", "[-]COL", WITH_COLUMNS, "order by a column; -COL: the most first" },
	{ OPTION_HEAD, "head", "N", WITH_COLUMNS, "only the first N rows of each table" },
	{ 'Q', "filter", "EXPR", LIVE | VERB_ADVISE, "only rows for which EXPR holds: see vmaview(8)" },
	{ OPTION_NO_PFN, "no-pfn", NULL, VERB_PAGES, "join runs whose page frames are scattered" },
	{ 'A', "range", "LOW[,HIGH]", OF_MEMORY | VERB_MAP, "only areas in this range of hex addresses" },
	{ 'p', "show-path", NULL, OF_MEMORY | VERB_FAULTS | VERB_LAYOUT | VERB_DIFF,
	  "print whole paths in the column Mapping" },
	{ 'q', "quiet", NULL, SUMS | VERB_FAULTS | SHEETS | VERB_MAP | VERB_DIFF,
	  "print neither command line nor totals" },
	{ OPTION_COLOR, "color", "[=WHEN]", TABLES | VERB_MAP, "colour: auto (a terminal), always, never" },
	{ OPTION_FROM, "from", "FILE", SUMS | SHEETS | VERB_MAP,
	  "show what record saved, not a process: of FILE the last moment, of FILE@N the N-th; or a core file" },
	{ 'f', "file", "FILE", VERB_RECORD | VERB_EXPLAIN,
	  "where record saves to, explain reads addresses from" },
	{ OPTION_PAGES, "pages", NULL, VERB_RECORD, "save single pages, who else maps them, and userfaultfds, too" },
	{ OPTION_AREAS, "areas", NULL, VERB_COW, "one row an area, not one a process" },
	{ OPTION_UNHELD, "unheld", NULL, VERB_PINS, "pages that nothing holds, too" },
	{ OPTION_WATCH, "watch", "[=SECONDS]", VERB_COW, "a line every SECONDS (1), until SIGINT" },
	{ OPTION_TRIES, "tries", "N", VERB_VERIFY, "read what differs up to N times (3)" },
	{ OPTION_INTERVAL, "interval", "SECONDS", VERB_TOP | VERB_FAULTS | VERB_RECORD,
	  "print, or record a moment, that often (1)" },
	{ OPTION_COUNT, "count", "N", VERB_TOP | VERB_FAULTS | VERB_RECORD,
	  "end after N intervals, frames, faults of a stream, or moments of record" },
	{ OPTION_WHEN_GROWN, "when-grown", "SIZE", VERB_RECORD,
	  "record a moment where Rss + Swap has grown by SIZE (bytes, or 64K, 1M ...) since the last" },
	{ OPTION_STREAM, "stream", NULL, VERB_FAULTS, "print each fault, a line each" },
	{ OPTION_HISTOGRAM, "histogram", NULL, VERB_FAULTS, "draw how long they took, after the total" },
	{ OPTION_LOCK_WAITS, "lock-waits", NULL, VERB_FAULTS, "how long its threads wait for mmap_lock, too" },
	{ OPTION_STRUCTS, "structs", NULL, VERB_TABLES, "show structures of this kernel, not a process" },
	{ OPTION_LOAD, "load", NULL, VERB_STATUS, "load the module first; no other verb and no other option does" },
	{ OPTION_BY, "by", "KEY[,KEY]", VERB_GROUPS | VERB_METRICS | VERB_DIFF,
	  "pid, name (groups), exe, user, cgroup (metrics), session, tree, kind, mapping, fault, ops, perms, label, "
	  "object" },
	{ OPTION_LABELS, "labels", "FILE", VERB_VIEW | VERB_MAP | VERB_TOP | VERB_GROUPS | VERB_METRICS | VERB_DIFF,
	  "names of ranges: lines START SIZE NAME, in hex" },
	{ OPTION_MAX_GROUPS, "max-groups", "N", VERB_METRICS, "N groups with the most memory (50), the others as one" },
	{ OPTION_MAX_SECONDS, "max-seconds", "S", VERB_METRICS, "whom it does not reach in S seconds is not read" },
	{ OPTION_TEXTFILE, "textfile", "PATH", VERB_METRICS, "write to PATH, which is there only when it is whole" },
	{ OPTION_ASCII, "ascii", NULL, VERB_MAP, "draw with the letters of ASCII alone" },
	{ OPTION_HEAT, "heat", "WHAT", VERB_MAP,
	  "show how much of this there is, not kinds: present, swap, debt, shared, refcount, mapcount" },
	{ OPTION_SVG, "svg", "FILE", VERB_MAP, "draw it into FILE, not on the terminal" },
	{ OPTION_HTML, "html", "FILE", VERB_MAP, "write a page into FILE that a browser shows, to look around in" },
	{ OPTION_BATCH, "batch", NULL, VERB_TOP, "print frames as text, one after the other" },
	{ OPTION_ONCE, "once", NULL, VERB_TOP, "print one frame" },
	{ OPTION_DUTY, "duty", "PERCENT", VERB_TOP, "of a processor, at most (1): frames are left out for that" },
	{ OPTION_SMAPS, "smaps", NULL, VERB_TOP, "without the module: read smaps, which holds targets up" },
	{ OPTION_STAT, "stat", NULL, VERB_DIFF, "by kind and mapping, what has changed the most first" },
	{ OPTION_EXIT_CODE, "exit-code", NULL, VERB_DIFF, "exit with 8 where something differs" },
	{ 'h', "help", NULL, ANY, "print this" },
	{ 'V', "version", NULL, ANY, "print the version" },
};

const size_t nr_option_rows = sizeof(option_rows) / sizeof(option_rows[0]);

_Static_assert(sizeof(option_rows) / sizeof(option_rows[0]) <= OPTIONS_MAX, "getopt's tables hold all options");
