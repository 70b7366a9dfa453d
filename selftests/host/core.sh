#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# core.sh - core files that the kernel and gdb have written, against the maps of the process that they are of
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
needs jq jq
vmaview=$PWD/bin/tool/vmaview

# of_maps: each area of $work/maps as a core has it: not who shares it, and of names those of files and three others.
of_maps() {
	awk '{
		split($1, ends, "-")
		name = $6
		for (i = 7; i <= NF; i++)
			name = name " " $i
		file = $5 != 0 && NF > 5
		if (!file && name !~ /^\[(vdso|stack|vsyscall)\]$/)
			name = "-"
		sub(/^0+/, "", ends[1])
		sub(/^0+/, "", ends[2])
		sub(/^0+/, "", $3)
		print ends[1], ends[2], substr($2, 1, 3) "?", file ? ($3 == "" ? "0" : $3) : "-", name
	}' "$work/maps"
}

# of_core FILE: likewise.
of_core() {
	"$vmaview" --from "$1" -J | jq -r '
		def hex: if . < 16 then "0123456789abcdef"[.:. + 1] else (. / 16 | floor | hex) + (. % 16 | hex) end;
		.processes[0].areas[] | [(.start, .end)[2:], .perms, (.offset | if . == null then "-" else hex end),
		.name // "-"] | join(" ")'
}

# refused WORDS SENTENCE ARGUMENT...: one line on stderr, with these words, nothing on stdout, status 1.
refused() {
	words=$1 sentence=$2
	shift 2
	"$vmaview" "$@" >"$work/stdout" 2>"$work/stderr"
	status=$?
	[ $status = 1 ] && [ ! -s "$work/stdout" ] && [ "$(wc -l <"$work/stderr")" = 1 ] &&
		grep -q -e "$words" "$work/stderr"
	ok $? "$sentence" "$work/stderr"
}

# kernel_core: of a shell that looked at its own maps, twice, so that its heap has what that needs; in $work/core.
kernel_core() {
	mkdir "$work/cores"
	(
		cd "$work/cores" || exit
		# shellcheck disable=SC3045 # what has no such limit writes no core
		ulimit -c unlimited 2>"$work/limit" || exit
		# shellcheck disable=SC2016 # expanded by the inner shell
		sh -c 'for once in 1 2; do while IFS= read -r line; do echo "$line"; done </proc/self/maps >"$1"; done
			kill -ABRT $$' sh "$work/maps" || true
	) 2>/dev/null
	for core in "$work"/cores/*; do
		[ ! -f "$core" ] || mv "$core" "$work/core"
	done
	rmdir "$work/cores"
	[ -s "$work/core" ]
}

test_kernel_core() {
	of_maps >"$work/expected"
	of_core "$work/core" >"$work/found" 2>&1
	diff "$work/expected" "$work/found" >"$work/diff" && [ -s "$work/found" ]
	ok $? "a core of the kernel has the areas of maps" "$work/diff"
	"$vmaview" --from "$work/core" -J >"$work/json"
	jq -e '.vmaview.source == "file" and .vmaview.kernel == null and .vmaview.abi == null and
		.processes[0].comm == "sh" and .processes[0].receipt == null' "$work/json" >/dev/null
	ok $? "... and says of whom it is" "$work/json"
	jq -c '[.processes[0].areas[] | to_entries[] | select(.value != null and
		(.key | IN("start", "end", "size", "perms", "offset", "name", "kind") | not)) | .key] | unique' \
		"$work/json" >"$work/found"
	# What cannot be written has no cost of writing.
	echo '[]' | diff - "$work/found" >"$work/diff"
	ok $? "... and what a core does not know is null, never 0" "$work/diff"
	jq -e '.processes[0].total | to_entries | all(.key == "size" or .value == null)' "$work/json" >/dev/null
	ok $? "... in sums, too" "$work/json"
	"$vmaview" diff --exit-code "$work/core" "$work/core" >"$work/found" 2>&1
	ok $? "a core does not differ from itself" "$work/found"
	for verb in pages pins cow reclaim sharers uffd layout tables; do
		refused "what $verb shows is not in a core" "$verb says that a core does not have it" $verb --from "$work/core"
	done
	for view in '' -r -O map 'map --ascii' groups 'groups --by kind' 'groups --by mapping'; do
		# shellcheck disable=SC2086 # a list of words
		"$vmaview" $view --from "$work/core" >"$work/found" 2>"$work/stderr" && [ -s "$work/found" ] &&
			[ ! -s "$work/stderr" ]
		ok $? "a core is shown: ${view:-the view}" "$work/stderr"
	done
	"$vmaview" map --svg "$work/svg" --from "$work/core" && grep -q 'data-kind="unknown"' "$work/svg"
	ok $? "... in a drawing"
	"$vmaview" map --html "$work/html" --from "$work/core" && grep -q '"kind":null' "$work/html"
	ok $? "... and in a page"
	"$vmaview" --from "$work/core@1" >"$work/found" 2>&1
	ok $? "a core is one moment" "$work/found"
	refused 'no moment 2' "... and no more" --from "$work/core@2"
	head -c 5000 "$work/core" >"$work/cut"
	refused 'it is cut' "a core that is cut is refused" --from "$work/cut"
	head -c 10 "$work/core" >"$work/cut"
	refused 'damaged' "... right after it has begun, too" --from "$work/cut"
	refused 'it is cut' "... by each verb" map --from "$work/cut2"
}

# A shell that waits, in a state that does not change.
gdb_core() {
	mkfifo "$work/ready" "$work/end"
	# shellcheck disable=SC2016 # expanded by the inner shell
	sh -c 'echo >"$1"; read -r line <"$2"' sh "$work/ready" "$work/end" &
	waits=$!
	read -r _ <"$work/ready"
	gdb -nx -batch -p $waits -ex "generate-core-file $work/gdb" >"$work/gdb.out" 2>&1
	[ -s "$work/gdb" ]
}

end_gdb_core() {
	echo >"$work/end"
	wait "$waits"
}

test_gdb_core() {
	"$vmaview" diff -J "$work/gdb" $waits 2>/dev/null | jq -c \
		'[.areas[] | select(.change != ["new"] or (.name | startswith("[vvar") | not)) | [.change, .name]]' >"$work/found"
	echo '[]' | diff - "$work/found" >"$work/diff"
	ok $? "a core of gdb has what the process has, but for what holds no memory" "$work/diff"
	"$vmaview" --from "$work/gdb" -J | jq -r '.processes[0].areas[].perms[0:1]' | sort -u >"$work/found"
	echo '?' | diff - "$work/found" >"$work/diff"
	ok $? "... but not what may be read" "$work/diff"
}

if kernel_core; then
	cp "$work/core" "$work/cut2"
	truncate -s -1 "$work/cut2"
	test_kernel_core
	# shellcheck disable=SC2002 # a pipe is what is wanted
	cat "$work/core" | "$vmaview" --from /dev/stdin >"$work/found" 2>"$work/stderr"
	[ $? = 1 ] && grep -q 'not from a pipe' "$work/stderr" && [ "$(wc -l <"$work/stderr")" = 1 ]
	ok $? "a pipe of a core is refused" "$work/stderr"
else
	skip "a core of the kernel has the areas of maps" \
		"no core is written here: core_pattern is $(cat /proc/sys/kernel/core_pattern)"
fi
refused 'no core' "a program is no core" --from "$vmaview"
if have gdb gdb "a core of gdb has what the process has, but for what holds no memory"; then
	if gdb_core; then
		test_gdb_core
	else
		skip "a core of gdb has what the process has, but for what holds no memory" "gdb writes none here"
	fi
	end_gdb_core
fi
tap_end
