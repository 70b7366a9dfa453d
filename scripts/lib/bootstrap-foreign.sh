# SPDX-License-Identifier: GPL-2.0
# bootstrap-foreign.sh - a row of another architecture and its apt sources in; out the root of its guests, and below
# that, in builder/, one of this machine's architecture that compiles for them.  Sourced by that architecture's file,
# and part of such a root's key.
#
# Nothing in the guests' root runs here: its packages are unpacked, and root-foreign.sh does what they would have done.
# shellcheck shell=sh disable=SC2154

# foreign_packages ROW: of its guests, where nothing is compiled.
foreign_packages() {
	list "$tree/scripts/packages" | grep -vxE 'gcc|g\+\+|make|pkg-config'
	row_field "$1" 3
}

# builder_packages ROW: a compiler of this machine's, libraries of the row's; builder-headers.sh takes the headers.
builder_packages() {
	echo "gcc-$arch_triplet g++-$arch_triplet make pkgconf:$(row_arch "$1")"
	list "$tree/scripts/packages" | sed -n "s/-dev\$/-dev:$(row_arch "$1")/p"
}

# row_headers ROW
row_headers() {
	echo "$(row_field "$1" 3 | sed 's/^linux-image-/linux-headers-/'):$(row_arch "$1")"
}

# unpack_foreign OPTION... SUITE FOLDER: from the sources in $log.list and pinned as $log.pin says; attended.
unpack_foreign() {
	# shellcheck disable=SC2086 # a list of words
	attend $contained mmdebstrap --mode=root --verbose \
		--aptopt='APT::Install-Recommends "false"' \
		--aptopt='Acquire::Languages "none"' \
		--aptopt='Acquire::Check-Valid-Until "false"' \
		--aptopt='Acquire::Retries "3"' \
		--setup-hook="mkdir -p \"\$1/etc/apt/preferences.d\"; cp '$log.pin' \"\$1/etc/apt/preferences.d/vmaview\"" \
		"$@" "$log.list"
}

# words: a list with commas.
words() {
	xargs | tr ' ' ,
}

# bootstrap_foreign ROW SUITE: into $new.  To leave documentation out takes longer than to unpack it, where dpkg is not
# the one who does.
bootstrap_foreign() {
	unpack_foreign --variant=extract --architectures="$(row_arch "$1")" \
		--include='?essential' --include="$(foreign_packages "$1" | words)" \
		--extract-hook="sh '$tree/scripts/lib/root-foreign.sh' \"\$1\" '$(row_field "$1" 3)'" \
		"$2" "$new" &&
		unpack_foreign --variant=apt --architectures="$(dpkg --print-architecture),$(row_arch "$1")" \
			--dpkgopt=force-unsafe-io \
			--dpkgopt='path-exclude=/usr/share/doc/*' \
			--dpkgopt='path-exclude=/usr/share/man/*' \
			--dpkgopt='path-exclude=/usr/share/locale/*' \
			--dpkgopt='path-exclude=/usr/share/info/*' \
			--include="$(builder_packages "$1" | words)" \
			--customize-hook="sh '$tree/scripts/lib/builder-headers.sh' \"\$1\" '$(row_headers "$1")'" \
			"$2" "$new/builder" &&
		[ -e "$new/builder/usr/lib/modules/$(cat "$new/etc/vmaview/release")/build/Makefile" ]
}
