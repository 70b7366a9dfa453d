#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# probe.sh - the probes of module/compat against kernel trees of a few lines: what is harmless stops no build, what is
# not stops it with the first error, and an answer is yes only where the module would link, too
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
unset LLVM CC ARCH CROSS_COMPILE MAKEFLAGS MFLAGS MAKELEVEL
# Of all probes two are enough, one of them about nothing that such a tree has.
mkdir -p "$work/compat/probe"
cp module/compat/probe-kernel.sh "$work/compat"
for name in always never export_control shmem_mapping vma_iterator; do
	cp module/compat/probe/$name.c "$work/compat/probe"
done
script=$work/compat/probe-kernel.sh
kdir=$work/kernel out=$work/features.h

# tree: a kernel of which one probe asks something that it has; its build is as far as probes use it.
tree() {
	rm -rf "$kdir" "$out"
	mkdir -p "$kdir/include/linux"
	: >"$kdir/.config"
	cat >"$kdir/Makefile" <<-'END'
		CC = gcc
		NM = nm
		include $(M)/Kbuild
		compile = $(CC) -I$(CURDIR)/include -Wall
		%.o: ; @cd $(M) && $(compile) $(ccflags-y) -c -o $@ $*.c
	END
	echo 'struct vm_area_struct { unsigned long vm_start; };' >"$kdir/include/linux/mm.h"
	cat >"$kdir/include/linux/shmem_fs.h" <<-'END'
		typedef _Bool bool;
		struct inode;
		struct address_space;
		bool shmem_mapping(struct address_space *mapping);
	END
	exports shmem_mapping
}

# exports NAME [NAMESPACE]
exports() {
	printf '0x00000000\t%s\tvmlinux\tEXPORT_SYMBOL_GPL\t%s\n' "$1" "${2:-}" >"$kdir/Module.symvers"
}

ask() {
	sh "$script" "$kdir" "$out" >"$work/said" 2>&1
}

# answers 0|1 SENTENCE: of the one probe.
answers() {
	ask
	grep -qx "#define HAVE_SHMEM_MAPPING $1" "$out" 2>/dev/null
	ok $? "$2" "$work/said"
}

tree
answers 1 "what compiles and is exported is there"
grep -qx '#define HAVE_VMA_ITERATOR 0' "$out"
ok $? "what does not compile is not"
exports something_else
answers 0 "what is not exported is not"
exports shmem_mapping SOME_NAMESPACE
answers 0 "nor what is exported in a namespace, which has to be imported"
exports shmem_mapping "module:kvm"
answers 0 "nor what is exported to one module"

# CONFIG_SWAP=n
tree
echo 'typedef struct { unsigned long val; } swp_entry_t;' >"$kdir/include/linux/swapops.h"
cat >"$kdir/include/linux/swap.h" <<'END'
#include <linux/swapops.h>
static inline int swp_swapcount(swp_entry_t entry) { return 0; }
END
answers 1 "a kernel without swap can be asked"

# A compiler that is older than the kernel's.
tree
sed -i 's/vm_start/vm_start __attribute__((counted_by_nobody))/' "$kdir/include/linux/mm.h"
sed -i 's/^struct inode/struct inode { int i __attribute__((counted_by_nobody)); }/' "$kdir/include/linux/shmem_fs.h"
answers 1 "a header that the compiler warns of stops nothing"
grep -q counted_by_nobody "$work/said"
[ $? = 1 ]
ok $? "and is not spoken of"
tree
sed -i 's/mapping(struct address_space/mapping(struct inode/' "$kdir/include/linux/shmem_fs.h"
answers 0 "a warning of the probe's own is a no"
tree
echo '#define shmem_mapping(m) ((m) == (struct inode *)0)' >>"$kdir/include/linux/shmem_fs.h"
answers 0 "and of a macro that it uses, too"

# What the compiler puts into any code, on whichever architecture.
tree
sed -i 's/-Wall/-Wall -pg/' "$kdir/Makefile"
answers 1 "what the compiler calls by itself need not be exported"

# The symbols of bitcode are read by the tool that goes with its compiler.
tree
printf '#!/bin/sh\necho used >"%s"\nexec nm "$@"\n' "$work/nm-used" >"$work/mynm"
chmod +x "$work/mynm"
sed -i "s,^NM = nm,NM = $work/mynm," "$kdir/Makefile"
answers 1 "another nm gives the same answer"
[ -e "$work/nm-used" ]
ok $? "symbols are read by the one of the kernel's build"

# stops WORD SENTENCE: no answers, and among the first lines of what is said the WORD.
stops() {
	ask
	[ $? = 1 ] && [ ! -e "$out" ] && head -n 8 "$work/said" | grep -q "$1"
	ok $? "$2" "$work/said"
}

tree
{
	echo '#error the first one'
	for i in $(seq 60); do echo "struct vm_area_struct member_$i;"; done
} >"$kdir/include/linux/mm.h"
stops 'the first one' "where nothing compiles the build stops, with the first error"
grep -q 'always.c does not compile' "$work/said"
ok $? "and it is said which control failed"
tree
echo 'compile = touch $@; :' >>"$kdir/Makefile"
stops 'never.c compiles' "a compiler that takes anything stops the build"
tree
exports vmaview_is_exported_by_no_kernel
stops 'that was not noticed' "so do exports that have everything"
tree
rm "$kdir/Module.symvers"
stops 'are the kernel headers installed' "and the absence of a list of exports"

# Kept, and asked again.
tree
ask
echo kept >>"$out"
ask
grep -qx kept "$out"
ok $? "answers are kept while nothing changes"
CROSS_COMPILE=nobody- CC=gcc ask
! grep -qx kept "$out"
ok $? "and asked for again where the tools are others"
tap_end
