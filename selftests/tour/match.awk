# SPDX-License-Identifier: GPL-2.0
# match.awk - what the tour says that a command prints, what it printed; out: what differs.
#
# usage: awk -v names=FILE -f match.awk EXPECTED PRINTED
#
# Lines are equal, but <name> stands for a number, decimal or hex, that is another one in each run.
# A name keeps its number, with or without zeros before it, and names that differ only in a digit at
# their end have different numbers; FILE keeps them from one command to the next.  Blanks only align:
# a run of them is one.
# exit: 0 equal; 1 not.
function squeeze(line) {
	gsub(/[ \t]+/, " ", line)
	sub(/ $/, "", line)
	return line
}

function stem(name) {
	sub(/[0-9]+>$/, "", name)
	return name
}

function bare(digits) {
	sub(/^0+/, "", digits)
	return digits == "" ? "0" : digits
}

# Whether name may stand for value: it does already, or nothing is against it.
function may_be(name, value, other) {
	if (name in bound)
		return bound[name] == value
	for (other in bound)
		if (stem(other) == stem(name) && bound[other] == value)
			return 0
	return 1
}

# The longest number first: what follows the name decides how much of it is the name's.
function number(rest, name, text, length_of, value, new) {
	match(text, /^[0-9a-f]*/)
	for (length_of = RLENGTH; length_of > 0; length_of--) {
		value = bare(substr(text, 1, length_of))
		if (!may_be(name, value))
			continue
		new = !(name in bound)
		bound[name] = value
		if (same(rest, substr(text, length_of + 1)))
			return 1
		if (new)
			delete bound[name]
	}
	return 0
}

# Whether text is what the pattern says; names that it has bound stay bound only if it is.
function same(pattern, text, start, name) {
	if (!match(pattern, /<[a-z]+[0-9]*>/))
		return pattern == text
	start = RSTART
	name = substr(pattern, RSTART, RLENGTH)
	if (substr(pattern, 1, start - 1) != substr(text, 1, start - 1))
		return 0
	return number(substr(pattern, start + length(name)), name, substr(text, start))
}

BEGIN {
	while ((getline line < names) > 0) {
		split(line, word, " ")
		bound[word[1]] = word[2]
	}
	close(names)
}
FILENAME == ARGV[1] { expected[++nr_expected] = squeeze($0); next }
{ printed[++nr_printed] = squeeze($0) }
END {
	last = nr_expected > nr_printed ? nr_expected : nr_printed
	for (i = 1; i <= last; i++) {
		if (i <= nr_expected && i <= nr_printed && same(expected[i], printed[i]))
			continue
		bad = 1
		if (i <= nr_expected)
			print "- " expected[i]
		if (i <= nr_printed)
			print "+ " printed[i]
	}
	printf "" > names
	for (name in bound)
		print name, bound[name] > names
	exit bad
}
