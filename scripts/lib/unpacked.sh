# SPDX-License-Identifier: GPL-2.0
# unpacked.sh - a suite in; what of its packages is only unpacked, never installed, out, in the cache.  Sourced.
# shellcheck shell=sh disable=SC2154

# hold_unpacked FOLDER SUITE COMMAND...: makes the folder if need be: COMMAND, with suite_apt, fills $new.
hold_unpacked() {
	[ ! -d "$1" ] || return 0
	mkdir -p "${1%/*}" "$cache/log"
	attend make_unpacked "$@" || die "no $1 (log: $(unpacked_log "$1"))"
}

# unpacked_log FOLDER
unpacked_log() {
	of=${1#"$cache"/}
	echo "$cache/log/${of%%/*}-${of#*/}"
}

# In a subshell: it has a half-made folder to take away.
make_unpacked() {
	folder=$1 suite=$2
	shift 2
	exec 5>>"$folder.lock"
	take_lock 5 "$folder"
	[ ! -d "$folder" ] || exit 0
	new=$folder.new log=$(unpacked_log "$folder")
	on_end "end_attended KILL; rm -rf '$new'"
	rm -rf "$new"
	mkdir -p "$new/apt/lists/partial" "$new/apt/archives/partial"
	say "unpacking ${log##*/} (log: $log)"
	apt_sources "$suite" >"$new/apt/sources.list" || exit
	apt_pin "$suite" >"$new/apt/preferences"
	attend "$@" >"$log" 2>&1 || { tail -n 5 "$log" >&2; exit 1; }
	rm -rf "$new/apt"
	mv "$new" "$folder"
}

# With this machine's apt, and nothing of what it has installed; $suite_status: a file of what there is without it.
suite_apt() {
	"$@" -q -o Dir::Etc::SourceList="$new/apt/sources.list" -o Dir::Etc::SourceParts=- \
		-o Dir::Etc::Preferences="$new/apt/preferences" -o Dir::Etc::PreferencesParts=- \
		-o Dir::Etc::TrustedParts=/usr/share/keyrings -o Dir::State::Lists="$new/apt/lists" \
		-o Dir::State::Status="${suite_status:-/dev/null}" -o Dir::Cache="$new/apt" -o APT::Sandbox::User=root \
		-o Acquire::Check-Valid-Until=false -o Acquire::Languages=none -o Acquire::Retries=3
}

# unpack_missing PACKAGE...: into $new these packages, and what they need that the held root lacks.
unpack_missing() {
	suite_status=$root/var/lib/dpkg/status
	suite_apt apt-get update && suite_apt apt-get -y --no-install-recommends --download-only install "$@" || return
	for deb in "$new"/apt/archives/*.deb; do
		dpkg-deb -x "$deb" "$new" || return
	done
}
