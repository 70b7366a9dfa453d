# SPDX-License-Identifier: GPL-2.0
# source.sh - a row of linux-source and its apt sources in, a root with its kernel compiled out.
# Sourced by root.sh.
#
# What is compiled is kept in the unfinished root: whoever is stopped goes on from there.
# shellcheck shell=sh disable=SC2154

# source_inputs ROW: all that its root is made from, beside packages.
source_inputs() {
	grep -h CONFIG_ "$tree/scripts/configs/guest" "$tree/scripts/configs/$1"
	cat "$tree/scripts/lib/bootstrap-source.sh" "$tree/scripts/lib/source-kernel.sh"
}

# show_progress ROW <PIPE: what the compiler says goes to the log, how far it got to stderr.
show_progress() {
	files=0
	while IFS= read -r line; do
		printf '%s\n' "$line"
		case $line in
		'  CC '* | '  AS '*) files=$((files + 1)) ;;
		*) continue ;;
		esac
		[ $((files % 250)) != 0 ] || say "$1: $files files compiled"
	done >>"$log"
}

# compile_source ROW: in $new, attended; what is there already is not compiled again.
compile_source() {
	say "$1: compiling its kernel, some 1800 files: 20 minutes on two free processors (log: $log)"
	rm -f "$log.pipe"
	mkfifo "$log.pipe"
	show_progress "$1" <"$log.pipe" &
	shower=$!
	in_root "$new" "$tree/scripts" sh /vmaview/lib/source-kernel.sh "$1" >"$log.pipe" 2>&1
	ret=$?
	wait $shower
	rm -f "$log.pipe"
	return $ret
}

# make_source_root ROW SUITE: into $new; the log is $log.
make_source_root() {
	if [ ! -e "$new/etc/vmaview/version" ]; then
		rm -rf "$new"
		bootstrap_source "$1" "$2" >"$log" 2>&1 || return
	fi
	compile_source "$1"
}
