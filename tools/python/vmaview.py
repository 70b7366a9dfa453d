# SPDX-License-Identifier: GPL-2.0
"""Memory areas of processes, as the kernel itself sees them: libvmaview for Python.

    import vmaview
    for area in vmaview.areas(1234):
        print(area["start"], area["rss"], area["cow_debt"])

A target is a PID, which takes root and the module, or the path of what `vmaview record` wrote, FILE@N for its N-th
moment. A row is a dict with the keys of `vmaview -J`: sizes in bytes, addresses and frames "0x...", None for what is
not known. What fails raises OSError with the errno of libvmaview(3).
"""
import codecs
import ctypes
import errno
import functools
import os
import warnings

__all__ = ["areas", "pages", "sharers", "processes", "Process"]

AREAS, PAGES, SHARERS = 1, 2, 3
NUMBER, BOOL, TEXT, WORDS, PAIRS, NUMBERS = 1, 2, 3, 4, 5, 6
ADDRESS, FRAME = 3, 4
JOIN = 1
RECEIPT = ("elapsed_ns", "longest_hold_ns", "holds", "entries", "retries", "restarts")


class Query(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("rows", ctypes.c_int), ("pid", ctypes.c_int), ("file", ctypes.c_char_p),
                ("moment", ctypes.c_uint32), ("flags", ctypes.c_uint32), ("low", ctypes.c_uint64),
                ("high", ctypes.c_uint64), ("only", ctypes.c_uint64 * 8)]


class Item(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("text", ctypes.c_char_p), ("number", ctypes.c_uint64)]


@functools.lru_cache(maxsize=None)
def _load():
    library = ctypes.CDLL("libvmaview.so.1")
    pointer, number = ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint64)
    for name, result, *arguments in (
            ("open", ctypes.c_int, ctypes.POINTER(pointer), ctypes.POINTER(Query)),
            ("only", ctypes.c_int, ctypes.POINTER(Query), ctypes.c_char_p, ctypes.c_char_p),
            ("close", None, ctypes.POINTER(pointer)),
            ("next_process", ctypes.c_int, pointer), ("next", ctypes.c_int, pointer),
            ("message", ctypes.c_char_p, pointer), ("comm", ctypes.c_char_p, pointer),
            ("kernel", ctypes.c_char_p, pointer), ("pid", ctypes.c_int, pointer), ("time", ctypes.c_uint64, pointer),
            ("page_size", ctypes.c_uint64, pointer), ("more", ctypes.c_size_t, pointer),
            ("moments", ctypes.c_uint32, pointer),
            ("receipt", ctypes.c_int, pointer, ctypes.c_char_p, number),
            ("field", pointer, ctypes.c_int, ctypes.c_size_t),
            ("field_name", ctypes.c_char_p, pointer), ("field_type", ctypes.c_int, pointer),
            ("field_unit", ctypes.c_int, pointer),
            ("number", ctypes.c_int, pointer, pointer, number),
            ("text", ctypes.c_int, pointer, pointer, ctypes.POINTER(ctypes.c_char_p)),
            ("item", ctypes.c_int, pointer, pointer, ctypes.c_size_t, ctypes.POINTER(Item))):
        function = getattr(library, "vmaview_" + name)
        function.restype = result
        function.argtypes = arguments
    return library


# What is no UTF-8 is in octal, as -J has it.
codecs.register_error("vmaview", lambda e: ("".join("\\%03o" % byte for byte in e.object[e.start:e.end]), e.end))


def _word(raw):
    return raw.decode("utf-8", "vmaview")


class _Field:
    """A field of rows: how its value is read from the row at hand."""

    def __init__(self, library, field):
        self.library, self.field = library, field
        self.name = library.vmaview_field_name(field).decode()
        self.hex = library.vmaview_field_unit(field) in (ADDRESS, FRAME)
        self.type = library.vmaview_field_type(field)
        self.read = {NUMBER: self.number, BOOL: self.bool, TEXT: self.text, WORDS: self.words,
                     PAIRS: self.pairs, NUMBERS: self.numbers}[self.type]

    def number(self, handle):
        value = ctypes.c_uint64()
        if self.library.vmaview_number(handle, self.field, ctypes.byref(value)) <= 0:
            return None
        return hex(value.value) if self.hex else value.value

    def bool(self, handle):
        value = self.number(handle)
        return None if value is None else bool(value)

    def text(self, handle):
        value = ctypes.c_char_p()
        if self.library.vmaview_text(handle, self.field, ctypes.byref(value)) <= 0:
            return None
        # No operations is None; no name is a name without letters.
        return _word(value.value) if value.value or self.name == "name" else None

    def items(self, handle):
        item, place, found = Item(), 0, []
        while (ret := self.library.vmaview_item(handle, self.field, place, ctypes.byref(item))) == 1:
            found.append((_word(item.name), item.number if item.text is None else _word(item.text)))
            place += 1
        return None if ret < 0 else found

    def words(self, handle):
        found = self.items(handle)
        return None if found is None else [name for name, _ in found]

    def pairs(self, handle):
        found = self.items(handle)
        return None if found is None else dict(found)

    numbers = pairs


