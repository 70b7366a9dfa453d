# SPDX-License-Identifier: GPL-2.0
# tables.awk - what selftests/bench prints in (see its lib/report.h), Markdown tables out.

function flush_table(	i, j, line, text) {
	for (i = 1; i <= nr_rows; i++) {
		line = "|"
		for (j = 1; j <= nr_columns; j++) {
			text = cell[i, j]
			line = line " " text substr(blanks, 1, width[j] - length(text)) " |"
		}
		print line
		if (i == 1) {
			gsub(/[^|]/, "-", line)
			print line
		}
	}
	nr_rows = nr_columns = 0
	delete width
	delete cell
}

function add_row(	j) {
	nr_rows++
	for (j = 2; j <= NF; j++) {
		cell[nr_rows, j - 1] = $j
		if (length($j) > width[j - 1])
			width[j - 1] = length($j)
	}
	if (NF - 1 > nr_columns)
		nr_columns = NF - 1
}

BEGIN { FS = "\t"; blanks = sprintf("%200s", "") }
$1 == "table" { flush_table(); print "\n### " $2 "\n" }
$1 == "head" || $1 == "row" { add_row() }
END { flush_table() }
