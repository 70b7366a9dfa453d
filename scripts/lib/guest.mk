# SPDX-License-Identifier: GPL-2.0
# guest.mk - beside the top-level Makefile: what only guests run.
guest-programs: scripts/guest/forked

scripts/guest/forked: scripts/guest/forked.c
	$(CC) -O2 -Wall -Wextra -Werror -o $@ $<

guest-tests:
	$(MAKE) -C selftests/guest

.PHONY: guest-programs guest-tests
