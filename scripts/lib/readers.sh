# SPDX-License-Identifier: GPL-2.0
# readers.sh - the readers of scripts/readers: read_READER writes what it found, FILE, line, kind and words with a tab
# between each, in a copy of the checkout.  Sourced.
# shellcheck shell=sh disable=SC2154

# Wider lines than the kernel's own: comments are wrapped at 110 columns, tables at 120.
COLUMNS_MAX=120
# What clang thinks of in one function before it gives up; with its own 225,000 it takes three times as long.
CLANG_NODES=60000

# The tool, its library, and what of the module knows no kernel.
hosted() {
	find tools module/judge -name '*.c' | sort
}

# In the words of gcc: where headers are, and what the build defines.
hosted_flags() {
	printf '%s ' -std=c11 -D_GNU_SOURCE -Iuapi -Imodule -Itools/vmaview -Itools/lib -Itools/lib/vmaview -DPMAP_PROCPS=40002
	pkg-config --cflags smartcols json-c libproc2 libcap-ng libbpf libzstd
}

# Days that what was said of a file is kept after it was last of use.
READINGS_KEPT=30

# readings NAME: the folder of what a reader has said; without the cache, one of this run.
readings() {
	kept=${again:+$work}
	kept=${kept:-$cache}/readings/$1
	mkdir -p "$kept"
	find "$kept" -type f -mtime +$READINGS_KEPT -delete
	echo "$kept"
}

# How many files each() gives a reader at a time.
AT_A_TIME=4

# each COMMAND...: of the files on stdin, some at a time; what it says in one piece.
each() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	xargs -P "$(nproc)" -n $AT_A_TIME sh -c 'said=$("$@" 2>&1); [ -z "$said" ] || printf "%s\n" "$said"' sh "$@"
}

# From the source of the newest kernel that apt has here; kept until there is another one.
checkpatch_script() {
	source=$(find /usr/src -maxdepth 1 -name 'linux-source-*.tar.*' | sort -V | tail -n 1)
	kept=$cache/checkpatch/$(stat -L -c %Y-%s "$source")
	if [ ! -e "$kept/checkpatch.pl" ]; then
		rm -rf "$cache/checkpatch"
		mkdir -p "$kept"
		tar -x -C "$kept" --strip-components=2 --wildcards -f "$source" '*/scripts/const_structs.checkpatch' \
			'*/scripts/spelling.txt' '*/scripts/checkpatch.pl' || return
	fi
	echo "$kept/checkpatch.pl"
}

# name_readings KEPT <FILES: "KEPT/HASH.NAME FILE", by what is in each.
name_readings() {
	xargs sha256sum | awk -v kept="$1" '{ name = $2; gsub("/", ":", name); print kept "/" $1 "." name, $2 }'
}

# keep_readings KEPT NEEDED <WHAT WAS SAID: file by file, if each time it was run it came to its end: 1 is a finding.
keep_readings() {
	cat >"$work/said"
	[ "$(grep -c '^ended: [01]$' "$work/said")" = $((($(wc -l <"$2") + AT_A_TIME - 1) / AT_A_TIME)) ] || return
	rm -rf "$work/parts"
	mkdir "$work/parts"
	awk -v new="$work/parts/" 'FNR == NR { name = $1; sub(/.*\//, "", name); of[$2] = new name; printf "" >of[$2]; next }
		{ file = $0; sub(/:.*/, "", file) }
		file in of { print >>of[file] }' "$2" "$work/said"
	find "$work/parts" -type f -exec mv -t "$1" {} +
}

