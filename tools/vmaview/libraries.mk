# SPDX-License-Identifier: GPL-2.0
# What the tool's sources need, wherever they are built: TOOL_CPPFLAGS and LDLIBS.
PKG_CONFIG ?= pkg-config
LIBRARIES := smartcols json-c libproc2 libcap-ng libbpf

TOOL_CPPFLAGS := -D_GNU_SOURCE $(shell $(PKG_CONFIG) --cflags $(LIBRARIES))
# The release of procps whose pmap is imitated: the one that is installed here, 40002 for 4.0.2.
TOOL_CPPFLAGS += -DPMAP_PROCPS=$(shell $(PKG_CONFIG) --modversion libproc2 | \
	awk -F. '{ print $$1 * 10000 + $$2 * 100 + $$3 }')
LDLIBS := $(shell $(PKG_CONFIG) --libs $(LIBRARIES))
