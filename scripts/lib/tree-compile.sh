#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# tree-compile.sh NAME OPTION=VALUE... - compile the module for the kernel of /usr/src/linux with these options.
# In: a root of trees.sh with a copy of the checkout at /vmaview.  The tree stays in /usr/src/trees/NAME; what is there
# is made again only where the options change.
#
# It proves that the module compiles: what such a kernel exports only a booted one shows, so the exports are lent.
set -eu
name=$1
shift
kdir=/usr/src/trees/$name

lines() {
	for option; do
		case $option in
		*=n) echo "# CONFIG_${option%=n} is not set" ;;
		*) echo "CONFIG_$option" ;;
		esac
	done
}

# LTO is clang's alone.
tools() {
	case " $* " in
	*" LTO_CLANG_"*) echo LLVM=1 ;;
	esac
}

# An option that olddefconfig did not keep would be a configuration that is not compiled.
check_lines() {
	lines "$@" | while read -r line; do
		option=${line#"# "}
		option=${option%%[= ]*}
		grep -qxF -e "$line" "$kdir/.config" && continue
		case $line in
		"# "*) grep -q "^$option=" "$kdir/.config" || continue ;;
		esac
		echo "wanted $line, got $(grep -w "$option" "$kdir/.config" || echo nothing)"
	done >"$kdir/wrong"
	[ ! -s "$kdir/wrong" ] || { echo "tree-compile: error: $(cat "$kdir/wrong")"; return 1; }
}

# kernel TARGET OPTION=VALUE...
kernel() {
	target=$1
	shift
	# shellcheck disable=SC2046 # a list of words
	make -s -C /usr/src/linux O="$kdir" $(tools "$@") "$target"
}

# prepare OPTION=VALUE...: once.
prepare() {
	options="$*"
	[ "$(cat "$kdir/prepared" 2>/dev/null)" != "$options" ] || return 0
	rm -rf "$kdir"
	mkdir -p "$kdir"
	kernel tinyconfig "$@"
	{ grep -hE '^(# )?CONFIG_' /vmaview/scripts/configs/guest; lines "$@"; } >"$kdir/fragment"
	(cd "$kdir" && sh /usr/src/linux/scripts/kconfig/merge_config.sh -m .config fragment >/dev/null)
	kernel olddefconfig "$@"
	check_lines "$@"
	kernel modules_prepare "$@"
	echo "$options" >"$kdir/prepared"
}

prepare "$@"
cp /vmaview/Module.symvers.lent "$kdir/Module.symvers"
echo "tree-compile: the module"
# shellcheck disable=SC2046 # a list of words
make -k -C /vmaview module KDIR="$kdir" KBUILD_MODPOST_WARN=1 -j"$(nproc)" $(tools "$@")
