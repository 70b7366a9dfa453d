#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# select.sh - who is chosen by --name, --user, --cgroup, --tree and --all: those that were started here, and no others
#
# The view works without the module, and -r -o Pid says whom it shows.
# shellcheck disable=SC2154,SC2086,SC2046,SC2012,SC2010,SC2016 # set by start(); lists of words; numbers are what is listed
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
vmaview=$PWD/bin/tool/vmaview
mark=vmaview$$
started=''
# shellcheck disable=SC2086 # a list of words
trap 'kill -KILL $started 2>/dev/null; rmdir "${group:-$work}/below" "${group:-$work}" "${group:-$work}-not" 2>/dev/null; rm -rf "$work"' EXIT
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"

# start NAME COMMAND...: a process that waits until it is killed; sets NAME to its PID.
start() {
	name=$1
	shift
	mkfifo "$work/$name"
	"$@" <"$work/$name" >/dev/null 2>&1 &
	eval "$name=$!"
	started="$started $!"
	eval "exec $((nr = ${nr:-3} + 1))>\"$work/$name\""
}

# chosen OPTION...: the PIDs, each once and in their order.
chosen() {
	"$vmaview" -r -n -o Pid "$@" 2>"$work/stderr" | uniq | xargs
}

# choose SENTENCE WANTED OPTION...
choose() {
	sentence=$1 wanted=$2
	shift 2
	found=$(chosen "$@")
	[ "$found" = "$wanted" ]
	verdict=$?
	{ echo "wanted $wanted, found $found"; cat "$work/stderr"; } >"$work/seen"
	ok $verdict "$sentence" "$work/seen"
}

# has SENTENCE yes|no PID OPTION...: is it one of many?
has() {
	sentence=$1 wanted=$2 pid=$3
	shift 3
	case " $(chosen "$@") " in *" $pid "*) found=yes ;; *) found=no ;; esac
	echo "PID $pid: $found" >"$work/seen"
	[ $found = "$wanted" ]
	ok $? "$sentence" "$work/seen"
}

cp "$(command -v cat)" "$work/$mark"
cp "$(command -v cat)" "$work/x$mark"
start first "$work/$mark"
start second "$work/x$mark"
start dressed perl -e 'exec { "/bin/cat" } "/nowhere/dressed'$$'"'
start plain cat
for pid in $first $second $dressed $plain; do
	while grep -Eq '^(sh|perl)$' "/proc/$pid/comm"; do :; done
done

choose "a name from its beginning to its end" "$first" --name "^$mark\$"
choose "a name that is not anchored" "$(printf '%s\n' "$first" "$second" | sort -n | xargs)" --name "^x?$mark\$"
choose "an extended expression" "$(printf '%s\n' "$first" "$second" | sort -n | xargs)" --name "^($mark|x$mark)\$"
choose "two selections add up, each process once" "$(printf '%s\n' "$first" "$second" | sort -n | xargs)" \
	--name "^$mark\$" --name "^x?$mark\$"
choose "who was named comes first, and is not found again" "$second $first" --name "^x?$mark\$" "$second"
choose "a PID and another" "$plain $first" --name "^$mark\$" "$plain"
choose "folders of PIDs" "$plain $first" "/proc/$plain" "/proc/$first" "/proc/$plain/"
choose "the base name of its first word" "$dressed" --name "^dressed$$\$"
[ -z "$(chosen --name "$work")" ]
ok $? "the folder of a program is no part of its name"

# children PID: as /proc has them.
children() {
	cat /proc/[0-9]*/stat 2>/dev/null | sed 's/ (.*) / /' | awk -v parent="$1" '$3 == parent { print $1 }'
}

# of_children PID NUMBER: once it has so many, their PIDs.
of_children() {
	until [ "$(children "$1" | wc -l)" = "$2" ]; do kill -0 "$1" || break; done
	children "$1"
}

# A tree: a shell that has two children, of which one has two.
sh -c 'sh -c "sleep 1000 & sleep 1000; :" & sleep 1000; :' &
eldest=$!
started="$started $eldest"
pairs=$(of_children "$eldest" 2)
started="$started $pairs"
middle=$(for pid in $pairs; do grep -qx sh "/proc/$pid/comm" && echo "$pid"; done)
family=$(printf '%s\n' $eldest $pairs $(of_children "$middle" 2) | sort -n | xargs)
started="$started $family"
choose "a process and its descendants" "$family" --tree "$eldest"
choose "the same, and one that is in it" "$middle $(printf '%s' " $family " | sed "s/ $middle / /" | xargs)" \
	--tree "$eldest" "$middle"
