# SPDX-License-Identifier: GPL-2.0
# The tool's sources, and what they need, wherever they are built: TOOL_SOURCES, TOOL_CPPFLAGS, LDLIBS; and
# those of the library that it stands on, in library.mk.
TOOL_ROOT := $(dir $(lastword $(MAKEFILE_LIST)))
include $(TOOL_ROOT)../lib/vmaview/library.mk
# In all rooms, as named from here.
TOOL_SOURCES := $(sort $(patsubst $(TOOL_ROOT)%,%,$(wildcard $(addprefix $(TOOL_ROOT),*.c */*.c */*/*.c))))

PKG_CONFIG ?= pkg-config
LIBRARIES := smartcols libproc2 libcap-ng libbpf libzstd ncursesw libelf

# What is missing is said by the names of packages, and not by a compiler; to clean up nothing is needed.
ifneq ($(filter-out clean,$(or $(MAKECMDGOALS),all)),)
ifneq ($(shell PKG_CONFIG='$(PKG_CONFIG)' sh $(TOOL_ROOT)libraries.sh $(LIBRARIES) && echo all),all)
$(error libraries are missing)
endif
endif

# An include names the room of a header.
TOOL_CPPFLAGS := -I$(TOOL_ROOT) $(LIBRARY_CPPFLAGS) $(shell $(PKG_CONFIG) --cflags $(LIBRARIES))
# The release of procps whose pmap is imitated: the one that is installed here, 40002 for 4.0.2.
TOOL_CPPFLAGS += -DPMAP_PROCPS=$(shell $(PKG_CONFIG) --modversion libproc2 | \
	awk -F. '{ print $$1 * 10000 + $$2 * 100 + $$3 }')
LDLIBS := $(shell $(PKG_CONFIG) --libs $(LIBRARIES))
