#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# probe-kernel.sh KDIR OUT - write features.h for the kernel headers in KDIR.
set -eu
[ -e "$2" ] || : >"$2"
