# SPDX-License-Identifier: GPL-2.0
# tested.sh - the kernels that rows resolved to in, the list of tested ones that the tool is built with out.  Sourced.
# shellcheck shell=sh disable=SC2154

tested_list() {
	echo "$tree/tools/vmaview/read/tested_kernels.h"
}

# series RELEASE: 6.12 of 6.12.118+deb13-amd64.
series() {
	printf '%s\n' "$1" | sed -n 's/^\([0-9]\{1,\}\.[0-9]\{1,\}\).*/\1/p'
}

# tested_line SERIES ROW
tested_line() {
	printf 'TESTED_KERNEL(%s, %s)\t/* %s */\n' "${1%.*}" "${1#*.}" "$2"
}

# know_tested ROW RELEASE: does the list have its series?
know_tested() {
	grep -qsF "$(tested_line "$(series "$2")" '' | cut -f1)" "$(tested_list)"
}

# record_tested ROW RELEASE: in place of what the row had; sorted by row.
record_tested() {
	[ -n "$(series "$2")" ] || return
	file=$(tested_list)
	{
		echo '/* SPDX-License-Identifier: GPL-2.0 */'
		echo '/* tested_kernels.h - written by scripts/check --record-skips: kernels that passed every test, by row. */'
		{ grep '^TESTED_KERNEL' "$file" 2>/dev/null | grep -vF "/* $1 */"; tested_line "$(series "$2")" "$1"; } | sort -k 4
	} >"$file.$$"
	mv "$file.$$" "$file"
}
