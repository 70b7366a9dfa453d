#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# packaging.sh - the dashboard knows all that metrics prints and nothing else, the units hold together, and so does
# their page; what is missing for a build is named
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
needs jq jq
vmaview=$PWD/selftests/host/bin/tool/vmaview
dashboard=packaging/grafana/vmaview.json
page=docs/metrics.md

# dashboard SENTENCE FILTER: it is true of it.
dashboard() {
	jq -e "$2" $dashboard >"$work/said" 2>&1
	ok $? "$1" "$work/said"
}

# The heads of all gauges, and of the one that only the module has.
{ "$vmaview" metrics $$ 2>/dev/null; echo '# HELP vmaview_longest_hold_seconds'; } |
	sed -n 's/^# HELP \([a-z_]*\).*/\1/p' | sort -u >"$work/gauges"
[ "$(wc -l <"$work/gauges")" -ge 18 ]
ok $? "the gauges are known" "$work/gauges"

jq -r '.panels[].targets[].expr, (.templating.list[] | select(.type == "query") | .query.query)' $dashboard >"$work/queries"
grep -oE 'vmaview_[a-z_]+' "$work/queries" | sort -u | diff "$work/gauges" - >"$work/differs"
ok $? "the dashboard asks for each gauge, and for no other" "$work/differs"
grep -oE '[{,][a-z]+=' "$work/queries" | tr -d '{,=' | sort -u >"$work/labels"
printf '%s\n' cgroup instance other | diff - "$work/labels" >"$work/differs"
ok $? "... by labels that there are" "$work/differs"
grep -oE '\$[a-z]+' "$work/queries" | sort -u | sed 's/^.//' >"$work/used"
jq -r '.templating.list[].name' $dashboard | sort | grep -vx datasource | diff - "$work/used" >"$work/differs"
ok $? "... and variables that it has" "$work/differs"
dashboard "what Grafana imports has no number of its own, and says which format it has" \
	'.id == null and (.uid | test("^[a-zA-Z0-9_-]{1,40}$")) and .schemaVersion >= 36 and .version == 1 and
	 (.title | length > 0) and (.time.from and .time.to) and (.annotations.list | type == "array") and
	 ([.__requires[] | select(.type == "panel").id] == ([.panels[].type] | unique))'
# strange [FILTER]: what of it, changed by FILTER, Grafana would not know.
strange() {
	jq "${1:-.}" $dashboard | jq -r -f selftests/host/lib/dashboard.jq
}

strange >"$work/said" 2>&1
[ ! -s "$work/said" ]
ok $? "each field is one that Grafana's kind has, of its type, and has one of its words" "$work/said"
while IFS= read -r change; do
	[ "$(strange "$change" | wc -l)" = 1 ] || echo "$change"
done >"$work/said" <<'END'
.panels[0].gridPos.w = 25
.panels[2].fieldConfig.defaults.thresholds.steps[0].value = 2
.panels[5].options.legend.placement = "left"
.panels[5].fieldConfig.defaults.custom.drawStyle = "steps"
.panels[0].options.graphMode = "bars"
.panels[0].descripton = ""
.templating.list[1].type = "list"
.annotations.list[0].enable = 1
.refresh = "1 min"
del(.panels[3].targets[0].refId)
del(.annotations.list[0].iconColor)
del(.time)
END
[ ! -s "$work/said" ]
ok $? "... and one that it has not, or not so, is seen" "$work/said"
# shellcheck disable=SC2016 # no shell's
dashboard "each panel has a number, a place and words of its own" \
	'[.panels[] | .id] as $ids | ($ids | unique | length) == (.panels | length) and
	 all(.panels[]; (.title | length > 0) and (.description | length > 0) and .fieldConfig.defaults.unit and
		.fieldConfig.overrides == [] and .options)'
# shellcheck disable=SC2016 # no shell's
dashboard "no two panels overlap, and none is wider than the page" \
	'[.panels[].gridPos | . as $p | range(.x; .x + .w) as $x | range(.y; .y + .h) as $y | [$x, $y]] |
	 length == (unique | length) and all(.[]; .[0] < 24)'
# shellcheck disable=SC2016 # no shell's
dashboard "all ask the data source that was chosen" \
	'all(.panels[], .panels[].targets[], (.templating.list[] | select(.type == "query"));
		.datasource == {"type": "prometheus", "uid": "${datasource}"}) and
	 all(.panels[]; [.targets[].refId] | length > 0 and . == unique)'

sed -n 's/^| `\(vmaview_[a-z_]*\).*/\1/p' $page | sort -u | diff "$work/gauges" - >"$work/differs"
ok $? "$page has each gauge" "$work/differs"