choose "a tree in another one" "$family" --tree "$eldest" --tree "$middle"
choose "a tree and a process of its own" "$first $family" --tree "$eldest" "$first"
[ "$(echo "$family" | wc -w)" = 5 ]
ok $? "... and that tree has five, as it was made"

has "all have the first" yes "$first" --all
has "all have the last" yes "$plain" --all
has "all have no kernel thread" no 2 --all
has "all of a number have what root started" yes "$first" --user "$(id -u)"
has "all of a name have it, too" yes "$first" --user "$(id -un)"
has "a tree of a kernel thread has none" no 2 --tree 2

# A shell may wait for its child before it becomes another program.
perl -e '$child = fork; exit if !$child; $| = 1; print "$child\n"; sleep 1000' >"$work/zombie" &
mother=$!
started="$started $mother"
until [ -s "$work/zombie" ] && grep -q '^State:.Z' "/proc/$(cat "$work/zombie")/status"; do :; done
has "all have no zombie" no "$(cat "$work/zombie")" --all
choose "nor has the tree of its parent" "$mother" --tree "$mother"
if have python3 python3-minimal "threads are no processes"; then
	cat >"$work/threads.py" <<-'END'
		import _thread, sys
		_thread.start_new_thread(sys.stdin.read, ())
		open(sys.argv[1], "w").close()
		lock = _thread.allocate_lock(); lock.acquire(); lock.acquire()
	END
	mkfifo "$work/idle"
	python3 "$work/threads.py" "$work/ready" <"$work/idle" &
	several=$!
	started="$started $several"
	exec 8>"$work/idle"
	until [ -e "$work/ready" ] && [ "$(ls /proc/$several/task | wc -l)" = 2 ]; do :; done
	thread=$(ls /proc/$several/task | grep -v "^$several\$")
	has "threads are no processes" no "$thread" --all
	has "... their process is one" yes "$several" --all
	choose "a thread that is named, and its process" "$several" "$thread" "$several"
fi

# Five, of which two fill a pipe: the last has not been read when it ends, and is not missed.
cp "$(command -v sleep)" "$work/five$$"
five=''
for _ in 1 2 3 4 5; do
	"$work/five$$" 1000 &
	five="$five $!"
	while grep -qx sh "/proc/$!/comm"; do :; done
done
started="$started $five"
last=$(printf '%s\n' $five | sort -n | tail -n 1)
mkfifo "$work/out"
"$vmaview" -J --name "^five$$\$" >"$work/out" 2>"$work/stderr" &
reader=$!
exec 9<"$work/out"
dd bs=1 count=1 <&9 >"$work/document" 2>/dev/null
kill -KILL $last
wait $last 2>/dev/null
cat <&9 >>"$work/document"
wait $reader
verdict=$?
exec 9<&-
{ echo "status $verdict"; cat "$work/stderr"; } >"$work/seen"
[ $verdict = 0 ] && grep -q ' 1 process ended meanwhile' "$work/stderr"
ok $? "one that ends before its turn is counted, and said once" "$work/seen"
if have jq jq "... what is shown is whole, and of the others"; then
	jq -r '.processes[].pid' "$work/document" | xargs >"$work/seen"
	[ "$(cat "$work/seen")" = "$(printf '%s\n' $five | sort -n | head -n 4 | xargs)" ]
	ok $? "... what is shown is whole, and of the others" "$work/seen"
fi

# Groups: who is meant is found out, then the labels are read, then the processes: it ends between the two.
cp "$(command -v sleep)" "$work/gone$$"
"$work/gone$$" 1000 &
gone=$!
started="$started $gone"
while grep -qx sh "/proc/$gone/comm"; do :; done
mkfifo "$work/labels"
"$vmaview" groups --by label --labels "$work/labels" --name "^gone$$\$" >"$work/stdout" 2>"$work/stderr" &
reader=$!
exec 9>"$work/labels"
kill -KILL $gone
wait $gone 2>/dev/null
echo "1000 1000 heap" >&9
exec 9>&-
wait $reader
verdict=$?
echo "status $verdict" >>"$work/stderr"
[ $verdict = 42 ] && grep -q ' 1 process ended meanwhile' "$work/stderr" && [ ! -s "$work/stdout" ]
ok $? "groups of who has ended meanwhile are nobody's" "$work/stderr"

if ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	skip "groups of many say on a terminal how far they are" "no terminal can be made here"
else
	script -qec "'$vmaview' groups --all" "$work/typed" >/dev/null </dev/null
	tr '\r' '\n' <"$work/typed" | grep -Eqx 'vmaview: 0 of [1-9][0-9]* processes read'
	ok $? "groups of many say on a terminal how far they are" "$work/typed"
	script -qec "'$vmaview' groups $first" "$work/typed" >/dev/null </dev/null
	! grep -q ' of 1 process' "$work/typed"
	ok $? "... of one they do not" "$work/typed"
	"$vmaview" groups --all >/dev/null 2>"$work/stderr"
	! grep -q 'processes read' "$work/stderr"
	ok $? "... nor to who is no terminal" "$work/stderr"
fi

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	user=$((1000000 + 2 * $$)) real=$((1000001 + 2 * $$))	# nobody else's, in another run of this neither
	start others setpriv --reuid $user --regid $user --clear-groups cat
	until grep -q "^Uid:.$user.$user" "/proc/$others/status"; do :; done
	start half setpriv --ruid $real --euid $user --regid $user --clear-groups cat
	until grep -q "^Uid:.$real.$user" "/proc/$half/status"; do :; done
	choose "the effective user" "$(printf '%s\n' "$others" "$half" | sort -n | xargs)" --user $user
	# Its users differ: exec() made it one that must not be dumped, and the files below /proc/PID are root's.
	[ "$(stat -c %u "/proc/$half/status")" = 0 ]
	ok $? "one of them must not be dumped"
	choose "... and not the real one" "" --user $real
	if have jq jq "groups have the effective user"; then
		"$vmaview" groups --by user -J "$half" 2>"$work/stderr" | jq -r '.groups[].group.user' >"$work/seen"
		[ "$(cat "$work/seen")" = $user ]
		ok $? "groups have the effective user" "$work/seen"
	fi
else
	skip "the effective user" "needs root and setpriv"
	skip "one of them must not be dumped" "needs root and setpriv"
	skip "... and not the real one" "needs root and setpriv"
	skip "groups have the effective user" "needs root and setpriv"
fi

# Two cgroups of version 2, one below the other, and one whose name begins as theirs does.
mount=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/self/mounts)
group=$mount/$mark
if [ -n "$mount" ] && mkdir "$group" "$group/below" 2>/dev/null; then
	mkdir "$group-not"
	echo "$first" >"$group/cgroup.procs"
	echo "$second" >"$group/below/cgroup.procs"
	echo "$plain" >"$group-not/cgroup.procs"
	path=$(sed -n 's/^0:://p' "/proc/$first/cgroup")
	both=$(printf '%s\n' "$first" "$second" | sort -n | xargs)
	choose "a cgroup and what is below it" "$both" --cgroup "$path"
	choose "... by its folder" "$both" --cgroup "$group"
	choose "... with a slash at its end" "$both" --cgroup "$group/"
	choose "a cgroup that has none below it" "$second" --cgroup "$path/below"
	has "the root has them all" yes "$plain" --cgroup /
	# A container's mount has its own cgroup at the top; version 2 may be mounted twice, and a folder have blanks.
	mkdir "$work/bound here"
	found=$(unshare --mount sh -c 'mount --bind "$1" "$2" && shift 2 && exec "$@"' sh "$group" "$work/bound here" \
		"$vmaview" -r -n -o Pid --cgroup "$work/bound here/below/" 2>"$work/stderr" | uniq | xargs)
	[ "$found" = "$second" ]
	ok $? "a cgroup below the mount of another one" "$work/stderr"
	for pid in $first $second $plain; do echo "$pid" >"$mount/cgroup.procs"; done
	rmdir "$group/below" "$group" "$group-not"
	"$vmaview" --cgroup "$path" >"$work/stdout" 2>"$work/stderr"
	[ $? = 42 ] && grep -q 'version 2' "$work/stderr"
	ok $? "a cgroup that was removed meanwhile has nobody" "$work/stderr"
