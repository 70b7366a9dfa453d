# SPDX-License-Identifier: GPL-2.0
# bootstrap.sh - a row and its apt sources in, a root file system out.  Sourced by root.sh, and
# part of a root's key: a change here makes every root anew.
# shellcheck shell=sh disable=SC2154

# bootstrap ROW SUITE: into $new, from the sources in $log.list and pinned as $log.pin says; attended.
bootstrap() {
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
		--customize-hook="sh '$tree/scripts/lib/root-kernel.sh' \"\$1\" '$(row_field "$1" 3)'" \
		"$2" "$new" "$log.list"
}
