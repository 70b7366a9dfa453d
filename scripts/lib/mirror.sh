# SPDX-License-Identifier: GPL-2.0
# mirror.sh - a suite in, its apt sources out; the mirror is the one this machine uses.  Sourced.
# shellcheck shell=sh disable=SC2154

# apt_uri RELEASE...: where this machine's apt gets the first of these releases from.
apt_uri() {
	for release; do
		# shellcheck disable=SC2016 # apt's own variables
		apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
			awk -v r="$release" '$1 == r && $2 == "main" { print $3; exit }'
	done | head -n 1
}

mirror() {
	uri=${VMAVIEW_MIRROR:-}
	if [ -z "$uri" ]; then
		# shellcheck source=/dev/null
		codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
		# shellcheck disable=SC2046 # a list of words
		uri=$(apt_uri "$codename" stable testing unstable oldstable sid $(row_suites))
	fi
	[ -n "$uri" ] || die "apt is configured with no Debian mirror here; set VMAVIEW_MIRROR"
	printf '%s\n' "${uri%/}"
}

security_mirror() {
	printf '%s\n' "${VMAVIEW_SECURITY_MIRROR:-${1%/*}/debian-security}"
}

# Sid and its like have neither updates nor security: ask instead of knowing.
has_release() {
	probe=$(mktemp)
	/usr/lib/apt/apt-helper download-file "$1/dists/$2/Release" "$probe" >/dev/null 2>&1
	ret=$?
	rm -f "$probe"
	return $ret
}

# base_suite SUITE: where all but the kernel of such a row comes from.
base_suite() {
	case $1 in
	experimental) echo sid ;;
	*) echo "${1%-backports}" ;;
	esac
}

# apt_sources SUITE: sources.list lines for it; kernel and headers come from the same ones.
apt_sources() {
	main=$(mirror) || exit
	base=$(base_suite "$1")
	security=$(security_mirror "$main")
	echo "deb $main $base main"
	[ "$base" = "$1" ] || echo "deb $main $1 main"
	if has_release "$main" "$base-updates"; then
		echo "deb $main $base-updates main"
	fi
	if has_release "$security" "$base-security"; then
		echo "deb $security $base-security main"
	fi
}

# apt_pin SUITE: only the kernel's packages come from a suite that stands on another one, of whatever architecture:
# without a word for that apt pins those of its own alone.
apt_pin() {
	[ "$(base_suite "$1")" = "$1" ] ||
		printf 'Package: src:linux:any src:linux-*:any\nPin: release n=%s\nPin-Priority: 990\n' "$1"
}
