#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""cow_debts.py - the ten processes of this machine whose next writes would cost most; as root, with the module."""
import os

import vmaview


def debt(pid):
    """Bytes of new memory if all that is present were written; None: it ended, or has no memory of its own."""
    try:
        return sum(area["cow_debt"] or 0 for area in vmaview.areas(pid))
    except (ProcessLookupError, FileNotFoundError) as error:
        if "module" in str(error):
            raise
        return None
    except OSError as error:
        if "kernel thread" in str(error):
            return None
        raise


def main():
    debts = {pid: debt(pid) for pid in map(int, filter(str.isdecimal, os.listdir("/proc")))}
    known = [(bytes_, pid) for pid, bytes_ in debts.items() if bytes_ is not None]
    for bytes_, pid in sorted(known, reverse=True)[:10]:
        print("%10d kB  %d" % (bytes_ // 1024, pid))


if __name__ == "__main__":
    main()
