# SPDX-License-Identifier: GPL-2.0
# calls.awk - code of many files in ("file:line:code", see code.sh), which unit names what of which other out.
#
# A unit is x.c with x.h.  What a file defines that others can name, and what a header declares, is of its unit:
# functions and variables, static ones of headers too.  Two units may have one name so, one that declares and one
# that defines it: who names it needs both.  Style helps: what begins in the first column is at the top level.
# Out: "UNIT UNIT file:line NAME", the first time that the one names NAME of the other.

# The name that the declaration or the head of a definition is about; "" for none.
function name_of(text,    name) {
	gsub(/__attribute__ *\(\([^()]*(\([^()]*\))?[^()]*\)\)/, "", text)
	if (text ~ /^[ \t]*(typedef|#)/ || text ~ /^[ \t]*(struct|union|enum)[ \t]*[A-Za-z0-9_]*[ \t]*$/)
		return ""
	sub(/[ \t]*=.*/, "", text)
	if (match(text, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/))
		name = substr(text, RSTART, RLENGTH - 1)
	else if (match(text, /[A-Za-z_][A-Za-z0-9_]*[ \t]*(\[.*)?$/) && text ~ /[A-Za-z0-9_][ \t*]+[A-Za-z_]/)
		name = substr(text, RSTART)
	sub(/[ \t]*(\[.*)?$/, "", name)
	return name ~ /^(__|_?[Ss]tatic_assert|module_|[A-Z][A-Z0-9_]*$)/ ? "" : name
}

function add_owner(name, unit) {
	if (!((name, unit) in owns)) {
		owns[name, unit] = 1
		owners[name] = owners[name] " " unit
	}
}

# A declaration, or what stands before the body of a definition.
function top_level(text, file,    name) {
	sub(/^[ \t]+/, "", text)
	if (text == "" || file ~ /\.c$/ && text ~ /^static[ \t]/)
		return
	name = name_of(text)
	if (name == "")
		return
	own[file, name] = 1
	# A function that a .c file only declares is another's.
	if (file ~ /\.h$/ || body || text !~ /\(|^extern/)
		add_owner(name, unit_of(file))
}

function unit_of(file) {
	return substr(file, 1, length(file) - 2)
}

{
	file = $0
	sub(/:.*/, "", file)
	line = substr($0, length(file) + 2)
	number = line + 0
	sub(/^[0-9]+:/, "", line)
	if (file != last) {
		last = file
		depth = 0
		pending = ""
		continued = 0
	}
	nr++
	files[nr] = file
	numbers[nr] = number
	lines[nr] = line
	if (continued || line ~ /^[ \t]*#/) {
		if (!continued && match(line, /^[ \t]*#[ \t]*define[ \t]+[A-Za-z_][A-Za-z0-9_]*\(/) && file ~ /\.h$/) {
			name = substr(line, 1, RLENGTH - 1)
			sub(/.*[ \t]/, "", name)
			if (name !~ /^[A-Z]$/) {
				own[file, name] = 1
				add_owner(name, unit_of(file))
			}
		}
		continued = line ~ /\\[ \t]*$/
		next
	}
	while (line != "") {
		if (!match(line, /[{};]/)) {
			if (depth == 0)
				pending = pending " " line
			break
		}
		head = substr(line, 1, RSTART - 1)
		mark = substr(line, RSTART, 1)
		line = substr(line, RSTART + 1)
		if (depth == 0 && mark != "}") {
			body = mark == "{"
			# What follows the } of an initializer or of a type is no declaration of its own.
			if (!after_body)
				top_level(pending " " head, file)
			after_body = 0
			pending = ""
		}
		depth += mark == "{" ? 1 : mark == "}" ? -1 : 0
		if (mark == "}" && depth == 0)
			after_body = line ~ /^[^;{}]*[;,]/
	}
}

END {
	for (i = 1; i <= nr; i++) {
		line = lines[i]
		file = files[i]
		unit = unit_of(file)
		gsub(/(struct|union|enum)[ \t]+[A-Za-z_][A-Za-z0-9_]*/, " ", line)
		gsub(/(->|\.)[ \t]*[A-Za-z_][A-Za-z0-9_]*/, " ", line)
		while (match(line, /[A-Za-z_][A-Za-z0-9_]*/)) {
			name = substr(line, RSTART, RLENGTH)
			line = substr(line, RSTART + RLENGTH)
			if (!(name in owners) || (file, name) in own)
				continue
			n = split(owners[name], owner, " ")
			for (j = 1; j <= n; j++)
				if (owner[j] != unit && !((unit, owner[j], name) in seen)) {
					seen[unit, owner[j], name] = 1
					print unit, owner[j], file ":" numbers[i], name
				}
		}
	}
}
