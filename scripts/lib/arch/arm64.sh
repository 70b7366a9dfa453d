# SPDX-License-Identifier: GPL-2.0
# arm64.sh - how guests of arm64 are emulated and their roots made.  Sourced; see amd64.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # shared with the parts
# shellcheck source=/dev/null
. "$tree/scripts/lib/bootstrap-foreign.sh"
# shellcheck source=/dev/null
. "$tree/scripts/lib/foreign-modules.sh"

arch_emulator=qemu-system-aarch64
arch_emulator_packages=qemu-system-arm
arch_emulator_apart=-arm64

arch_machine=virt,gic-version=max
arch_console=ttyAMA0
arch_append=''

# Keys of pointers are computed by QEMU's own function: the one of the architecture takes most of the time.
arch_cpu=max,pauth-impdef=on
arch_emulated_cpu=$arch_cpu
arch_emulated_append=''

# What its compiler is called, and the architecture by the name of the kernel's sources.
arch_triplet=aarch64-linux-gnu
arch_make="ARCH=arm64 CROSS_COMPILE=$arch_triplet- CC=$arch_triplet-gcc AR=$arch_triplet-ar PKG_CONFIG=$arch_triplet-pkg-config"

# By turns page tables of five levels, and of four where the kernel could have five: most machines are like that.
arch_args() {
	[ $(($1 % 2)) = 0 ] || echo arm64.nolva
}

# Nothing runs another architecture but emulation.
arch_accelerator() {
	echo tcg,thread=multi
}

arch_modules() {
	foreign_modules "$root" "$@"
}
