# SPDX-License-Identifier: GPL-2.0
# guest-tests.mk - the top-level Makefile's `selftests` without the host's half.
guest-tests:
	$(MAKE) -C selftests/guest

.PHONY: guest-tests
