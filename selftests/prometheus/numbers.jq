# numbers.jq - what groups -J gave, or with --arg of answer what a query of Prometheus did, in; out: a line
# ["GROUP","METRIC",NUMBER] for each number that both can have, with names as groups spells them but for tab and CR
def name: {
	frames: "frames_bytes", unique: "unique_bytes", outside: "shared_outside_bytes", rss: "resident_bytes",
	pss: "proportional_bytes", swap: "swap_bytes", cow_debt: "cow_debt_bytes", maybe_pinned: "maybe_pinned_bytes",
	locked: "locked_bytes", lazyfree: "lazyfree_bytes", tables: "page_tables_bytes", processes: "processes",
	reclaim_drop: "reclaim_bytes drop", reclaim_write: "reclaim_bytes write", reclaim_swap: "reclaim_bytes swap",
	reclaim_never: "reclaim_bytes never"
};

def of_groups:
	.groups[] | . as $row | name | to_entries[] | [($row.group.name | gsub("\t"; "\\011") | gsub("\r"; "\\015")), .value, $row[.key]]
	| select(.[2] != null);

def of_answer:
	(name | map_values({(.): 1}) | add) as $known
	| .data.result[] | .metric as $labels
	| ([$labels.__name__[8:], $labels.how] | map(values) | join(" ")) as $metric
	| select($known[$metric])
	| [($labels.name | gsub("\\\\134"; "\\")), $metric, (.value[1] | tonumber)];

[if $of == "answer" then of_answer else of_groups end] | sort[] | @json
