# SPDX-License-Identifier: GPL-2.0
# coverage.awk - what gcov says of each object in, what ran by file out.
# In: scripts/covered; then lines of gcov, each after its set (guest or host, and whose objects) and a tab.
# Variables: tree, the checkout; idle, untaken: where lines and branches that nothing ran are listed.
# Exit: 0 what scripts/covered names ran as much as it says there, and the rest has its reasons; 1 not so.

# As /vmaview/BASE/NAME would be found, without its first part; nothing for a file elsewhere.
function below(base, name,    n, i, part, kept, depth, path) {
	if (name !~ /^\//)
		name = "/vmaview/" base "/" name
	n = split(name, part, "/")
	for (i = 1; i <= n; i++) {
		if (part[i] == "..")
			depth--
		else if (part[i] != "" && part[i] != ".")
			kept[++depth] = part[i]
	}
	for (i = 2; i <= depth; i++)
		path = path (i > 2 ? "/" : "") kept[i]
	return kept[1] == "vmaview" && path ~ /^(module|tools)\// ? path : ""
}

function base_of(set) {
	return set ~ /^host/ ? "selftests/host" : set ~ /library$/ ? "tools/lib/vmaview" : \
		set ~ /tool$/ ? "tools/vmaview" : ""
}

function squeezed(text) {
	gsub(/[ \t]+/, " ", text)
	gsub(/^ | $/, "", text)
	return text
}

function note_line(count, number) {
	line = number
	if (count == "-")
		return
	if (!((file, line) in ran))
		last[file] = line > last[file] ? line : last[file]
	ran[file, line] += count ~ /^[0-9]/ ? count + 0 : 0
	function_of[file, line] = fn
}

function note_branch(words) {
	if (!((file, line) in ran))
		return
	# Calls have numbers of the same kind.
	if (words[2] + 1 > numbers[file, line] + 0)
		numbers[file, line] = words[2] + 1
	taken[file, line, words[2]] += words[3] == "taken" ? words[4] + 0 : 0
}

function read_source(path,    name, n) {
	name = path
	sub(/^host:/, "", name)
	n = 0
	while ((getline source[++n] < (tree "/" name)) > 0)
		;
	close(tree "/" name)
}

function percent(part, all) {
	return all ? sprintf("%6.1f", 100 * part / all) : "     -"
}

# The file's sums, and what is to be listed of it.
function count_file(path,    number, text) {
	read_source(path)
	for (number = 1; number <= last[path]; number++) {
		text = squeezed(source[number])
		there[path, text] = 1	# a compiler may count it with another
		if (!((path, number) in ran))
			continue
		count_line(path, number, text)
		count_branches(path, number, text)
	}
}

# reason_of SIGN PATH NUMBER TEXT: why the line did not run ("-"), or not all its branches were taken ("~").
# That of a function, without a line, is all of its lines'.
function reason_of(sign, path, number, text,    of_all, key) {
	of_all = sign SUBSEP path SUBSEP function_of[path, number] SUBSEP
	key = of_all text
	if (!(key in reasons))
		key = of_all
	if (!(key in reasons))
		return ""
	used[key] = 1
	return reasons[key]
}

function count_line(path, number, text,    reason) {
	lines[path]++
	if (ran[path, number]) {
		lines_ran[path]++
		return
	}
	reason = reason_of("-", path, number, text)
	text = path ":" number ": " function_of[path, number] "(): " text
	print text (reason == "" ? "" : "  = " reason) > idle
	if (reason != "")
		lines_explained[path]++
	else if (path in need_lines)
		unexplained[++nr_unexplained] = text
}

# The reason of a line that did not run is that of its branches.
function count_branches(path, number, text,    i, reason) {
	for (i = 0; i < numbers[path, number]; i++) {
		if (!((path, number, i) in taken))
			continue
		all_branches[path]++
		if (taken[path, number, i]) {
			branches_taken[path]++
			continue
		}
		reason = reason_of(ran[path, number] ? "~" : "-", path, number, text)
		if (reason != "")
			branches_explained[path]++
		if (ran[path, number])
			print path ":" number ": " function_of[path, number] "(): " text " (branch " i ")" \
				(reason == "" ? "" : "  = " reason) > untaken
	}
}

# Of a line of which there is nothing to explain: kernels differ in the ways that what they inline can go.
function may_have_run(sign, reason) {
	return sign == "~" || reason ~ /^at times: /
}

# need_of PATH: what scripts/covered wants of it.
function need_of(path,    i) {
	for (i = 1; i <= nr_needs; i++) {
		if (path ~ need[i]) {
			need_lines[path] = want_lines[i]
			need_branches[path] = want_branches[i]
		}
	}
}

function show(path,    remark) {
	remark = ""
	if (path in need_lines) {
		remark = " wanted " need_lines[path] " and " need_branches[path]
		if (100 * (lines_ran[path] + lines_explained[path]) < need_lines[path] * lines[path] ||
		    100 * (branches_taken[path] + branches_explained[path]) < need_branches[path] * all_branches[path]) {
			remark = remark ": too little"
			bad = 1
		}
	}
	printf "%-46s %5d %s %6d %s%s\n", path, lines[path], percent(lines_ran[path], lines[path]),
		all_branches[path], percent(branches_taken[path], all_branches[path]), remark | "sort"
}

FNR == 1 { nr_files++ }
nr_files == 1 && /^#/ || nr_files == 1 && !NF { next }
nr_files == 1 && $1 == "need" {
	need[++nr_needs] = "^" $2 "$"
	gsub(/\./, "\\.", need[nr_needs])
	gsub(/\*/, "[^/]*", need[nr_needs])
	want_lines[nr_needs] = $3
	want_branches[nr_needs] = $4
	next
}
nr_files == 1 && /^[-~]( |$)/ {
	pending[++nr_pending] = substr($0, 1, 1) SUBSEP of SUBSEP of_function SUBSEP squeezed(substr($0, 3))
	next
}
nr_files == 1 && /^= / {
	for (; nr_pending; nr_pending--)
		reasons[pending[nr_pending]] = substr($0, 3)
	next
}
nr_files == 1 { of = $1; of_function = $2; next }

{
	set = $0
	sub(/\t.*/, "", set)
	sub(/^[^\t]*\t/, "")
}
/^ *-: *0:Source:/ {
	sub(/.*:Source:/, "")
	file = below(base_of(set), $0)
	if (file ~ /^module/ && set ~ /^host/)
		file = "host:" file
	if (file != "" && !(file in known)) {
		known[file] = 1
		need_of(file)
	}
	next
}
file == "" { next }
/^function / { fn = $2; next }
/^branch +[0-9]+ / {
	split($0, words, " ")
	note_branch(words)
	next
}
/^ *([0-9]+\*?|#####|=====|-): *[0-9]+:/ {
	split($0, words, ":")
	gsub(/ /, "", words[1])
	note_line(words[1], words[2] + 0)
}

END {
	printf "" > idle
	printf "" > untaken
	printf "%-46s %5s %6s %6s %6s\n", "", "lines", "%", "branch", "%"
	for (path in known) {
		count_file(path)
		show(path)
		kind = path ~ /^tools/ ? "the tool" : path ~ /^host:/ ? "of the module, on the host" : "the module"
		sum_lines[kind] += lines[path]
		sum_ran[kind] += lines_ran[path]
		sum_branches[kind] += all_branches[path]
		sum_taken[kind] += branches_taken[path]
	}
	close("sort")
	for (kind in sum_lines)
		printf "%-46s %5d %s %6d %s\n", kind, sum_lines[kind], percent(sum_ran[kind], sum_lines[kind]),
			sum_branches[kind], percent(sum_taken[kind], sum_branches[kind])
	for (i = 1; i <= nr_unexplained; i++)
		print "nothing ran, and no reason is given: " unexplained[i]
	for (key in reasons) {
		split(key, part, SUBSEP)
		if (!(key in used) && !(may_have_run(part[1], reasons[key]) && (part[2], part[4]) in there)) {
			print "a reason for what ran, or is not there: " part[2] " " part[3] ": " part[1] " " part[4]
			bad = 1
		}
	}
	exit bad || nr_unexplained
}
