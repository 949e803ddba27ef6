"""What a file is, by its bytes: a PDF, a picture or plain text; anything else, and anything that is two things, is refused."""

from __future__ import annotations

import re
import threading
import unicodedata
import zlib
from io import BytesIO
from typing import Any

from flask_babel import lazy_gettext as _l
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000
MOST_SCANS = 64  # of a JPEG that builds up step by step; thousands of them would keep us busy for minutes
MOST_INFLATED = 400 * 1024 * 1024
TAIL = 65_557  # the end of a ZIP archive with the longest comment
JPEG_START, PNG_START, PDF_START = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
_drawing = threading.Lock()  # one picture at a time: each may need a few hundred MB for a moment

ELSE = _l("This is not a PDF, JPEG, PNG or plain text file")
TWO_THINGS = _l("This file has something else hidden in it, so we don’t take it. Send a photo or a screenshot of it instead")
BROKEN = _l("This file is damaged or incomplete; try to send it again, or send a photo of it")
TOO_MANY = _l("This picture has more than 40 million points; make it smaller, or send a photo of it")
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
HIDDEN = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"<?php", b"<script")
MARKUP = re.compile(r"\s*(<\?|<!doctype|<html|<svg|<script|<!--|\{\\rtf|%!ps|@echo\b)", re.IGNORECASE)
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])")
STREAM = re.compile(rb"stream\r?\n")


class Refused(Exception):
    """A file is not taken; its text is a sentence that says why, in the reader's language."""


def examined(content: bytes) -> tuple[str, bytes]:
    """The media type of the bytes, and the bytes to keep; raises Refused."""
    if content.startswith(PDF_START):
        return "application/pdf", _pdf(content)
    if content.startswith(JPEG_START):
        return "image/jpeg", _picture(content, "JPEG")
    if content.startswith(PNG_START):
        return "image/png", _picture(content, "PNG")
    _refuse_known(content)
    return "text/plain", _text(content)


def _refuse_known(content: bytes) -> None:
    """Say in words of its own why a file is refused that people send often, or should not."""
    if content.startswith(ARCHIVES):
        raise Refused(_l("This is an archive, a Word document or the like; send what is in it as a PDF, a picture or plain text"))
    if content.startswith(PROGRAMS):
        raise Refused(_l("This is a program or a script; send a PDF, a picture or plain text"))
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        raise Refused(_l("This is a picture in a format that we can’t open (HEIC); send a screenshot of it"))


def _refuse_two_things(content: bytes) -> None:
    """Refuse what is an archive or a page as well."""
    lowered = content.lower()
    if any(each.lower() in lowered for each in HIDDEN) or _ends_as_zip(content):
        raise Refused(TWO_THINGS)


def _ends_as_zip(content: bytes) -> bool:
    """Whether programs would open it as a ZIP archive: they look for its end at the end."""
    tail = content[-TAIL:]
    at = tail.rfind(b"PK\x05\x06")
    return at >= 0 and len(tail) - at >= 22


def _picture(content: bytes, kind: str) -> bytes:
    """The picture, drawn anew: no place, no camera, no second picture, nothing behind its end."""
    _refuse_two_things(content)
    if PDF_START in content[:1024] or (kind == "JPEG" and content.count(b"\xff\xda") > MOST_SCANS):
        raise Refused(TWO_THINGS)
    with _drawing:
        try:
            return _drawn(content, kind)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise Refused(TOO_MANY) from None
        except (OSError, ValueError, SyntaxError, ArithmeticError, EOFError, UnidentifiedImageError, zlib.error):
            raise Refused(BROKEN) from None


def _drawn(content: bytes, kind: str) -> bytes:
    """The picture's points and nothing else; how many they are is asked before they are read."""
    with Image.open(BytesIO(content), formats=[kind]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Refused(TOO_MANY)
        opened.load()
        upright: Any = ImageOps.exif_transpose(opened)
        plain = upright.convert(_mode(upright, kind))
    points = Image.new(plain.mode, plain.size)
    points.paste(plain)
    out = BytesIO()
    points.save(out, kind, **({"quality": 88} if kind == "JPEG" else {}))
    return out.getvalue()


def _mode(image: Image.Image, kind: str) -> str:
    """In which colours it is drawn: with what is transparent only where it can be."""
    if image.mode in ("L", "1"):
        return "L"
    clear = kind == "PNG" and ("A" in image.mode or "transparency" in image.info)
    return "RGBA" if clear else "RGB"


def _pdf(content: bytes) -> bytes:
    """The PDF as it is, when it is whole, open, of a sane size, and does nothing by itself."""
    if b"%%EOF" not in content[-1024:]:
        raise Refused(BROKEN)
    _refuse_two_things(content)
    plain = _unescaped(content)
    if re.search(rb"/Encrypt(?![A-Za-z0-9])", plain):
        raise Refused(_l("This PDF is locked with a password; send one that is not, or a photo of it"))
    if ACTIVE.search(plain) or _hides_active(content):
        raise Refused(_l("This PDF contains programs or other files; print it to a new PDF, or send a photo of it"))
    return content


def _unescaped(content: bytes) -> bytes:
    """Names in a PDF may be written in numbers: /J#53 is /JS."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), content)


def _hides_active(content: bytes) -> bool:
    """Whether compressed lists of objects hold what would be refused in the open; raises Refused when it all unfolds to too much."""
    left = MOST_INFLATED
    for found in STREAM.finditer(content):
        is_list = b"/ObjStm" in content[max(0, found.start() - 400) : found.start()]
        unfolding, begin, carried = zlib.decompressobj(), found.end(), b""
        waiting: bytes = content[begin : begin + len(content)] if content[begin : begin + 1] in b"\x78\x58\x48\x38\x68\x28\x18\x08" else b""
        while waiting and not unfolding.eof:
            try:
                piece = unfolding.decompress(waiting, 1024 * 1024)
            except zlib.error:
                break
            left, waiting = left - len(piece), unfolding.unconsumed_tail
            if left < 0:
                raise Refused(_l("This PDF unfolds to far more than it seems; print it to a new PDF, or send a photo of it"))
            if is_list and ACTIVE.search(_unescaped(carried + piece)):
                return True
            carried = piece[-64:]
            if not piece and not waiting:
                break
    return False


def _text(content: bytes) -> bytes:
    """The text in UTF-8, when it is text and nothing that a program would run."""
    text = _decoded(content)
    if text is None or any(unicodedata.category(each) == "Cc" and each not in "\t\n\r\f" for each in text):
        raise Refused(ELSE)
    if MARKUP.match(text) or "<script" in text.lower() or "<?php" in text.lower():
        raise Refused(_l("This is a web page or a script; send a PDF, a picture or plain text"))
    if _ends_as_zip(content):
        raise Refused(TWO_THINGS)
    return text.encode()


def _decoded(content: bytes) -> str | None:
    """The words in the bytes, as editors of today and of China write them; None when there are none."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
