#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# top.sh - frames as text, their pace, and the screen of a real terminal
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
work=$(cd "$work" && pwd -P)
started=''
trap 'kill -KILL $started 2>/dev/null; for size in 80x24 200x60; do tmux -L "vmaview$$.$size" kill-server; done 2>/dev/null; rm -rf "$work"' EXIT
vmaview=$PWD/bin/tool/vmaview
without_module='showing only what /proc reports'

# What waits until it is killed, and takes memory each time it is written to.
cat >"$work/taker" <<'END'
$0 = "taker of memory\x01\x1b[31m\xff";
open(my $w, "<", $ARGV[0]);
my @taken;
open(my $r, ">", $ARGV[1]); print $r "ready\n"; close($r);
while (<$w>) { push(@taken, "x" x (4 << 20)); }
END
mkfifo "$work/more"
perl "$work/taker" "$work/more" "$work/ready" &
taker=$! started="$started $!"
exec 3>"$work/more"
until [ -s "$work/ready" ]; do :; done

$vmaview top --once $taker >"$work/stdout" 2>"$work/stderr"
ok $? "one frame" "$work/stderr"
head -n 1 "$work/stdout" | grep -Eq '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[-+][0-9]{4}: 1 process, 0 unreadable, 0 ended meanwhile; [0-9.]+ ms of a processor$'
ok $? "... says when, of whom, and what it took" "$work/stdout"
! LC_ALL=C grep -q "$(printf '[\001\033\377]')" "$work/stdout"
ok $? "... with no escape codes" "$work/stdout"
[ "$(wc -l <"$work/stderr")" -le 1 ] && ! grep -vq "$without_module" "$work/stderr"
ok $? "... and at most says that the module is not there" "$work/stderr"

# It is stopped, so that its statm says the same before and after.
kill -STOP $taker
until grep -q '^State:.T' "/proc/$taker/status"; do :; done
$vmaview top --once -r -n -b -o Pid,RSS $taker 2>/dev/null | sed 1d >"$work/seen"
awk -v pid=$taker -v size="$(getconf PAGESIZE)" '{ print pid, $2 * size }' "/proc/$taker/statm" >"$work/wanted"
kill -CONT $taker
diff "$work/wanted" "$work/seen" >"$work/diff"
ok $? "what is in memory is what statm says" "$work/diff"

# It is told to grow, again and again, until it is seen to have grown by as much as it takes at once: a frame may come
# while it has touched but a part of that.
mkfifo "$work/frames"
$vmaview top --batch -r -n --interval 0.05 --duty 100 -o Pid,Grown $taker >"$work/frames" 2>"$work/stderr" &
top=$! started="$started $!"
grown=0
while [ "$grown" -lt 4096 ] && read -r pid more; do
	[ "$pid" = "$taker" ] || continue
	case $more in
	*[!0-9]*) ;;
	*) grown=$((grown + more)) ;;
	esac
	echo more >&3
done <"$work/frames"
[ "$grown" -ge 4096 ]
ok $? "what a process takes from one frame to the next is seen: $grown kB"
wait $top
[ $? = 1 ] && ! grep -v "$without_module" "$work/stderr"
ok $? "a reader that goes away ends it without a word" "$work/stderr"

$vmaview top --batch --count 3 --interval 0.01 --duty 100 -r -o Comm $taker >"$work/stdout" 2>/dev/null
[ "$(grep -c '^# ' "$work/stdout")" = 3 ] && [ "$(grep -c '^Comm' "$work/stdout")" = 1 ]
ok $? "raw frames have one heading for all" "$work/stdout"

# What a frame takes of a processor, a hundred times, is how long the next one waits at --duty 1.
python3 - "$vmaview" $taker >"$work/seen" 2>&1 <<'END'
import re, subprocess, sys, time
began = time.monotonic()
out = subprocess.run([sys.argv[1], 'top', '--batch', '--count', '2', '--interval', '0.01', '--duty', '1', sys.argv[2]],
                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
took = time.monotonic() - began
cost = [float(c) / 1000 for c in re.findall(r'([0-9.]+) ms of a processor', out)]
print(took, cost)
sys.exit(len(cost) != 2 or took < cost[0] * 100)
END
ok $? "no more than its share of a processor is used" "$work/seen"

sleep 1000 &
sleeper=$! started="$started $!"
$vmaview top --batch --interval 0.05 --duty 100 $sleeper >"$work/frames" 2>"$work/stderr" &
top=$! started="$started $!"
while read -r line; do
	case $line in *"1 process,"*) kill $sleeper ;; esac
done <"$work/frames"
wait $top && ! grep -v "$without_module" "$work/stderr"
ok $? "when nobody is left it ends" "$work/stderr"
$vmaview top --batch 2147483646 >"$work/stdout" 2>"$work/stderr"
[ $? = 42 ] && [ "$(wc -l <"$work/stderr")" = 1 ] && [ ! -s "$work/stdout" ]
ok $? "where nobody was at first, that is said" "$work/stderr"
mkfifo "$work/endless"
$vmaview top --batch --interval 0.05 --duty 100 $taker >"$work/endless" 2>/dev/null &
top=$! started="$started $!"
while read -r line; do
	case $line in *"1 process,"*) kill -INT $top 2>/dev/null ;; esac
	last=$line
