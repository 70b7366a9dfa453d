#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""series_frame.py FILE - what each process of a series of snapshots had at each moment; by pandas, or without it."""
import sys

import vmaview

KEYS = ("rss", "pss", "swap", "cow_debt")


def rows(path):
    moment = 1
    while True:
        try:
            processes = list(vmaview.processes("%s@%d" % (path, moment)))
        except FileNotFoundError:
            if moment == 1:
                raise
            return
        for process in processes:
            row = {"moment": moment, "time": process.time, "pid": process.pid, "comm": process.comm}
            for key in KEYS:
                values = [area[key] for area in process.rows]
                row[key] = None if None in values else sum(values)
            yield row
        moment += 1


def main():
    table = list(rows(sys.argv[1]))
    try:
        import pandas
    except ImportError:
        for row in table:
            print(*("-" if value is None else value for value in row.values()), sep="\t")
        return
    frame = pandas.DataFrame(table)
    frame["time"] = pandas.to_datetime(frame["time"], unit="ns")
    print(frame.to_string(index=False))


if __name__ == "__main__":
    main()
