#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# probe-kernel.sh KDIR OUT - ask the kernel headers in KDIR one question a file of probe/, write the
# answers to OUT as HAVE_NAME 0 or 1.
#
# A probe holds if it compiles, no warning is about its own file, and every symbol it needs is exported to all
# (listed in Module.symvers, without a namespace).  What the headers warn of is theirs: a compiler older than the
# kernel's knows not every attribute.  All are compiled in one make.  OUT is kept while kernel, compiler and
# probes stay the same.  Three controls stop the build where the answers could not be trusted.
# environment: as the kernel's own build has it: LLVM, CC, ARCH, CROSS_COMPILE.
set -eu

kdir=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
symvers=$kdir/Module.symvers

[ -r "$symvers" ] || { echo "probe-kernel: no $symvers: are the kernel headers installed?" >&2; exit 1; }

# The compiler that the kernel's build takes.
compiler() {
	case ${LLVM:-} in
	'') echo "${CC:-${CROSS_COMPILE:-}gcc}" ;;
	*/) echo "${CC:-${LLVM}clang}" ;;
	-*) echo "${CC:-clang$LLVM}" ;;
	*) echo "${CC:-clang}" ;;
	esac
}

# shellcheck disable=SC2046 # a list of words
stamp=$({
	cat "$symvers" "$kdir/.config" "$0" "$here"/probe/*.c
	echo "${LLVM:-} ${ARCH:-} ${CROSS_COMPILE:-}"
	$(compiler) --version
} 2>/dev/null | sha256sum | cut -d' ' -f1)
grep -qs "stamp $stamp" "$out" && exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cp "$here"/probe/*.c "$work"
controls="always never export_control"
names=$(cd "$work" && for file in *.c; do echo "${file%.c}"; done | grep -vxE 'always|never|export_control')
{
	echo 'ccflags-y := -Wno-error'
	for name in $controls $names; do echo "obj-m += $name.o"; done
	# Of objects for link-time optimisation only the one that goes with the compiler knows the symbols.
	echo "\$(file >$work/nm,\$(NM))"
} >"$work/Kbuild"
# shellcheck disable=SC2046 # one target a word is meant
make -k -C "$kdir" M="$work" $(for name in $controls $names; do echo "$name.o"; done) >"$work/log" 2>&1 || :

awk -F '\t' '$5 == "" { print $2 }' "$symvers" | sort -u >"$work/exports"
# undefined NAME: the symbols that it leaves to others.
undefined() {
	# shellcheck disable=SC2046 # a list of words
	$(cat "$work/nm") -u "$work/$1.o" | awk '{ print $NF }' | sort -u
}
exported() { undefined "$1" | comm -23 - "$work/exports" | cmp -s - /dev/null; }
compiles() { [ -e "$work/$1.o" ] && ! grep -qE "^([^ ]*/)?$1\.c:" "$work/log"; }
holds() { compiles "$1" && exported "$1"; }

# distrust WHY: the controls are compiled first, so the first error is the one that matters.
distrust() {
	echo "probe-kernel: $1, so no answer can be trusted; what the build said, from its first error on:" >&2
	first=$(grep -nE -m 1 'error:|\*\*\*|not found|No such file' "$work/log" | cut -d: -f1)
	[ "${first:-1}" -le 4 ] || sed -i "1,$((first - 4))d" "$work/log"
	head -n 20 "$work/log" >&2
	exit 1
}

compiles always || distrust "probe/always.c does not compile"
[ ! -e "$work/never.o" ] || distrust "probe/never.c compiles, which is wrong"
compiles export_control || distrust "probe/export_control.c does not compile"
# What the compiler puts into any code is there, whoever exports it: calls for tracing, thunks, tables.
undefined always | sort -u - "$work/exports" -o "$work/exports"
! exported export_control || distrust "probe/export_control.c needs what no kernel exports, and that was not noticed"

{
	echo "/* Written by probe-kernel.sh; stamp $stamp */"
	for name in $names; do
		answer=0
		if holds "$name"; then answer=1; fi
		echo "#define HAVE_$(echo "$name" | tr '[:lower:]' '[:upper:]') $answer"
	done
} >"$work/features.h"
mv "$work/features.h" "$out"