done <"$work/endless"
wait $top && case $last in *"taker of memory"*) ;; *) false ;; esac
ok $? "a signal ends it after a whole frame"

while IFS='|' read -r sentence arguments; do
	# shellcheck disable=SC2086 # a list of words
	$vmaview top $arguments $taker >"$work/stdout" 2>"$work/stderr" </dev/null
	[ $? = 2 ] && [ "$(wc -l <"$work/stderr")" = 1 ] && [ ! -s "$work/stdout" ]
	ok $? "refused: $sentence" "$work/stderr"
done <<'END'
no duty at all|--once --duty 0
more than a processor|--once --duty 101
names of areas, of which text has none|--once --labels lib/labels
text in two ways|--once --batch
one frame, counted|--once --count 2
raw screens|-r
JSON|--once -J
no column|--once -o Rsss
END
$vmaview top $taker >"$work/stdout" 2>"$work/stderr" </dev/null
[ $? = 2 ] && grep -q -- '--batch' "$work/stderr"
ok $? "what is no terminal gets no screen" "$work/stderr"

# LeakSanitizer looks at the end; what is kept from frame to frame would be seen in between.
$vmaview top --batch --count 400 --interval 0.01 --duty 100 -r -n -o Pid,RSS --tree $$ >"$work/stdout" 2>"$work/stderr"
! grep -v "$without_module" "$work/stderr" && [ "$(grep -c '^# ' "$work/stdout")" = 400 ]
ok $? "four hundred frames leave nothing" "$work/stderr"

if ! command -v tmux >/dev/null; then
	skip "the screen of a terminal" "tmux is missing: install the package tmux"
	tap_end
fi

# A server for each size: one that ends is not yet gone when the next one is wanted.
terminal() {
	tmux -L "vmaview$$.$size" "$@"
}

# shows PATTERN: within a minute; how long it takes depends on what else this machine does.  After one that did not
# come none is waited for.
lost=''
shows() {
	[ -z "$lost" ] || return 1
	tries=0
	until terminal capture-pane -p -t screen >"$work/screen" 2>/dev/null && grep -Eq -- "$1" "$work/screen"; do
		tries=$((tries + 1))
		[ $tries -lt 600 ] || { lost=1; return 1; }
		sleep 0.1
	done
}

start=$(sed -n 's/^\([0-9a-f]*\)-.*\[stack\]$/\1/p' "/proc/$taker/maps")
printf '%s 10 where\033[31mit_waits\n%s 10 else\n' "$start" "$(printf '%x' $((0x$start + 64)))" >"$work/labels"

look_around() {
	size=$1 locale=$2
	terminal -f /dev/null new-session -d -s screen -x "${size%x*}" -y "${size#*x}" \
		"LC_ALL=$locale ASAN_OPTIONS=detect_leaks=1 $vmaview top --interval 0.2 --duty 100 --labels '$work/labels' $taker $$ 2>'$work/errors'; echo ended: \$?; cat"
	shows '^. +'$taker' .*taker of memory'
	ok $? "$size, $locale: processes, whatever they are called" "$work/screen"
	[ "$(wc -l <"$work/screen")" -le "${size#*x}" ] && awk -v wide="${size%x*}" 'length > wide { exit 1 }' "$work/screen" &&
		! grep -q 'taker of memory.*31m.*[^\\]377' "$work/screen"
	ok $? "$size, $locale: no line is longer than that" "$work/screen"
	terminal send-keys -t screen / t a k e r Enter && terminal send-keys -t screen Enter
	shows "^areas of $taker: taker"
	ok $? "$size, $locale: Enter shows areas" "$work/screen"
	terminal send-keys -t screen F4 && terminal send-keys -t screen -l 'Mapping =~ stack' && terminal send-keys -t screen Enter
	shows ' 1 shown of'
	ok $? "$size, $locale: a filter" "$work/screen"
	shows "$start where"'\\033\[31mit_waits \+1 '
	ok $? "$size, $locale: and what --labels calls it" "$work/screen"
	terminal send-keys -t screen F1
	shows 'any key goes on'
	ok $? "$size, $locale: help" "$work/screen"
	terminal send-keys -t screen x
	shows 'it_waits \+1 '
	ok $? "$size, $locale: and back" "$work/screen"
	terminal send-keys -t screen Escape
	shows '^processes'
	ok $? "$size, $locale: Escape shows processes again" "$work/screen"
	terminal send-keys -t screen Z
	shows PAUSED
	ok $? "$size, $locale: a pause" "$work/screen"
	terminal resize-window -t screen -x 60 -y 12
	terminal send-keys -t screen Z
	shows '^F1 help'
	ok $? "$size, $locale: the terminal becomes smaller" "$work/screen"
	terminal send-keys -t screen q
	shows '^ended: 0'
	ok $? "$size, $locale: q ends it, and leaves nothing" "$work/screen"
}

look_around 80x24 C.UTF-8
look_around 200x60 C
tap_end