else
	for sentence in "a cgroup and what is below it" "... by its folder" "... with a slash at its end" \
		"a cgroup that has none below it" "the root has them all" "a cgroup below the mount of another one" \
		"a cgroup that was removed meanwhile has nobody"; do
		skip "$sentence" "no cgroup of version 2 can be made"
	done
fi
first_version=$(awk '$3 == "cgroup" { print $2; exit }' /proc/self/mounts)
if [ -n "$first_version" ]; then
	"$vmaview" --cgroup "$first_version/x" >"$work/stdout" 2>"$work/stderr"
	[ $? = 2 ] && grep -q 'version 1' "$work/stderr"
	ok $? "a cgroup of version 1 is refused" "$work/stderr"
else
	skip "a cgroup of version 1 is refused" "no hierarchy of version 1 is mounted"
fi

# in_proc OPTIONS: all that are seen where /proc is mounted with them.
in_proc() {
	unshare --mount sh -c 'mount -t proc -o "$1" proc /proc && shift && exec "$@"' sh "$@"
}
if unshare --mount sh -c 'mount -t proc -o subset=pid proc /proc' 2>/dev/null; then
	in_proc subset=pid "$vmaview" -r -n -o Pid --name "^$mark\$" 2>"$work/stderr" | uniq >"$work/seen"
	[ "$(cat "$work/seen")" = "$first" ]
	ok $? "/proc with processes alone is enough" "$work/stderr"
	in_proc subset=pid "$vmaview" groups -r -n -o Name,Procs --name "^$mark\$" >"$work/seen" 2>"$work/stderr" &&
		[ "$(cat "$work/seen")" = "$mark 1" ]
	ok $? "... for groups, too" "$work/stderr"
else
	skip "/proc with processes alone is enough" "it cannot be mounted here"
	skip "... for groups, too" "it cannot be mounted here"
fi
if [ "${user:-}" ] && unshare --mount sh -c 'mount -t proc -o hidepid=2 proc /proc' 2>/dev/null; then
	chmod 755 "$work"
	cp "$vmaview" "$work/vmaview"
	in_proc hidepid=2 setpriv --reuid $user --regid $user --clear-groups "$work/vmaview" -r -n -o Pid --name "^$mark\$" --user $user \
		>"$work/seen" 2>"$work/stderr"
	grep -qx "$others" "$work/seen" && ! grep -qx -e "$first" -e "$half" "$work/seen"
	ok $? "whom /proc hides is not found" "$work/stderr"
	in_proc hidepid=2 setpriv --reuid $user --regid $user --clear-groups "$work/vmaview" groups -r -n --by user \
		-o User,Procs >"$work/seen" 2>"$work/stderr"
	grep -Eqx "$user [1-9][0-9]*" "$work/seen" && [ "$(wc -l <"$work/seen")" = 1 ]
	ok $? "... nor in any group" "$work/stderr"
else
	skip "whom /proc hides is not found" "it cannot be mounted here"
	skip "... nor in any group" "it cannot be mounted here"
fi
if unshare --mount --pid --fork --mount-proc true 2>/dev/null; then
	unshare --mount --pid --fork --mount-proc sh -c '"$@"; :' sh "$vmaview" -r -n -o Pid --all 2>"$work/stderr" |
		uniq | xargs >"$work/seen"
	grep -qx '1 [0-9]*' "$work/seen"
	ok $? "in a namespace of PIDs all are those inside" "$work/seen"
	unshare --mount --pid --fork --mount-proc sh -c '"$@"; :' sh "$vmaview" groups -r -n --by tree -o Tree,Procs \
		>"$work/seen" 2>"$work/stderr"
	[ "$(cat "$work/seen")" = "1 2" ]
	ok $? "... and all groups" "$work/stderr"
	unshare --pid --fork "$vmaview" groups >"$work/seen" 2>"$work/stderr"
	[ $? = 1 ] && grep -q "another PID namespace's" "$work/stderr" && [ ! -s "$work/seen" ]
	ok $? "where /proc is that of another namespace, no groups are made" "$work/stderr"
else
	skip "in a namespace of PIDs all are those inside" "none can be made here"
	skip "... and all groups" "none can be made here"
	skip "where /proc is that of another namespace, no groups are made" "none can be made here"
fi
tap_end
