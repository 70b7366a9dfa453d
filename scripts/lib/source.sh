# SPDX-License-Identifier: GPL-2.0
# source.sh - a row of linux-source and its apt sources in, a root with its kernel compiled out.
# Sourced by root.sh.
#
# What is compiled is kept in the unfinished root: whoever is stopped goes on from there.
# shellcheck shell=sh disable=SC2154

# source_script ROW: what compiles its kernel; a row may have one of its own, which no other's key knows.
source_script() {
	if [ -e "$tree/scripts/lib/source-$1.sh" ]; then
		echo "$tree/scripts/lib/source-$1.sh"
	else
		echo "$tree/scripts/lib/source-kernel.sh"
	fi
}

# guest_options ROW: configs/guest without the options that the row's own file speaks of.
guest_options() {
	awk '{
		option = $1 == "#" ? $2 : $1
		sub(/=.*/, "", option)
		if (option !~ /^CONFIG_/)
			option = ""
		if (FNR == NR)
			own[option]
		else if (option == "" || !(option in own))
			print
	}' "$tree/scripts/configs/$1" "$tree/scripts/configs/guest"
}

# source_inputs ROW: all that its root is made from, beside packages.
source_inputs() {
	guest_options "$1" | grep CONFIG_
	grep -h CONFIG_ "$tree/scripts/configs/$1"
	cat "$tree/scripts/lib/bootstrap-source.sh" "$tree/scripts/lib/source-kernel.sh"
	[ ! -e "$tree/scripts/lib/source-$1.sh" ] || cat "$tree/scripts/lib/source-$1.sh"
}

# source_scripts ROW TO: the part of scripts/ that compiles its kernel, with the options of this row.
source_scripts() {
	rm -rf "$2"
	mkdir -p "$2/configs" "$2/lib"
	guest_options "$1" >"$2/configs/guest"
	cp "$tree/scripts/configs/$1" "$2/configs"
	cp "$tree"/scripts/lib/source-*.sh "$2/lib"
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
	source_scripts "$1" "$new/usr/src/scripts"
	in_root "$new" "$new/usr/src/scripts" sh "/vmaview/lib/$(basename "$(source_script "$1")")" "$1" >"$log.pipe" 2>&1
	ret=$?
	rm -rf "$new/usr/src/scripts"
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
