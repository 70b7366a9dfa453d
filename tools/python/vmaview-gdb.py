# SPDX-License-Identifier: GPL-2.0
"""vmaview inside gdb: the areas of what is being debugged, or of a core file.

    (gdb) source vmaview-gdb.py
    (gdb) vmaview              the areas of the inferior
    (gdb) vmaview $rsp         the one that an address lies in, all that is known of it
    (gdb) vmaview -o +KSM      words that begin with - are options of the command vmaview, which then shows it

A process that lives is asked through libvmaview. A core file is read by the command, with --from.
"""
import re
import subprocess

import gdb

HEAD = ("start", "size", "rss", "cow_debt", "perms", "kind", "name")


class VmaviewCommand(gdb.Command):
    """Memory areas of the inferior: vmaview [ADDRESS], or vmaview OPTION... as the command takes them."""

    def __init__(self):
        super().__init__("vmaview", gdb.COMMAND_STATUS, gdb.COMPLETE_EXPRESSION)

    def invoke(self, argument, from_tty):
        try:
            self.show(argument.strip())
        except (OSError, subprocess.SubprocessError) as error:
            raise gdb.GdbError("vmaview: %s" % (getattr(error, "strerror", None) or error))

    def show(self, argument):
        core = core_file()
        if core or argument.startswith("-"):
            self.run(core, argument)
            return
        import vmaview
        pid = gdb.selected_inferior().pid
        if not pid:
            raise gdb.GdbError("vmaview: nothing is being debugged")
        if argument:
            address = address_of(argument)
            for area in vmaview.areas(pid, low=address, high=address):
                for key, value in area.items():
                    print("%-20s %s" % (key, "-" if value is None else value))
            return
        rows = [[area[key] for key in HEAD] for area in vmaview.areas(pid)]
        for row in [HEAD] + rows:
            print(" ".join("%16s" % ("-" if value is None else value) for value in row))

    def run(self, core, argument):
        words = gdb.string_to_argv(argument)
        if core and words and not words[0].startswith("-"):
            address = address_of(argument)
            words = ["-A", "%#x,%#x" % (address, address)]
        target = ["--from", core] if core else [str(gdb.selected_inferior().pid)]
        said = subprocess.run(["vmaview", *words, *target], check=True, stdout=subprocess.PIPE, text=True)
        print(said.stdout, end="")


def address_of(expression):
    return int(gdb.parse_and_eval(expression).cast(gdb.lookup_type("unsigned long")))


def core_file():
    """The path of the core that is open; None."""
    found = re.search(r"core dump file:\s+`(.*)', file type", gdb.execute("info files", to_string=True))
    return found.group(1) if found else None


VmaviewCommand()
