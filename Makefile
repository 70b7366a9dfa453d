# SPDX-License-Identifier: GPL-2.0
# make            the module for KDIR, and the tool
# make selftests  the test programs of the host and of the tour; the guest's are a kselftest:
#                 make -C selftests kselftest KSRC=KERNEL-TREE
# make bench      the programs that measure
# make check      every test that needs no kernel
# make install    module, tool, library, Python module, man pages and completions below DESTDIR
# make dist       the release's tarball, reproducible
# make deb        the packages for Debian
KDIR ?= /lib/modules/$(shell uname -r)/build
PREFIX ?= /usr/local
DESTDIR ?=
# Where the kernel build puts the module below INSTALL_MOD_PATH.
INSTALL_MOD_DIR ?= updates

all: module tool

features:
	@sh module/compat/probe-kernel.sh "$(KDIR)" module/compat/features.h

module: features
	$(MAKE) -C "$(KDIR)" M="$(CURDIR)" modules

tool:
	$(MAKE) -C tools/vmaview

selftests:
	$(MAKE) -C selftests/host
	$(MAKE) -C selftests/tour

bench:
	$(MAKE) -C selftests/bench

check:
	$(MAKE) -C selftests/host check

install: all
	$(MAKE) -C "$(KDIR)" M="$(CURDIR)" INSTALL_MOD_PATH="$(DESTDIR)" INSTALL_MOD_DIR="$(INSTALL_MOD_DIR)" modules_install
	$(MAKE) -C tools/vmaview install PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)"
	$(MAKE) -C tools/lib/vmaview install PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)"

dist:
	@sh scripts/dist

# In a folder of its own, so that nothing of it is left here.
deb:
	@set -e; work=$$(mktemp -d); trap 'rm -rf "$$work"' EXIT; sh scripts/dist "$$work" >/dev/null; \
	DEB_BUILD_OPTIONS="$$DEB_BUILD_OPTIONS noautodbgsym" \
	sh packaging/debian/build "$$work"/vmaview-*.tar.gz "$$work" -b; mv "$$work"/*.deb .; ls ./vmaview*.deb

# Also of a tree that has the module alone, as DKMS does, and where no headers are.
clean:
	[ ! -e "$(KDIR)/Makefile" ] || $(MAKE) -C "$(KDIR)" M="$(CURDIR)" clean
	$(RM) module/compat/features.h
	@for dir in tools/vmaview selftests/host selftests/tour selftests/bench; do \
		[ ! -e $$dir/Makefile ] || $(MAKE) -C $$dir clean || exit; \
	done

.PHONY: all features module tool selftests bench check install dist deb clean
