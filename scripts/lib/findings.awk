# SPDX-License-Identifier: GPL-2.0
# findings.awk - scripts/known-findings and a reader's findings in (FILE, line, kind, words, a tab between each);
# those that are not known out.  Variable: reader.  Run in the checkout.  Exit: 0 there is none; 1 there is.
# One that is known and was not found is only said: not each version of a reader sees the same.

function squeezed(text) {
	gsub(/[ \t]+/, " ", text)
	gsub(/^ | $/, "", text)
	return text
}

# The text of a line; "" for what is of no line.
function source(file, wanted,    text, n) {
	if (!((file, "read") in lines)) {
		lines[file, "read"] = 1
		while ((getline text < file) > 0)
			lines[file, ++n] = squeezed(text)
		close(file)
	}
	return lines[file, wanted]
}

# Is it of a kind that is not followed in a folder above?
function below(file, kind) {
	while (sub("/[^/]*$", "", file))
		if ((file "/*\t" kind) in reasons)
			return 1
	return 0
}

FNR == 1 { nr_files++ }
nr_files == 1 && (/^#/ || /^rules / || !NF) { next }
nr_files == 1 && /^- / { key = key "\t" squeezed(substr($0, 3)); next }
nr_files == 1 && /^= / { reasons[key] = substr($0, 3); next }
nr_files == 1 { key = $1 == reader ? $2 "\t" $3 : "another\t" FNR; next }
{
	split($0, field, "\t")
	anywhere = "*\t" field[3]
	whole = field[1] "\t" field[3]
	here = whole "\t" source(field[1], field[2])
	if (anywhere in reasons || below(field[1], field[3]) || whole in reasons || here in reasons)
		next
	print field[1] ":" field[2] ": " field[3] ": " field[4]
	found = 1
}
END { exit found }
