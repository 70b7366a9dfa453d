# SPDX-License-Identifier: GPL-2.0
# trees.sh - a suite in, a root out that has its linux-source unpacked and what compiles it, gcc and clang; then a
# configuration of scripts/configs/compiled in, the module compiled for it out.  Sourced by configurations.
# Lock: fd 8 on the root's .lock, held while it is used.
# shellcheck shell=sh disable=SC2154

# How the trees are made; another number makes them anew.
TREES_FORMAT=1

tree_packages() {
	echo gcc make libc6-dev libelf-dev clang lld llvm linux-source kmod xz-utils
	list "$tree/scripts/source-packages"
}

# bootstrap_trees SUITE: into $new, with the source in usr/src/linux; attended.
bootstrap_trees() {
	# shellcheck disable=SC2016,SC2086 # expanded by mmdebstrap; a list of words
	attend $contained mmdebstrap --mode=root --variant=apt --verbose \
		--dpkgopt=force-unsafe-io \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		--aptopt='APT::Install-Recommends "false"' \
		--aptopt='Acquire::Languages "none"' \
		--aptopt='Acquire::Check-Valid-Until "false"' \
		--aptopt='Acquire::Retries "3"' \
		--include="$(tree_packages | xargs | tr ' ' ,)" \
		--setup-hook="mkdir -p \"\$1/etc/apt/preferences.d\"; cp '$log.pin' \"\$1/etc/apt/preferences.d/vmaview\"" \
		--customize-hook='mkdir -p "$1/vmaview" "$1/etc/vmaview" "$1/usr/src/linux" "$1/usr/src/trees"' \
		--customize-hook='chroot "$1" sh -ec "tar -x --strip-components=1 -C /usr/src/linux -f /usr/src/linux-source-*.tar.*; rm /usr/src/linux-source-*.tar.*"' \
		--customize-hook='chroot "$1" dpkg-query -W -f "\${Version}\n" linux-source >"$1/etc/vmaview/version"' \
		"$1" "$new" "$log.list"
}

# hold_trees SUITE: makes the root if need be, and keeps others out of it.  Sets root.
hold_trees() {
	mkdir -p "$cache/root" "$cache/log"
	key=$({ tree_packages; echo "$1" $TREES_FORMAT; } | cksum)
	root=$cache/root/trees-$1-${key%% *}
	exec 8>>"$root.lock"
	take_lock 8 "the kernel trees of $1"
	touch "$root.lock"
	[ -d "$root" ] || make_trees "$1"
}

# make_trees SUITE
make_trees() {
	new=$root.new log=$cache/log/trees-$1
	say "$1: unpacking its linux-source (a few minutes; log: $log)"
	rm -rf "$new"
	apt_sources "$1" >"$log.list" || exit
	apt_pin "$1" >"$log.pin"
	bootstrap_trees "$1" >"$log" 2>&1 || { tail -n 20 "$log" >&2; die "$1: no kernel trees (log: $log)"; }
	mv "$new" "$root"
}

# compile_for SUITE NAME OPTION=VALUE...: with the trees held; what it says is the compiler's.
compile_for() {
	suite=$1 configuration=$2
	shift 2
	copy=$(build_dir "trees-$suite")/$configuration
	mkdir -p "$copy/module" "$copy/scripts"
	rsync -rlpc --delete "$tree/scripts/configs" "$tree/scripts/lib" "$copy/scripts/" &&
		rsync -rlpc --delete --exclude='*.o' --exclude='.*.cmd' --exclude=features.h "$tree/module/" "$copy/module/" &&
		rsync -rlpc "$tree/uapi" "$tree/Kbuild" "$tree/Makefile" "$copy/" &&
		cp "$(lent_symvers "$suite")" "$copy/Module.symvers.lent" &&
		in_root "$root" "$copy" sh /vmaview/scripts/lib/tree-compile.sh "$configuration" "$@"
}

# lent_symvers SUITE: the exports of the kernel that Debian built of it, which is the row of that name.
lent_symvers() {
	echo "$(row_root "$1")"/usr/src/linux-headers-*/Module.symvers
}
