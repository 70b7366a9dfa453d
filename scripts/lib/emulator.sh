# SPDX-License-Identifier: GPL-2.0
# emulator.sh - this machine and an architecture (arch/) in; the accelerator, and the QEMU that runs guests, out.  Where
# processors are emulated, programs start faster on a new QEMU: where this machine's is old, or has none of this
# architecture, it is one from the cache, with its own C library.  Sourced.
# shellcheck shell=sh disable=SC2034,SC2154

# What emulates as fast as is known, and the suite that has it.
EMULATOR_MAJOR=10 EMULATOR_SUITE=trixie

# /dev/kvm can be there and not work, in a guest of some clouds for one.  A kernel
# without a root that gets as far as its panic shows that it does.
kvm_boots() {
	[ -r /dev/kvm ] && [ -w /dev/kvm ] || return
	timeout -k 1 30 qemu-system-x86_64 -nodefaults -no-reboot -display none -machine q35 -accel kvm -cpu max \
		-m 512M -kernel "$root/boot/guest/vmlinuz" -append 'console=ttyS0 panic=-1' \
		-serial stdio </dev/null 2>/dev/null | grep -q 'Kernel panic - not syncing: VFS'
}

# Tried once per boot of this machine.
accelerator() {
	answer=$cache/accel-$(cat /proc/sys/kernel/random/boot_id)
	if [ ! -s "$answer" ]; then
		rm -f "$cache"/accel-*
		if (kvm_boots) 2>/dev/null; then echo kvm; else echo tcg,thread=multi; fi >"$answer.$$"
		mv "$answer.$$" "$answer"
	fi
	cat "$answer"
}

own_emulator_major() {
	"$arch_emulator" --version 2>/dev/null | sed -n 's/^QEMU emulator version \([0-9]*\).*/\1/p'
}

# hold_emulator ACCELERATOR: sets emulator, the command.
hold_emulator() {
	emulator=$arch_emulator
	case $1 in
	tcg*) ;;
	*) return 0 ;;
	esac
	major=$(own_emulator_major)
	[ "${major:-0}" -lt $EMULATOR_MAJOR ] || return 0
	hold_unpacked "$cache/emulator/$EMULATOR_SUITE$arch_emulator_apart" "$EMULATOR_SUITE" unpack_emulator
	emulator=$cache/emulator/$EMULATOR_SUITE$arch_emulator_apart/qemu
}

# With all that it needs of its suite, and a command that runs it where it lies.
unpack_emulator() {
	cd "$new/apt" || return
	suite_apt apt-get update || return
	# shellcheck disable=SC2086 # a list of words
	suite_apt apt-get -y --download-only --no-install-recommends install $arch_emulator_packages || return
	for package in archives/*.deb; do
		dpkg-deb -x "$package" "$new" || return
	done
	cat >"$new/qemu" <<-END
		#!/bin/sh
		of=\${0%/*}/usr
		exec "\$of"/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 --library-path "\$of/lib/x86_64-linux-gnu" \\
			"\$of/bin/$arch_emulator" -L "\$of/share/qemu" -L "\$of/share/seabios" -L "\$of/lib/ipxe/qemu" "\$@"
	END
	chmod 755 "$new/qemu"
	"$new/qemu" --version
}