# Of itself alone: what it said of a file is true until the file or the script changes.
read_checkpatch() {
	script=$(checkpatch_script) || return
	# shellcheck disable=SC2016 # expanded by the inner shell
	set -- sh -c '"$@"; echo "ended: $?"' sh perl "$script" --no-tree --strict --file --terse --show-types --max-line-length=$COLUMNS_MAX
	kept=$(readings "checkpatch-$({ echo "$@"; cat "${script%/*}"/*; } | cksum | tr ' ' -)") || return
	find module uapi tools -name '*.[ch]' ! -path '*/probe/*' ! -name features.h | sort |
		name_readings "$kept" >"$work/readings"
	while read -r reading file; do
		[ -e "$reading" ] && [ "$file" != $FAULT ] || echo "$reading $file"
	done <"$work/readings" >"$work/needed"
	cut -d' ' -f2 "$work/needed" | each "$@" | keep_readings "$kept" "$work/needed" || return
	cut -d' ' -f1 "$work/readings" | xargs touch -c
	cut -d' ' -f1 "$work/readings" | xargs cat |
		sed -nE 's/^([^:]+):([0-9]+): (ERROR|WARNING|CHECK):([A-Z_]+): (.*)/\1\t\2\t\4\t\5/p'
}

# findings <COMPILER'S WORDS: FILE, line, kind and what it says, a tab between each.
findings() {
	sed -nE 's@^(/vmaview/)?([^: ]+):([0-9]+):[0-9]+: [a-z]+: (.*) \[([^]]+)\]$@\2\t\3\t\5\t\4@p
		t
		s@^(/vmaview/)?([^: ]+):([0-9]+):[0-9]+: (warning|error): (.*)@\2\t\3\t-\t\5@p' | sort -u
}

read_cppcheck() {
	# shellcheck disable=SC2046 # a list of words
	hosted | each cppcheck -q --enable=warning,portability,performance $(hosted_flags | sed 's/-std=/--std=/') \
		--template='{file}:{line}:{column}: {severity}: {message} [{id}]' --template-location='' | findings
}

# each_once NAME WORDS COMPILER...: of each of the files, or what it said of the same before; in one piece, as each().
each_once() {
	kept=$(readings "$1") || return
	words=$2
	shift 2
	# shellcheck disable=SC2016 # expanded by the inner shell
	hosted | FAULT=$FAULT xargs -P "$(nproc)" -n 1 sh -c 'said=$("$@"); [ -z "$said" ] || printf "%s\n" "$said"' sh \
		sh scripts/lib/read-once.sh "$kept" "$words" "$@"
}

read_clang() {
	each_once clang "$(hosted_flags)" clang --analyze --analyzer-output text -Xclang -analyzer-config \
		-Xclang max-nodes=$CLANG_NODES | findings
}

read_gcc() {
	each_once gcc "-O1 $(hosted_flags)" gcc -fanalyzer -fdiagnostics-plain-output -c -o /dev/null | findings
}

# With the limits that this house has for a function.
read_tidy() {
	# shellcheck disable=SC2046,SC2016 # a list of words; expanded by the inner shell
	hosted | each sh -c 'rules=$1 limits=$2 flags=$3
		shift 3
		clang-tidy --quiet --checks="-*,$rules" --config="$limits" "$@" -- $flags 2>/dev/null' sh \
		"$(sed -n 's/^rules tidy //p' "$KNOWN" | tr ' ' ,)" "{CheckOptions: [
			{key: readability-function-size.LineThreshold, value: 40},
			{key: readability-function-size.ParameterThreshold, value: 5},
			{key: readability-function-size.StatementThreshold, value: 800}]}" \
		"$(hosted_flags)" | sed "s@^$work/source/@@" | findings
}

# The one of this machine, with its own C library: the roots have none.
bring_sparse() {
	rm -rf "$1"
	mkdir "$1"
	ldd "$(command -v sparse)" | grep -o '/[^ ]*' | xargs cp -L -t "$1"
	cp "$(command -v sparse)" "$1"
}

# The kernel of this machine's suite, whose headers its sparse knows; without one the first of all.
sparse_row() {
	stock_rows | while read -r row; do
		if [ "$(row_field "$row" 2)" = "$(own_suite)" ]; then echo "$row"; fi
	done | grep . || stock_rows
}

# read_sparse: in a subshell, which holds the root.
read_sparse() (
	on_end end_attended
	row=$(sparse_row | sed -n 1p)
	hold_root "$row"
	copy=$(build_dir "sparse-${root##*/}")/tree
	mkdir -p "$copy"
	exec 9>>"${copy%/tree}/lock"
	take_lock 9 "the build in $copy"
	copy_tree "$copy" >&2
	bring_sparse "$copy/.sparse"
	in_root "$root" "$copy" make -C /vmaview -j"$(nproc)" module KDIR="/lib/modules/$(row_release "$row")/build" C=2 \
		CHECK='/vmaview/.sparse/ld-linux-x86-64.so.2 --library-path /vmaview/.sparse /vmaview/.sparse/sparse' \
		>"$work/sparse" 2>&1 || { tail -n 20 "$work/sparse" >&2; exit 1; }
	[ "$(grep -c '^ *CHECK ' "$work/sparse")" -ge "$(find module -name '*.c' ! -path '*/probe/*' | wc -l)" ] ||
		{ say "$row: sparse has not read all of the module"; exit 1; }
	findings <"$work/sparse" | grep '^module/' | sort -u
)
