# SPDX-License-Identifier: GPL-2.0
# libvmaview's sources, wherever they are built: LIBRARY_SOURCES, LIBRARY_CPPFLAGS.  Beside the C library
# it needs libzstd.
# Of what libvmaview.h promises, not of the release: the first number is that of the soname.
LIBRARY_VERSION := 1.0
LIBRARY_ROOT := $(dir $(lastword $(MAKEFILE_LIST)))
# In all rooms, as named from here.
LIBRARY_SOURCES := $(sort $(patsubst $(LIBRARY_ROOT)%,%,$(wildcard $(addprefix $(LIBRARY_ROOT),*.c */*.c))))

# "vmaview/reader.h" and "columns/columns.h" for everybody, and what the kernel module promises.
LIBRARY_CPPFLAGS := -I$(LIBRARY_ROOT).. -I$(LIBRARY_ROOT) -I$(LIBRARY_ROOT)../../../uapi -D_GNU_SOURCE
