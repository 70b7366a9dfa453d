# SPDX-License-Identifier: GPL-2.0
# prometheus.sh - the suites of the matrix in; Prometheus, its promtool and the node exporter of each out, in the cache.
# Each has its own C library, so that it runs in any root.  Sourced.
# shellcheck shell=sh disable=SC2154

# prometheus_suites: of the kernels that Debian built; backports have none of their own.
prometheus_suites() {
	stock_rows | while read -r row; do
		base_suite "$(row_field "$row" 2)"
	done | sort -u
}

# hold_prometheus: sets prometheus, the folder that has a folder for each suite.
hold_prometheus() {
	prometheus=$cache/prometheus
	for suite in $(prometheus_suites); do
		hold_unpacked "$prometheus/$suite" "$suite" unpack_prometheus
	done
}

# promtool has a package of its own in some suites, and in others it has not.
# shellcheck disable=SC2046 # a list of words
unpack_prometheus() {
	cd "$new/apt" || return
	suite_apt apt-get update || return
	suite_apt apt-get download libc6 prometheus prometheus-node-exporter \
		$(suite_apt apt-cache search --names-only '^promtool$' | cut -d' ' -f1) || return
	for package in ./*.deb; do
		dpkg-deb -x "$package" "$new" || return
	done
}
