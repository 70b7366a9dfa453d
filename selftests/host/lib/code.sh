# SPDX-License-Identifier: GPL-2.0
# code.sh - C sources in, their lines without comments and strings out.  Sourced.
# shellcheck shell=sh

# code FILE...: "file:line:code", comments and strings left out.
code() {
	for file; do
		sed -e "s@'\([^'\\\\]\|\\\\[^']*\|\\\\'\)'@0@g" -e 's@"\([^"\\]\|\\.\)*"@""@g' -e 's@//.*@@' "$file" |
			awk -v file="$file" '
				{
					line = $0
					while (1) {
						if (inside) {
							if (!(end = index(line, "*/")))
								next
							line = substr(line, end + 2)
							inside = 0
						}
						if (!(start = index(line, "/*")))
							break
						rest = substr(line, start + 2)
						head = substr(line, 1, start - 1)
						inside = 1
						if (end = index(rest, "*/")) {
							line = head substr(rest, end + 2)
							inside = 0
							continue
						}
						line = head
						print file ":" NR ":" line
						next
					}
					print file ":" NR ":" line
				}'
	done
}
