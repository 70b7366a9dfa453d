# SPDX-License-Identifier: GPL-2.0
# guest.mk - beside the top-level Makefile: what only guests run.
guest-programs: scripts/guest/forked tour

scripts/guest/forked: scripts/guest/forked.c
	$(CC) -O2 -Wall -Wextra -Werror -o $@ $<

tour:
	$(MAKE) -C selftests/tour

# What ran of it can be counted: scripts/coverage.  Debian's kernels count nothing, nor do they call the constructors
# that tell of what is to be counted: a module does the one, the start of main.c the other.
counter.ko:
	$(MAKE) -C "$(KDIR)" M="$(CURDIR)/ksrc/counter" modules
	cp ksrc/counter/counter.ko $@

counted: features counter.ko
	$(MAKE) -C "$(KDIR)" M="$(CURDIR)" KBUILD_EXTRA_SYMBOLS="$(CURDIR)/ksrc/counter/Module.symvers" \
		CONFIG_GCOV_KERNEL=y "CFLAGS_module/main.o=-include $(CURDIR)/selftests/coverage/counted.h" modules

counting-tool:
	$(MAKE) -C tools/vmaview CFLAGS="-O0 -g --coverage"

# KSRC: what lib/kselftest.sh unpacked, in a copy of its own.
guest-tests:
	$(MAKE) -C selftests kselftest KSRC="$(KSRC)"

soak:
	$(MAKE) -C selftests/soak KSELFTEST="$(KSRC)/tools/testing/selftests"

planted:
	$(MAKE) -C "$(KDIR)" M="$(CURDIR)/selftests/planted" modules

# For a kernel that was compiled here, by its own key: what lockdown takes.  A signature stays until the
# module is linked again.
signed: module
	tail -c 28 vmaview.ko | grep -qx '~Module signature appended~' || \
		"$(KDIR)/scripts/sign-file" sha512 "$(KDIR)/certs/signing_key.pem" "$(KDIR)/certs/signing_key.x509" vmaview.ko

.PHONY: guest-programs tour counter.ko counted counting-tool guest-tests soak planted signed
