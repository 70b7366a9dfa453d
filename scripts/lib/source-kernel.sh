#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# source-kernel.sh ROW - compile the kernel of /usr/src/linux-source-*.tar.*, and prepare its boot.
# In: a root with the source, in it scripts/ at /vmaview.  Out, as root-kernel.sh leaves it:
# /usr/lib/modules/VERSION, /etc/vmaview/release, /boot/guest/vmlinuz; the source is gone.  Stopped and started again it goes on where it was.
set -eu
row=$1
configs=/vmaview/configs
source=/usr/src/linux

unpack() {
	[ ! -e $source/.unpacked ] || return 0
	rm -rf $source
	mkdir $source
	tar -x --strip-components=1 -C $source -f "$(echo /usr/src/linux-source-*.tar.*)"
	touch $source/.unpacked
}

wanted() {
	grep -hE '^(# )?CONFIG_' $configs/guest "$configs/$row"
}

# A line that olddefconfig did not keep would be a detector that sleeps.
check_config() {
	wanted | while read -r line; do
		option=${line#"# "}
		option=${option%%[= ]*}
		grep -qxF -e "$line" .config && continue
		case $line in
		"# "*) grep -q "^$option=" .config || continue ;;
		esac
		echo "wanted $line, got $(grep -w "$option" .config || echo nothing)"
	done >wrong
	[ ! -s wrong ] || { echo "source-kernel: the kernel's options are not as wanted:" >&2; cat wrong >&2; return 1; }
}

# The smallest kernel there is, and what is asked for; only a change makes anything new.
configure() {
	make -s KCONFIG_CONFIG=tiny tinyconfig
	wanted >fragment
	KCONFIG_CONFIG=new scripts/kconfig/merge_config.sh -m tiny fragment >/dev/null
	make -s KCONFIG_CONFIG=new olddefconfig
	cmp -s new .config || cp new .config
	check_config
}

# What modules are built with, as a headers package has it, and signed with.
install_headers() {
	headers=/usr/src/linux-headers-$1
	rm -rf "$headers"
	# shellcheck disable=SC2016 # expanded by make
	make -s run-command KBUILD_RUN_COMMAND='sh $(srctree)/scripts/package/install-extmod-build '"$headers"
	cp .config "$headers/"
	mkdir "$headers/certs"
	cp certs/signing_key.pem certs/signing_key.x509 "$headers/certs/"
	ln -sfn "$headers" "/usr/lib/modules/$1/build"
}

unpack
cd $source
configure
make -j"$(nproc)" bzImage modules
release=$(make -s kernelrelease)
make -s modules_install
install_headers "$release"
cp "$(make -s image_name)" /boot/guest/vmlinuz
echo "$release" >/etc/vmaview/release
cd /
rm -rf $source /usr/src/linux-source-*
