# SPDX-License-Identifier: GPL-2.0
# kselftest.awk - what run_kselftest.sh prints in; KTAP with nested subtests out, as ktap.awk reads it.
#
# The runner puts "# " before each line of a test program and names the program in the lines around them.
# What the harness says beside its results goes, but for the name of a test: old harnesses leave it out of the
# line of one that is skipped.

function program(line) {
	sub(/^.*selftests: [^:]*: /, "", line)
	sub(/[.]sh$/, "", line)
	return line
}

/^# selftests: [^:]*: / {
	inside = 1
	running_program = program($0)
	print "  # Subtest: " running_program
	next
}

/^(not )?ok [0-9]+ selftests: / {
	inside = 0
	name = program($0)
	result = $0
	sub(/ selftests: .*/, "", result)
	# Of a program that failed, how it ended.
	if (/^not/ && match(name, / # .*/)) {
		print "# " substr(name, RSTART + 3)
		name = substr(name, 1, RSTART - 1)
	}
	sub(/[.]sh$/, "", name)
	print result " - " name
	next
}

/^# timeout set to |^# overriding timeout to / { next }

!inside {
	print
	next
}

{ sub(/^# ?/, "") }

/^#  RUN  / {
	running = $3
	next
}

/^# ( +(OK|FAIL)  |Starting [0-9]+ tests|Totals: |(PASSED|FAILED): )/ { next }

/^ok [0-9]+ +# SKIP/ { sub(/# SKIP/, running " # SKIP") }

# A fixture that is called as its program is not named again.
/^(not )?ok / {
	at = index($0, " " running_program ".")
	if (at)
		$0 = substr($0, 1, at) substr($0, at + length(running_program) + 2)
}

{ print "  " $0 }
