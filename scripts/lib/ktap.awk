# SPDX-License-Identifier: GPL-2.0
# ktap.awk - KTAP or TAP in, with nested subtests; one line a test out: pass|fail|skip TAB NAME TAB
# REASON.  Only leaves are counted.  Names carry their parents': "cow: file: page is a source".
#
# A parent's own line comes after its children, so they wait, by depth, for its name.  What does
# not add up is a failure too: a plan not met, a parent that failed with no child that did,
# children whose parent never came.

function clean(text) {
	gsub(/\t/, " ", text)
	sub(/[ \r]+$/, "", text)
	return text
}

function note(depth, kind, name, why) {
	held[depth, ++nr_held[depth]] = kind "\t" clean(name) "\t" clean(why)
}

function forget(depth) {
	nr_held[depth] = nr_results[depth] = 0
	plan[depth] = ""
	seen[depth] = 0
}

# The depth of this indentation; deeper levels opened since are still held below it.
function depth_of(width) {
	while (top > 0 && indent[top] > width)
		top--
	if (top == 0 || indent[top] < width) {
		indent[++top] = width
		if (!seen[top])
			forget(top)
		seen[top] = 1
	}
	return top
}

function check_plan(depth, name) {
	if (plan[depth] != "" && plan[depth] != nr_results[depth])
		note(depth, "fail", name "its end", "planned " plan[depth] " tests, got " nr_results[depth])
}

# The children of depth become depth - 1's, under their parent's name.
function adopt(depth, name, parent_kind, why,    i, field, failed) {
	check_plan(depth, "")
	for (i = 1; i <= nr_held[depth]; i++) {
		split(held[depth, i], field, "\t")
		failed += field[1] == "fail"
		note(depth - 1, field[1], name ": " field[2], field[3])
	}
	if (parent_kind == "fail" && !failed)
		note(depth - 1, "fail", name, why)
	if (parent_kind == "skip" && !nr_held[depth])
		note(depth - 1, "skip", name, why)
	if (parent_kind == "pass" && !nr_held[depth])
		note(depth - 1, "fail", name, "ran no test")
	forget(depth)
}

function result(depth, kind, name, why,    d) {
	nr_results[depth]++
	for (d = depth + 1; seen[d]; d++)
		;
	for (d--; d > depth + 1; d--)
		adopt(d, "unfinished", "fail", "ended before its result")
	if (seen[depth + 1])
		adopt(depth + 1, name, kind, why)
	else
		note(depth, kind, name, why)
}

{
	match($0, /^ */)
	width = RLENGTH
	line = substr($0, width + 1)
}

line ~ /^K?TAP version [0-9]+/ {
	depth_of(width)
	next
}

line ~ /^1\.\.[0-9]+/ {
	depth = depth_of(width)
	split(line, word, /[. #]+/)
	plan[depth] = word[2]
	if (word[2] == 0 && line ~ /# *[Ss][Kk][Ii][Pp]/) {
		why = line
		sub(/^.*# *[Ss][Kk][Ii][Pp] */, "", why)
		note(depth, "skip", "everything", why)
	}
	next
}

line ~ /^(not )?ok [0-9]+/ {
	depth = depth_of(width)
	kind = line ~ /^not / ? "fail" : "pass"
	name = line
	sub(/^(not )?ok [0-9]+ *(- *)?/, "", name)
	why = said
	said = ""
	if (match(name, / *# *[Ss][Kk][Ii][Pp]/)) {
		kind = "skip"
		why = substr(name, RSTART + RLENGTH)
		sub(/^[: ]+/, "", why)
		name = substr(name, 1, RSTART - 1)
	}
	result(depth, kind, name, why)
	next
}

line ~ /^Bail out!/ {
	note(depth_of(width), "fail", "bail out", line)
	next
}

# What a test says about itself comes before its result.
line ~ /^# / && line !~ /^# Subtest/ {
	said = (said == "" ? "" : said "; ") substr(line, 3)
	if (length(said) > 2000)
		said = substr(said, length(said) - 2000)
}

END {
	for (d = 1; seen[d]; d++)
		;
	for (d--; d > 1; d--)
		adopt(d, "unfinished", "fail", "ended before its result")
	check_plan(1, "")
	for (i = 1; i <= nr_held[1]; i++)
		print held[1, i]
}
