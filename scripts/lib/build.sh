# SPDX-License-Identifier: GPL-2.0
# build.sh - a row and the checkout in, module, tool and test programs for its kernel out.  Sourced.
#
# Built in the row's root, in a copy of the checkout kept in the cache: the checkout itself is
# never written to, several rows and checkouts build side by side, and a rebuild is incremental.
# shellcheck shell=sh disable=SC2154

# build_dir NAME: this checkout's folder for a root, or for the host.
build_dir() {
	echo "$cache/build/$1-$(printf '%s' "$tree" | cksum | cut -d' ' -f1)"
}

# Contents decide, and what changed gets the time of now: an edit made during the last build
# is then newer than that build's objects.
copy_tree() {
	rsync -rlpc --delete --exclude=/.git --filter=':- .gitignore' "$tree/" "$1/"
}

# build_row ROW: with its root held (see hold_root).  Sets built, the folder.
build_row() {
	build=$(build_dir "${root##*/}")
	built=$build/tree
	mkdir -p "$built"
	touch "$build"
	find "$cache/build" -mindepth 1 -maxdepth 1 -mtime +30 -exec rm -rf {} +
	attend build_locked "$1" || { tail -n 40 "$build/log" >&2; die "$1: the build failed (log: $build/log)"; }
	if grep -q 'warning:' "$build/log"; then
		say "$1: the build gave warnings (log: $build/log)"
	fi
}

# In a subshell: one build of this row and checkout at a time.
build_locked() {
	on_end 'end_attended KILL'
	exec 9>>"$build/lock"
	take_lock 9 "the build in $build"
	hold_kselftest "$1"
	! row_counts "$1" || hold_gcov "$1"
	{ copy_tree "$built" && copy_kselftest && copy_counter "$1" && make_targets "$1" && install_kselftest; } >"$build/log" 2>&1
}

# A tree of the build's own, as its kselftest gets a target more.
copy_kselftest() {
	rsync -rlpt --delete --exclude=/tools/testing/selftests/vmaview --exclude=/counter "$kselftest/" "$built/ksrc/"
}

# copy_counter ROW: what counts on a row that does, the kernel's sources beside ours.
copy_counter() {
	! row_counts "$1" || rsync -rlpt "$gcov/" "$tree/selftests/coverage/" "$built/ksrc/counter/"
}

# By this machine's make and rsync: all is built.  What is gone from the sources is gone here, too.
install_kselftest() {
	[ -e "$built/selftests/guest/Makefile" ] || return 0
	rm -rf "$built/kselftest"
	make -C "$built/ksrc/tools/testing/selftests" TARGETS=vmaview FORCE_TARGETS=1 \
		INSTALL_PATH="$built/kselftest" install
}

make_targets() {
	goals="module guest-programs bench soak"
	tool=tool
	! row_counts "$1" || { goals="counted guest-programs bench soak" tool=counting-tool; }
	[ ! -e "$built/tools/vmaview/Makefile" ] || goals="$goals $tool"
	[ ! -e "$built/selftests/guest/Makefile" ] || goals="$goals guest-tests"
	! row_compiled "$1" || goals="$goals signed"
	! row_planted "$1" || goals="$goals planted"
	# shellcheck disable=SC2086 # lists of words
	in_root "$builder" "$built" make -C /vmaview -j"$(nproc)" $arch_make \
		-f Makefile -f scripts/lib/guest.mk KDIR="/lib/modules/$(row_release "$1")/build" KSRC=/vmaview/ksrc $goals
}

# copy_artifacts TO: what a guest sees at /vmaview; a later rebuild must not change it there.
copy_artifacts() {
	(
		exec 9>>"$build/lock"
		flock 9
		rsync -a --exclude='*.o' --exclude='.*.cmd' --exclude='*.mod.c' --exclude=/.ci --exclude=/ksrc "$built/" "$1/"
	)
}
