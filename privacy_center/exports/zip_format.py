"""The bytes of a ZIP archive around its files: before each, in the list at the end, and the end (APPNOTE.TXT 6.3.10)."""

from __future__ import annotations

import struct
from datetime import datetime

UTF8 = 0x0800
DEFLATED = 8
VERSION = 45  # that of ZIP64
UNIX = 3 << 8
READABLE = 0o100644 << 16
LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
MANY, BIG = 0xFFFF, 0xFFFFFFFF

Stamp = tuple[int, int]


def stamp(when: datetime) -> Stamp:
    """A moment as ZIP has it since MS-DOS: every other second, from 1980 on."""
    year = min(max(when.year, 1980), 2107)
    return when.hour << 11 | when.minute << 5 | when.second // 2, (year - 1980) << 9 | when.month << 5 | when.day


def before(name: bytes, when: Stamp, crc: int, size: int, deflated: int) -> bytes:
    """What stands before the bytes of a file: its sizes too, so that the archive can be read as a stream."""
    big = size >= BIG or deflated >= BIG
    sizes = struct.pack("<HHQQ", 1, 16, size, deflated) if big else b""
    shown = (BIG, BIG) if big else (deflated, size)
    return LOCAL.pack(b"PK\3\4", VERSION, UTF8, DEFLATED, *when, crc, *shown, len(name), len(sizes)) + name + sizes


def in_list(name: bytes, when: Stamp, crc: int, size: int, deflated: int, *, at: int) -> bytes:
    """What stands of a file in the list at the end; *at* is where it begins."""
    big = size >= BIG or deflated >= BIG
    wide = [*((size, deflated) if big else ()), *((at,) if at >= BIG else ())]
    extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    shown = (BIG, BIG) if big else (deflated, size)
    head = (b"PK\1\2", UNIX | VERSION, VERSION, UTF8, DEFLATED, *when, crc, *shown)
    return CENTRAL.pack(*head, len(name), len(extra), 0, 0, 0, READABLE, min(at, BIG)) + name + extra


def end(count: int, begin: int, length: int) -> bytes:
    """The end: how many files there are, where their list begins and how long it is."""
    wide = b""
    if count >= MANY or begin >= BIG or length >= BIG:
        wide = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, UNIX | VERSION, VERSION, 0, 0, count, count, length, begin)
        wide += struct.pack("<4sIQI", b"PK\6\7", 0, begin + length, 1)
    few = min(count, MANY)
    return wide + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, few, few, min(length, BIG), min(begin, BIG), 0)
