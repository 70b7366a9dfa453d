#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# lockdown.sh - the last test: lockdown cannot be taken back before the next boot
exec "$(dirname "$0")/lockdown"
