#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# source-names.sh ROW - source-kernel.sh for the row names: its kernel is older than what that asks for.
# In and out as there.  What is missing is given to the unpacked source.
set -eu
source=/usr/src/linux

unpack() {
	[ ! -e $source/.unpacked ] || return 0
	rm -rf $source
	mkdir $source
	tar -x --strip-components=1 -C $source -f "$(echo /usr/src/linux-source-*.tar.*)"
	add_target
	add_script
	touch $source/.unpacked
}

# run-command (v6.4): a command with make's variables.
add_target() {
	# shellcheck disable=SC2016 # expanded by make
	sed -i 's/^image_name:$/run-command:\n\t$(Q)$(KBUILD_RUN_COMMAND)\n\n&/' $source/Makefile
}

# install-extmod-build (v6.6): what a module's build reads, into a folder.
add_script() {
	cat >$source/scripts/package/install-extmod-build <<'END'
mkdir "$1"
tar -c --exclude='*.o' --exclude='.*.cmd' Makefile Module.symvers include scripts arch/x86/Makefile* \
	arch/x86/include tools/objtool/objtool | tar -x -C "$1"
END
}

unpack
exec sh /vmaview/lib/source-kernel.sh "$1"
