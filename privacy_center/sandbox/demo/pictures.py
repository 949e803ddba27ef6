"""Small PNG pictures, drawn here, so that files and feedback have something to show."""

from __future__ import annotations

import random
import struct
import zlib

WIDTH, HEIGHT = 160, 100
PAPER, INK, FRAME = (250, 250, 247), (70, 78, 92), (205, 208, 214)
COLOURS = ((36, 92, 200), (186, 52, 44), (32, 128, 84), (190, 130, 20))


def screenshot(seed: str) -> bytes:
    """A picture like a window: a bar on top, lines of text, one bar chart; another *seed*, another picture."""
    chance = random.Random(seed)  # noqa: S311  (a picture, not a secret)
    rows = [bytearray(PAPER * WIDTH) for _ in range(HEIGHT)]
    box(rows, (0, 0, WIDTH, 12), FRAME)
    for number in range(3):
        box(rows, (5 + 10 * number, 3, 6, 6), COLOURS[number])
    for line in range(6):
        box(rows, (8, 20 + 9 * line, chance.randint(24, 70), 4), INK)
    colour = chance.choice(COLOURS)
    for bar in range(8):
        tall = chance.randint(8, 62)
        box(rows, (88 + 8 * bar, 86 - tall, 6, tall), colour)
    box(rows, (86, 87, 66, 1), INK)
    return png(rows)


def box(rows: list[bytearray], place: tuple[int, int, int, int], colour: tuple[int, int, int]) -> None:
    """Fill a rectangle; its place is left, top, width, height."""
    left, top, wide, tall = place
    for row in rows[top : top + tall]:
        row[left * 3 : (left + wide) * 3] = bytes(colour) * wide


def png(rows: list[bytearray]) -> bytes:
    """Rows of RGB pixels as a PNG file."""
    header = struct.pack(">IIBBBBB", WIDTH, len(rows), 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG: length, kind, content, checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
