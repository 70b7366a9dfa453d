# SPDX-License-Identifier: GPL-2.0
# common.sh - words, failure, the cache, host packages.  Sourced; needs $tree (the checkout).
# shellcheck shell=sh disable=SC2154

prog=${0##*/}
cache=${VMAVIEW_CACHE:-${HOME:-/root}/.cache/vmaview}

# Could not prepare: no package, no root, no build.  Not the COMMAND's fault.
EXIT_PREPARE=123

say() {
	printf '%s: %s\n' "$prog" "$*" >&2
}

die() {
	say "$*"
	exit "$EXIT_PREPARE"
}

usage_error() {
	say "$* (see --help)"
	exit 2
}

# The comment at the top of the script is its help.
show_help() {
	sed -n '3,/^[^#]/{/^#/!q;s/^# \{0,1\}//p}' "$0"
}

# Roots are owned by root and chroots need it.
need_root() {
	[ "$(id -u)" = 0 ] || die "must run as root: it builds root file systems and chroots into them"
}

# need_packages PACKAGE...: installs with apt what dpkg does not know as installed.
need_packages() {
	missing=
	for package; do
		case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) in
		?i*) ;;
		*) missing="$missing $package" ;;
		esac
	done
	[ -n "$missing" ] || return 0
	install_packages
}

install_packages() {
	command -v apt-get >/dev/null || die "these Debian packages are needed, and there is no apt-get here:$missing"
	[ "$(id -u)" = 0 ] || die "these packages are needed; as root: apt-get install$missing"
	say "installing with apt:$missing"
	mkdir -p "$cache/log"
	# shellcheck disable=SC2086 # a list of words
	(
		flock 9
		export DEBIAN_FRONTEND=noninteractive
		set -- apt-get -y -q --no-install-recommends -o DPkg::Lock::Timeout=600
		"$@" install $missing || { "$@" update && "$@" install $missing; }
	) 9>"$cache/log/apt.lock" >"$cache/log/apt" 2>&1 </dev/null ||
		{ tail -n 5 "$cache/log/apt" >&2; die "apt could not install$missing (log: $cache/log/apt)"; }
}

# What scripts/vm itself runs on.
need_vm_packages() {
	need_packages mmdebstrap debian-archive-keyring qemu-system-x86 cpio rsync util-linux
}

# lock FILE: takes it on fd 9 for the rest of this (sub)shell, saying so when that takes a while.
lock() {
	exec 9>>"$1"
	flock -n 9 && return
	say "waiting for another run that holds $1"
	flock 9
}
