#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# style.sh - what a review would send back, as far as a machine can tell
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# Sources of ours, made ones left out.
find . \( -name .git -o -name bin -o -name data -o -name '*.mod.c' -o -name features.h \) -prune -o \
	-type f -print | sed 's@^\./@@' | grep -v '^\.' | sort >"$work/all"
grep '\.[ch]$' "$work/all" >"$work/c"
grep '^tools/.*\.[ch]$' "$work/all" >"$work/tool"
grep '^module/.*\.[ch]$' "$work/all" | grep -v '^module/compat/probe/' >"$work/module"
while read -r file; do
	head -n 1 "$file" | grep -q '^#!/bin/sh' && echo "$file"
done <"$work/all" >"$work/sh"

# none SENTENCE PATTERN LIST: no line of the files has it.
none() {
	xargs grep -HnE "$2" <"$3" >"$work/found"
	[ ! -s "$work/found" ]
	ok $? "$1" "$work/found"
}

none "versions of kernels are only named by probes" 'LINUX_VERSION_CODE|KERNEL_VERSION' "$work/module"
grep -v '^module/compat/' "$work/module" >"$work/above"
none "kernels differ in compat/ alone" '(^|[^A-Z_])HAVE_[A-Z]' "$work/above"
grep -v '^module/compat/arch/' "$work/module" >"$work/anywhere"
none "architectures differ in compat/arch/ alone" \
	'CONFIG_(X86|ARM|RISCV|PPC|S390)[A-Z0-9]*|__(x86_64|aarch64|riscv)__' "$work/anywhere"
none "features are 0 or 1, not there or not" '#[ ]*if(n)?def[ ]+HAVE_|defined\(HAVE_' "$work/module"
none "no symbol is looked up behind the kernel's back" \
	'kallsyms_lookup_name|register_kprobe|__symbol_get' "$work/module"
none "no inline that a kernel with its checks on turns into a call it does not export" \
	'(^|[^_])for_each_thread\(|mmap_assert_(write_)?locked\(' "$work/module"
none "a copy of an entry of a page table is followed in the lockless form" \
	'(^|[^a-z_])(p4d|pud|pmd)_offset\(' "$work/module"
none "no unbounded copy" '(^|[^a-z_])(strcpy|strcat|sprintf|vsprintf|gets)\(' "$work/tool"
none "no blanks at the end of a line" '[[:blank:]]+$' "$work/c"
none "no blanks at the end of a line of a script" '[[:blank:]]+$' "$work/sh"
none "no word of work to be done later" '(TODO|FIXME)' "$work/c"

# A probe is its fact and what states it.
grep -v '^module/compat/probe/' "$work/c" | while read -r file; do
	head -n 3 "$file" | grep -q 'SPDX-License-Identifier:' || echo "$file"
done >"$work/found"
[ ! -s "$work/found" ]
ok $? "each source names its licence" "$work/found"

# As their usage says: by name, without sh.
grep '^scripts/[^/]*$' "$work/sh" | while read -r file; do
	[ -x "$file" ] || echo "$file"
done >"$work/found"
[ ! -s "$work/found" ]
ok $? "what scripts has can be run" "$work/found"

# Tests in the guest have a sentence each as their name.
grep -vE '^(module/compat/probe|selftests/guest)/' "$work/c" | while read -r file; do
	head -n 4 "$file" | grep -qF "${file##*/} - " || echo "$file"
done >"$work/found"
[ ! -s "$work/found" ]
ok $? "each source says what it is for" "$work/found"

# A function: from a { in the first column to a } there.
xargs awk 'FNR == 1 { start = 0 }
	/^{/ { start = FNR }
	/^}/ && start { if (FNR - start - 1 > 60) print FILENAME ":" start ": " FNR - start - 1 " lines"; start = 0 }' \
	<"$work/c" >"$work/found"
[ ! -s "$work/found" ]
ok $? "no function is longer than 60 lines" "$work/found"

# As .editorconfig and .clang-format have it; a tab goes to the next of eight.
limit=$(sed -n 's/^max_line_length = //p' .editorconfig)
sed -n 's/^ColumnLimit: //p' .clang-format | grep -qxF -e "$limit"
ok $? "there is one longest line, in .editorconfig and .clang-format"
while read -r file; do
	expand "$file" | awk -v file="$file" -v limit="$limit" 'length > limit { print file ":" NR ": " length }'
done <"$work/c" >"$work/found"
[ -n "$limit" ] && [ ! -s "$work/found" ]
ok $? "no line of a source is longer than that" "$work/found"

if have shellcheck shellcheck "shellcheck has no complaint"; then
	xargs shellcheck -x -P SCRIPTDIR -e SC1091 <"$work/sh" >"$work/found" 2>&1
	ok $? "shellcheck has no complaint" "$work/found"
fi
tap_end
