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
	sed -n '3,${/^# shellcheck/q;/^#/!q;s/^# \{0,1\}//p}' "$0"
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
	need_packages mmdebstrap debian-archive-keyring qemu-system-x86 cpio rsync squashfs-tools util-linux
}

# list FILE: its words, without comments.
list() {
	sed 's/#.*//' "$1"
}

# attend COMMAND...: a signal to this shell is served at once, not when COMMAND is done.
attended=''
attend() {
	"$@" &
	attended=$!
	wait "$attended"
	ret=$?
	attended=''
	return $ret
}

# end_attended [SIGNAL]
end_attended() {
	[ -n "$attended" ] || return 0
	kill -s "${1:-TERM}" "$attended" 2>/dev/null
	wait "$attended" 2>/dev/null
	attended=''
}

# on_end COMMAND: runs it when this (sub)shell ends, by itself or by a signal.
on_end() {
	# shellcheck disable=SC2064 # expanded now
	trap "trap '' INT TERM HUP; $1" EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	trap 'exit 129' HUP
}

# What runs below this has no process and no mount left once this shell is gone.
# shellcheck disable=SC2034 # used by the other parts
contained='setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc --propagation private'

# sweep_work: takes away the folders of runs that were killed before they could do so.  Nobody holds the lock of such a
# one; while a folder has none yet, its name says who is making it.
sweep_work() {
	for left in "$cache"/run/*; do
		maker=${left##*[/-]}
		if [ -e "$left/lock" ]; then
			flock -n "$left/lock" rm -rf "$left"
		elif [ ! -e "/proc/${maker%.*}" ]; then
			rm -rf "$left"
		fi
	done
}

# open_work KIND: a folder of this run's own in the cache, in work, and fd 3 on its lock, which what is started here
# holds, too.  To take it away is the caller's.
open_work() {
	mkdir -p "$cache/run"
	sweep_work
	work=$(mktemp -d "$cache/run/$1-$$.XXXXXX") || exit
	exec 3>"$work/.lock"
	flock 3
	mv "$work/.lock" "$work/lock"
}

# take_lock FD FILE: says so when that takes a while.
take_lock() {
	flock -n "$1" && return
	say "waiting for another run that holds $2"
	attend flock "$1"
}
