# SPDX-License-Identifier: GPL-2.0
# foreign-modules.sh - a root of another architecture in, modules of its kernel out, by this machine's programs.  Sourced.
# shellcheck shell=sh

# foreign_modules ROOT RELEASE TO NAME...: what these need, uncompressed and numbered in the order to load.
foreign_modules() {
	modules_root=$1 modules_of=$2 modules_to=$3 nr=100
	shift 3
	modprobe -d "$modules_root" -S "$modules_of" -a --show-depends "$@" |
		awk '$1 == "insmod" && !seen[$2]++ { print $2 }' |
		while read -r module; do
			nr=$((nr + 1))
			case $module in
			*.xz) xz -dc "$module" ;;
			*.zst) zstd -dcq "$module" ;;
			*) cat "$module" ;;
			esac >"$modules_to/$nr.ko"
		done
}
