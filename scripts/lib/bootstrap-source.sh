# SPDX-License-Identifier: GPL-2.0
# bootstrap-source.sh - a row of linux-source and its apt sources in, a root with that source out.
# Sourced by root.sh, and part of such a root's key as bootstrap.sh is of the others'.
# shellcheck shell=sh disable=SC2154

# bootstrap_source ROW SUITE: into $new, with the kernel's source in usr/src; attended.
bootstrap_source() {
	# shellcheck disable=SC2086 # a list of words
	attend $contained mmdebstrap --mode=root --variant=apt --verbose \
		--dpkgopt=force-unsafe-io \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		--dpkgopt='path-exclude=/usr/share/info/*' \
		--aptopt='APT::Install-Recommends "false"' \
		--aptopt='Acquire::Languages "none"' \
		--aptopt='Acquire::Check-Valid-Until "false"' \
		--aptopt='Acquire::Retries "3"' \
		--include="$(row_packages "$1" | xargs | tr ' ' ,)" \
		--setup-hook="mkdir -p \"\$1/etc/apt/preferences.d\"; cp '$log.pin' \"\$1/etc/apt/preferences.d/vmaview\"" \
		--customize-hook='mkdir -p "$1/vmaview" "$1/host" "$1/out" "$1/boot/guest/modules" "$1/etc/vmaview"' \
		--customize-hook='chroot "$1" dpkg-query -W -f "\${Version}\n" linux-source >"$1/etc/vmaview/version"' \
		"$2" "$new" "$log.list"
}
