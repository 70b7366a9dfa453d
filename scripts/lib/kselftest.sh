# SPDX-License-Identifier: GPL-2.0
# kselftest.sh - a row in; what its suite's linux-source builds and runs kselftests with out, in the cache.  Sourced.
# shellcheck shell=sh disable=SC2154

# kselftest_parts: patterns of tar, below the source's folder.
kselftest_parts() {
	for part in Makefile 'tools/testing/selftests/*.h' 'tools/testing/selftests/*.sh' \
		tools/testing/selftests/Makefile tools/testing/selftests/lib.mk tools/testing/selftests/kselftest \
		tools/testing/kunit tools/scripts tools/build scripts/subarch.include scripts/Makefile.compiler; do
		echo "*/$part"
	done
}

# kselftest_programs: the tests in the order of the runner; lockdown ends what the others need.
kselftest_programs() {
	for file in "$tree"/selftests/guest/*.c; do
		name=${file##*/}
		[ "$name" = lockdown.c ] || echo "${name%.c}"
	done | sort
	for name in layout_verbs tour lockdown; do
		echo $name.sh
	done
}

# part_of_tests N/M: the runner's words for each Mth of them from the Nth on.  It looks each name up in its list by
# processes of their own: all have one name.
part_of_tests() {
	[ "$1" != 1/1 ] || { echo -c vmaview; return; }
	kselftest_programs | awk -v part="${1%/*}" -v parts="${1#*/}" '
		NR % parts == part % parts { printf " -t vmaview:%s", $0 }'
}

# runner_options ROW: a sanitizer kernel takes several times as long as settings say, and so may another architecture;
# its runner knows -o.
runner_options() {
	! row_foreign "$1" || echo -o 600
	! row_compiled "$1" || ! grep -qE '^CONFIG_(PROVE_LOCKING|KCSAN)=y' "$tree/scripts/configs/$1" || echo -o 1200
}

# hold_kselftest ROW: sets kselftest, the folder; of its suite, so that rows of one share it.
hold_kselftest() {
	kselftest_suite=$(row_field "$1" 2)
	kselftest=$cache/kselftest/$kselftest_suite
	hold_unpacked "$kselftest" "$kselftest_suite" unpack_kselftest
}

# hold_gcov ROW: sets gcov, the folder of what counts in its suite's kernel.
hold_gcov() {
	gcov=$cache/gcov/$(row_field "$1" 2)
	hold_unpacked "$gcov" "$(row_field "$1" 2)" unpack_gcov
}

# fetch_source: the suite's linux-source, as a tar file $new/apt/source.
fetch_source() {
	cd "$new/apt" || return
	suite_apt apt-get update || return
	package=$(suite_apt apt-cache depends linux-source | sed -n 's/^ *Depends: *\(linux-source-[0-9.]*\)$/\1/p')
	suite_apt apt-get download "$package" || return
	dpkg --fsys-tarfile "$package"_*.deb >package || return
	tar -xO --wildcards -f package './usr/src/linux-source-*.tar.xz' >source
}

# shellcheck disable=SC2046 # a list of words
unpack_kselftest() {
	fetch_source || return
	set -f
	tar -xJ --strip-components=1 --wildcards --no-wildcards-match-slash -C "$new" -f source $(kselftest_parts)
}

unpack_gcov() {
	fetch_source || return
	tar -xJ --strip-components=3 --wildcards -C "$new" -f source '*/kernel/gcov/*.[ch]'
}
