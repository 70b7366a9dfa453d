#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# matrix.sh - the rows of kernels in, where their packages come from and which of them are known as tested out
# shellcheck disable=SC2034,SC2317 # shared with the parts
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
top=$PWD
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
for part in common mirror rows source tested stages plan; do
	# shellcheck source=/dev/null
	. "$top/scripts/lib/$part.sh"
done
# A matrix of our own, and a mirror that has all that Debian's has.
tree=$work/tree record=''
mkdir -p "$tree/scripts" "$tree/tools/vmaview/read"
cat >"$tree/scripts/kernels" <<END
stock     trixie   linux-image-amd64
compiled  trixie   linux-source  on-demand
rt        trixie   linux-image-rt-amd64
foreign   trixie   linux-image-arm64  on-demand
pages     trixie   linux-image-arm64-16k  on-demand
END
mirror() { echo M; }
security_mirror() { echo S; }
has_release() {
	case $2 in
	trixie-updates | trixie-security) return 0 ;;
	esac
	return 1
}
row_release() { echo "$release"; }

# same WANTED GOT SENTENCE
same() {
	printf 'wanted:\n%s\ngot:\n%s\n' "$1" "$2" >"$work/both"
	[ "$1" = "$2" ]
	ok $? "$3" "$work/both"
}

same "deb M trixie main
deb M trixie-updates main
deb S trixie-security main" "$(apt_sources trixie)" "a released suite comes with its updates and its security"
same "deb M trixie main
deb M trixie-backports main
deb M trixie-updates main
deb S trixie-security main" "$(apt_sources trixie-backports)" "backports stand on their suite"
same "deb M sid main" "$(apt_sources sid)" "sid stands alone"
same "deb M sid main
deb M experimental main" "$(apt_sources experimental)" "experimental stands on sid"
same "" "$(apt_pin sid)$(apt_pin trixie)" "of a suite that stands alone nothing is pinned"
for suite in experimental trixie-backports; do
	same "Package: src:linux:any src:linux-*:any
Pin: release n=$suite
Pin-Priority: 990" "$(apt_pin $suite)" "of $suite only the kernel is taken"
done

same "amd64 amd64 amd64 arm64 arm64" "$(for row in $(every_row); do row_arch "$row"; done | xargs)" \
	"the kernel's package tells a row's architecture"
same "foreign pages" "$(for row in $(every_row); do ! row_foreign "$row" || echo "$row"; done | xargs)" \
	"and whether it is another than this machine's"
own_suite() { echo bookworm; }
every_row >"$work/rows"
same "host host-trixie check_host_of stock" "$(plan_hosts)" "the host's tests run in roots of this machine's architecture"
echo foreign >"$work/rows"
same "" "$(plan_hosts)" "and in no others"

# tested ROW RELEASE [FOUND]: what the check makes of a row whose tests found that.
tested() {
	release=$2
	printf '%s\ta test\t\n' "${3:-pass}" >"$work/$1"
	check_tested "$1"
	sed 1d "$work/$1" | cut -f1
}
known() { grep -c '^TESTED_KERNEL' "$(tested_list)" 2>/dev/null; }

same fail "$(tested stock 7.3.4+deb13-amd64)" "a kernel that nobody put down is reported"
record=1
same "" "$(tested stock 7.3.4+deb13-amd64 fail)$(known)" "one on which a test failed is not put down"
same "" "$(tested compiled 7.3.4+deb13-amd64)$(known)" "nor is one that is compiled here"
same "1" "$(tested stock 7.3.4+deb13-amd64)$(known)" "one that passes is"
record=''
same pass "$(tested stock 7.3.9+deb13-amd64)" "its series is known then"
same fail "$(tested stock 7.30.1+deb13-amd64)" "one whose number begins so is not"
same fail "$(tested stock 17.3.1)" "nor one whose number ends so"
same "" "$(tested stock 8.0.1 fail)" "nothing is said of a row that has failed anyway"
record=1
tested stock 7.4.1-amd64 >"$work/none"
same "TESTED_KERNEL(7, 4)	/* stock */" "$(grep ^TESTED "$(tested_list)")" "a row has one kernel"
release=''
tested stock '' >"$work/none" 2>&1
same "TESTED_KERNEL(7, 4)	/* stock */" "$(grep ^TESTED "$(tested_list)")" "a row without a kernel changes nothing"

tree=$top
list "$tree/scripts/configs/compiled" | awk -v rows=" $(stock_rows | xargs) " '
	!NF { next }
	NF < 4 || ($2 != "check" && $2 != "named") { print; next }
	{
		nr = split($3, suites, ",")
		for (i = 1; i <= nr; i++)
			if (!index(rows, " " suites[i] " "))
				print "no row " suites[i] ", whose exports are lent: " $0
		for (i = 4; i <= NF; i++)
			if ($i !~ /^[A-Z0-9_]+=[yn]$/)
				print $i ": " $0
	}' >"$work/wrong"
[ ! -s "$work/wrong" ]
ok $? "a configuration has a name, when it is compiled, rows that lend it exports, and options" "$work/wrong"
for row in $(every_row); do
	row_compiled "$row" || continue
	source_scripts "$row" "$work/scripts"
	cat "$work/scripts/configs/guest" "$work/scripts/configs/$row" |
		sed -n 's/^\(# \)\{0,1\}\(CONFIG_[A-Za-z0-9_]*\).*/\2/p' | sort | uniq -d >"$work/twice"
	[ ! -s "$work/twice" ]
	ok $? "$row: what its kernel is configured with says each option once" "$work/twice"
	[ -e "$work/scripts/lib/$(basename "$(source_script "$row")")" ]
	ok $? "$row: what compiles its kernel is there"
done
for row in $(every_row); do
	[ -e "scripts/lib/arch/$(row_arch "$row").sh" ]
	ok $? "$row: how guests of its architecture are emulated is there"
done
for row in $(stock_rows); do
	grep -q "/\* $row \*/" "$(tested_list)"
	ok $? "$row: a kernel of this row is known as tested"
done
tap_end
