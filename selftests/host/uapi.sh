#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# uapi.sh - uapi/vmaview.h stands alone, in C and in C++
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
header=../../uapi/vmaview.h

compiles() {
	sentence=$1
	shift
	"$@" -Wall -Wextra -Wpedantic -Werror -I../../uapi -fsyntax-only - >"$work/said" 2>&1 <<-END
		#include <vmaview.h>
		#include <vmaview.h>
	END
	ok $? "$sentence" "$work/said"
}

compiles "C11 takes it, also twice" "${CC:-gcc}" -std=c11 -x c
compiles "C++17 takes it, also twice" "${CXX:-g++}" -std=c++17 -x c++

# Without fixed sizes a 32-bit program would read another record.
sed 's@/\*.*\*/@@' "$header" | grep -nE '\b(long|int|short|unsigned|size_t|void \*)\b' |
	grep -vE ':[[:space:]]*(\*|#|/\*)' >"$work/said"
[ ! -s "$work/said" ]
ok $? "its fields have fixed sizes" "$work/said"

grep -n '#include' "$header" | grep -vE '<linux/(types|ioctl)\.h>' >"$work/said"
[ ! -s "$work/said" ]
ok $? "it includes types and ioctl numbers, no more" "$work/said"
tap_end
