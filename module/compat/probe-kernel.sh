#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# probe-kernel.sh KDIR OUT - ask the kernel headers in KDIR one question a file of probe/, write the
# answers to OUT as HAVE_NAME 0 or 1.
#
# A probe holds if it compiles without a warning and every symbol it needs is exported (listed in
# Module.symvers).  All are compiled in one make.  OUT is kept while kernel, compiler and probes
# stay the same.  Three controls stop the build where the answers could not be trusted.
set -eu

kdir=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
symvers=$kdir/Module.symvers

[ -r "$symvers" ] || { echo "probe-kernel: no $symvers: are the kernel headers installed?" >&2; exit 1; }

stamp=$( { cat "$symvers" "$kdir/.config" "$0" "$here"/probe/*.c; ${CC:-gcc} --version; } 2>/dev/null | sha256sum | cut -d' ' -f1)
grep -qs "stamp $stamp" "$out" && exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cp "$here"/probe/*.c "$work"
names=$(cd "$work" && for file in *.c; do echo "${file%.c}"; done)
{
	echo 'ccflags-y := -Werror'
	for name in $names; do echo "obj-m += $name.o"; done
} >"$work/Kbuild"
# shellcheck disable=SC2046 # one target a word is meant
make -k -C "$kdir" M="$work" $(for name in $names; do echo "$name.o"; done) >"$work/log" 2>&1 || :

awk '{ print $2 }' "$symvers" | sort -u >"$work/exports"
# exported NAME: is every symbol that the probe leaves undefined an export (or the compiler's own)?
exported() {
	nm -u "$work/$1.o" | awk '{ print $2 }' | sort -u | comm -23 - "$work/exports" |
		grep -qvE '^(__fentry__|__x86_|_GLOBAL_OFFSET_TABLE_)' && return 1
	return 0
}
holds() { [ -e "$work/$1.o" ] && exported "$1"; }

if ! holds always || [ -e "$work/never.o" ] || [ ! -e "$work/export_control.o" ] || holds export_control; then
	echo "probe-kernel: the controls failed, so no answer can be trusted; the compiler said:" >&2
	tail -n 20 "$work/log" >&2
	exit 1
fi

{
	echo "/* Written by probe-kernel.sh; stamp $stamp */"
	for name in $names; do
		case $name in always | never | export_control) continue ;; esac
		answer=0
		if holds "$name"; then answer=1; fi
		echo "#define HAVE_$(echo "$name" | tr '[:lower:]' '[:upper:]') $answer"
	done
} >"$work/features.h"
mv "$work/features.h" "$out"
