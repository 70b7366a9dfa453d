# SPDX-License-Identifier: GPL-2.0
# build.sh - a row and the checkout in, module, tool and test programs for its kernel out.  Sourced.
#
# Built in the row's root, in a copy of the checkout kept in the cache: the checkout itself is
# never written to, several rows and checkouts build side by side, and a rebuild is incremental.
# shellcheck shell=sh disable=SC2154

build_dir() {
	echo "$cache/build/$1-$(printf '%s' "$tree" | cksum | cut -d' ' -f1)"
}

# Contents decide, and what changed gets the time of now: an edit made during the last build
# is then newer than that build's objects.
copy_tree() {
	rsync -rlpc --delete --exclude=/.git --filter=':- .gitignore' "$tree/" "$1/"
}

# build_row ROW: with its root held.  Sets built, the folder.
build_row() {
	built=$(build_dir "$1")/tree
	build_log=$(build_dir "$1")/log
	mkdir -p "$built"
	(
		lock "$(build_dir "$1")/lock"
		copy_tree "$built" && make_targets "$1" >"$build_log" 2>&1 </dev/null 9>&-
	) || { tail -n 40 "$build_log" >&2; die "$1: the build failed (log: $build_log)"; }
	if grep -q 'warning:' "$build_log"; then
		say "$1: the build gave warnings (log: $build_log)"
	fi
}

make_targets() {
	goals=module
	[ ! -e "$built/tools/vmaview/Makefile" ] || goals="$goals tool"
	[ ! -e "$built/selftests/guest/Makefile" ] || goals="$goals guest-tests"
	# shellcheck disable=SC2086 # a list of words
	mount_tree=$built in_root "$cache/root/$1" make -C /vmaview -j"$(nproc)" \
		-f Makefile -f scripts/lib/guest-tests.mk KDIR="/lib/modules/$(row_release "$1")/build" $goals
}

# copy_artifacts BUILT TO: what a guest sees at /vmaview; a later rebuild must not change it there.
copy_artifacts() {
	(
		lock "${1%/tree}/lock"
		rsync -a --exclude='*.o' --exclude='.*.cmd' --exclude='*.mod.c' --exclude=/.ci "$1/" "$2/"
	)
}