# The command need not be installed here, nor man.
for unit in service timer; do
	sed "s@^ExecStart=vmaview @ExecStart=$vmaview @; /^Documentation=/d" packaging/systemd/vmaview-metrics.$unit \
		>"$work/vmaview-metrics.$unit"
done
sed -n 's/^ExecStart=vmaview //p' packaging/systemd/vmaview-metrics.service >"$work/arguments"
sed "s@--textfile .*@--textfile $work/vmaview.prom $$@" "$work/arguments" | xargs "$vmaview" >"$work/said" 2>&1
[ -s "$work/vmaview.prom" ] && [ "$(wc -l <"$work/arguments")" = 1 ]
ok $? "the service's command is one" "$work/said"
folder=$(sed -n 's/^ReadWritePaths=//p' packaging/systemd/vmaview-metrics.service)
grep -qx "ConditionPathIsDirectory=$folder" packaging/systemd/vmaview-metrics.service &&
	grep -q -- "--textfile $folder/vmaview.prom" "$work/arguments" && grep -qF "$folder/vmaview.prom" $page
ok $? "it may write where it writes, and the page says where that is"
if have systemd-analyze systemd "systemd takes the units"; then
	systemd-analyze verify "$work"/vmaview-metrics.* >"$work/said" 2>&1 && [ ! -s "$work/said" ]
	ok $? "systemd takes the units" "$work/said"
	systemd-analyze security --offline=true --threshold=20 --no-pager "$work/vmaview-metrics.service" >"$work/said" 2>&1
	ok $? "the service can do little beside its job" "$work/said"
	sed '/^Protect/d' "$work/vmaview-metrics.service" >"$work/open.service"
	! systemd-analyze security --offline=true --threshold=20 --no-pager "$work/open.service" >"$work/said" 2>&1
	ok $? "... which is seen of one that may do more" "$work/said"
else
	skip "the service can do little beside its job" "systemd-analyze is missing: install the package systemd"
	skip "... which is seen of one that may do more" "systemd-analyze is missing: install the package systemd"
fi

# lacks RELEASE WORD...: without any library, on what this os-release says, make names these.
lacks() {
	release=$1
	shift
	printf '%s\n' "$release" >"$work/os-release"
	! OS_RELEASE="$work/os-release" PKG_CONFIG_LIBDIR="$work" PKG_CONFIG_PATH='' \
		make -n -C tools/vmaview >"$work/said" 2>&1
	status=$?
	for word; do
		grep -qE "as root: .*$word( |\$)" "$work/said" || status=1
	done
	! grep -qE '^(cc|gcc) ' "$work/said" || status=1
	ok $status "make names the packages that are missing: $*" "$work/said"
}

lacks 'ID=debian' 'apt install' libsmartcols-dev libproc2-dev libcap-ng-dev libbpf-dev
lacks 'ID_LIKE="rhel centos fedora"' 'dnf install' libsmartcols-devel procps-ng-devel libcap-ng-devel
lacks 'ID=arch' 'pacman -S' util-linux-libs procps-ng libbpf
PKG_CONFIG=none make -n -C tools/vmaview >"$work/said" 2>&1
grep -q 'install pkg-config ' "$work/said"
ok $? "... and pkg-config itself" "$work/said"
PKG_CONFIG=none PKG_CONFIG_LIBDIR="$work" make -n -C tools/vmaview clean >"$work/said" 2>&1
ok $? "to clean up takes none" "$work/said"

# Each library of the build by its name in Debian: in its packages, in what README installs, in what checks install;
# and in those of the others.
libraries=$(sed -n 's/^LIBRARIES *:= *//p' tools/vmaview/libraries.mk)
for library in $libraries; do
	package=$(PKG_CONFIG_LIBDIR="$work" PKG_CONFIG_PATH='' OS_RELEASE=/dev/null sh tools/vmaview/libraries.sh "$library" 2>&1)
	package=${package##* }
	case $package in *-dev) ;; *) echo "$library has no package in tools/vmaview/libraries.sh" ;; esac
	for file in packaging/debian/control scripts/packages scripts/host-packages README.md; do
		grep -qE "(^| )$package(,| |\$)" $file || echo "$file: no $package"
	done
	grep -q "pkgconfig($library)" packaging/rpm/vmaview.spec || echo "packaging/rpm: no $library"
done >"$work/said"
[ -n "$libraries" ] && [ ! -s "$work/said" ]
ok $? "all packages know what the tool is built with" "$work/said"
for file in vmaview _vmaview vmaview.fish; do
	make -s -C tools/vmaview -n install DESTDIR=/there 2>/dev/null | grep -q "packaging/completion/$file /there/"
	ok $? "make install takes the completion $file"
done
tap_end
