# SPDX-License-Identifier: GPL-2.0
# amd64.sh - how guests of x86-64 are emulated and their roots made use of.  Sourced; each architecture has such a file.
# shellcheck shell=sh disable=SC2034,SC2154 # shared with the parts

# Its QEMU, the packages that have it, and what sets it apart in the cache.
arch_emulator=qemu-system-x86_64
arch_emulator_packages='qemu-system-x86 ipxe-qemu'
arch_emulator_apart=''

arch_machine=q35
arch_console=ttyS0
# A part of its memory is a disk, for files that are mapped without a page cache (DAX).
arch_append='memmap=64M!512M'

# An emulated rep movsb or stosb is a loop over bytes; no real processor is that slow at it.  Without the flags
# the kernel copies and clears words.
arch_cpu=max
arch_emulated_cpu=max,-erms,-fsrm

# Under emulation a processor can run a breakpoint that another one has already patched out,
# which is an Oops.  The kernel patches itself most while it boots: guest/init starts the rest.
# Their time stamp counters are one; a kernel that finds them out of step reads a device's clock instead.
# And where this machine is busy, so many ticks are late that a kernel that tests its timer at boot panics.
arch_emulated_append='maxcpus=1 tsc=reliable no_timer_check'

# What make is told, beside what to make.
arch_make=''

# arch_args N: what the kernel of the Nth row is booted with for tests.  [vsyscall] is there as one boots: by turns
# it can be read, can be called only, and is not there.
arch_args() {
	case $(($1 % 3)) in
	1) echo vsyscall=emulate ;;
	2) echo vsyscall=xonly ;;
	0) echo vsyscall=none ;;
	esac
}

# arch_accelerator: as this machine has it.
arch_accelerator() {
	accelerator
}

# arch_modules RELEASE TO NAME...: what these need, uncompressed and numbered in the order to load, from the held root.
arch_modules() {
	modules_of=$1 modules_to=$2 nr=100
	shift 2
	chroot "$root" modprobe -S "$modules_of" -a --show-depends "$@" |
		awk '$1 == "insmod" && !seen[$2]++ { print $2 }' |
		while read -r module; do
			nr=$((nr + 1))
			case $module in
			*.xz) chroot "$root" xz -dc "$module" ;;
			*.zst) chroot "$root" zstd -dcq "$module" ;;
			*) chroot "$root" cat "$module" ;;
			esac >"$modules_to/$nr.ko"
		done
}
