# SPDX-License-Identifier: GPL-2.0
# guest.mk - beside the top-level Makefile: what only guests run.
guest-programs: scripts/guest/forked tour

scripts/guest/forked: scripts/guest/forked.c
	$(CC) -O2 -Wall -Wextra -Werror -o $@ $<

tour:
	$(MAKE) -C selftests/tour

guest-tests:
	$(MAKE) -C selftests/guest

soak:
	$(MAKE) -C selftests/soak

planted:
	$(MAKE) -C "$(KDIR)" M="$(CURDIR)/selftests/planted" modules

.PHONY: guest-programs tour guest-tests soak planted
