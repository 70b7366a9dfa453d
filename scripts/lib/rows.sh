# SPDX-License-Identifier: GPL-2.0
# rows.sh - the kernel matrix: names in, rows out.  Sourced.
# shellcheck shell=sh disable=SC2154

# Memory of a guest for tests.
# shellcheck disable=SC2034 # used by the other parts
TEST_MEMORY=4G

# rows: those that are used where no row is named.
rows() {
	awk '!/^#/ && NF == 3 { print $1 }' "$tree/scripts/kernels"
}

every_row() {
	awk '!/^#/ && NF >= 3 { print $1 }' "$tree/scripts/kernels"
}

# stock_rows: the kernels that Debian built.
stock_rows() {
	awk '!/^#/ && NF == 3 && $3 != "linux-source" { print $1 }' "$tree/scripts/kernels"
}

# row_arch ROW: the architecture of its kernel, as Debian calls it; what differs between these is in arch/.
row_arch() {
	case $(row_field "$1" 3) in
	*-arm64 | *-arm64-*) echo arm64 ;;
	*) echo amd64 ;;
	esac
}

# row_foreign ROW: is it another than that of the machines that these scripts are for?
row_foreign() {
	[ "$(row_arch "$1")" != amd64 ]
}

# use_arch ROW: what is done in its architecture's own way, from now on.
use_arch() {
	# shellcheck source=/dev/null
	. "$tree/scripts/lib/arch/$(row_arch "$1").sh"
}

# row_compiled ROW: is its kernel built here?
row_compiled() {
	[ "$(row_field "$1" 3)" = linux-source ]
}

# row_counts ROW: is what runs there of module and tool counted?
row_counts() {
	[ "$1" = gcov ]
}

# row_planted ROW: are there bugs that its kernel has to report?
row_planted() {
	awk '!/^#/ { print $2 }' "$tree/selftests/planted/reports" | grep -qxF -e "$1"
}

# row_field ROW N: column N of its line.
row_field() {
	awk -v row="$1" -v n="$2" '!/^#/ && $1 == row { print $n }' "$tree/scripts/kernels"
}

# test_args ROW: what its kernel is booted with for tests.  A gigabyte is one huge page, which only booting is sure
# to find.
test_args() {
	(use_arch "$1"; echo "hugepagesz=1G hugepages=1 $(arch_args "$(every_row | grep -nxF -e "$1" | cut -d: -f1)")")
}

row_suites() {
	awk '!/^#/ && NF == 3 { print $2 }' "$tree/scripts/kernels"
}

# row_release ROW: uname -r of its kernel; nothing before its root is built.
row_release() {
	cat "$(row_root "$1")/etc/vmaview/release" 2>/dev/null
}

row_version() {
	cat "$(row_root "$1")/etc/vmaview/version" 2>/dev/null
}

# The version prefix 6.1 means 6.1.x, never 6.12.x, and a kernel of Debian's.
row_of_version() {
	for row in $(stock_rows); do
		case $(row_release "$row") in
		"$1" | "$1".* | "$1"[-+]*) echo "$row"; return ;;
		esac
	done
	return 1
}

# find_row WORD: the row of that name, or whose kernel's version starts so.
# Versions are only known of built roots, so the missing ones are built until one answers.
find_row() {
	if every_row | grep -qxF -e "$1"; then
		echo "$1"
		return
	fi
	case $1 in
	[0-9]*) ;;
	*) usage_error "no such kernel row: $1; there are: $(every_row | tr '\n' ' ')" ;;
	esac
	row_of_version "$1" && return
	for row in $(stock_rows); do
		[ -z "$(row_release "$row")" ] || continue
		(hold_root "$row") || exit
		row_of_version "$1" && return
	done
	usage_error "no row's kernel is a $1: $(for row in $(stock_rows); do echo "$row=$(row_release "$row")"; done | tr '\n' ' ')"
}