class Process:
    """One process of a target: pid, comm, kernel, page_size, time (ns since 1970), receipt, more, and its rows."""

    def __init__(self, library, handle, fields):
        self.pid = library.vmaview_pid(handle)
        self.comm = _word(library.vmaview_comm(handle))
        self.kernel = _word(library.vmaview_kernel(handle))
        self.page_size = library.vmaview_page_size(handle) or None
        self.time = library.vmaview_time(handle) or None
        self.receipt = _receipt(library, handle)
        self.more = library.vmaview_more(handle)
        self.rows = list(_rows(library, handle, fields))


def _receipt(library, handle):
    value, receipt = ctypes.c_uint64(), {}
    for name in RECEIPT:
        known = library.vmaview_receipt(handle, name.encode(), ctypes.byref(value)) > 0
        receipt[name] = value.value if known else None
    known = library.vmaview_receipt(handle, b"changed", ctypes.byref(value)) > 0
    receipt["changed"] = ("yes" if value.value else "no") if known else "unknown"
    return receipt


def _rows(library, handle, fields):
    while _check(library, handle, library.vmaview_next(handle)):
        row = {field.name: field.read(handle) for field in fields}
        if not row.get("caveats", True):
            del row["caveats"]
        yield row


def _check(library, handle, ret):
    if ret < 0:
        message = _word(library.vmaview_message(handle)) or os.strerror(-ret)
        raise OSError(-ret, message)
    return ret


def _query(library, target, rows, low, high, only, join):
    query = Query(size=ctypes.sizeof(Query), rows=rows, low=low, high=high or 0, flags=JOIN if join else 0)
    if isinstance(target, int):
        query.pid = target
    else:
        path, _, moment = os.fsdecode(target).rpartition("@")
        if path and (moment.isdecimal() or moment == "last"):
            query.moment = 0 if moment == "last" else int(moment)
        else:
            path = os.fsdecode(target)
        query.file = os.fsencode(path)
    for field, words in (only or {}).items():
        for word in [words] if isinstance(words, str) else words:
            if library.vmaview_only(ctypes.byref(query), field.encode(), word.encode()):
                raise ValueError("pages cannot be chosen by %s=%s" % (field, word))
    return query


def processes(target, rows=AREAS, low=0, high=None, only=None, join=False):
    """Each process of target, with its rows; of those the others choose some, as areas() and pages() say."""
    library = _load()
    fields, field = [], library.vmaview_field(rows, 0)
    while field:
        fields.append(_Field(library, field))
        field = library.vmaview_field(rows, len(fields))
    query, handle = _query(library, target, rows, low, high, only, join), ctypes.c_void_p()
    try:
        _check(library, handle, library.vmaview_open(ctypes.byref(handle), ctypes.byref(query)))
        while _check(library, handle, library.vmaview_next_process(handle)):
            yield Process(library, handle, fields)
    finally:
        library.vmaview_close(ctypes.byref(handle))


def _all(target, pid, rows, **choice):
    found, seen = [], False
    for process in processes(target, rows, **choice):
        if pid is not None and process.pid != pid:
            continue
        seen = True
        if process.more:
            warnings.warn("PID %d: not all were looked at who may share %d of its areas" % (process.pid, process.more),
                          stacklevel=3)
        found.extend(process.rows)
    if not seen:
        raise OSError(errno.ESRCH, "no such process is in it")
    return found


def areas(target, pid=None, low=0, high=None):
    """A row an area that overlaps [low, high]; of a snapshot of several processes those of all, or those of pid."""
    return _all(target, pid, AREAS, low=low, high=high)


def pages(target, pid=None, low=0, high=None, only=None, join=False):
    """A row a run of pages that are alike.

    only={"state": "present", "pte": ["dirty", "!young"]} chooses by state, origin, pte and flags; join goes on where
    only frames or slots do not follow each other.
    """
    return _all(target, pid, PAGES, low=low, high=high, only=only, join=join)


def sharers(target, pid=None, low=0, high=None):
    """A row an area of another process that maps the same pages; where not all were looked at, a warning says so."""
    return _all(target, pid, SHARERS, low=low, high=high)
