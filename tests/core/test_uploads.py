"""Files are what their bytes say, and what we don't want is refused in words."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage

from privacy_center.core import uploads
from privacy_center.core.uploads import Refused, Taken

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
ZIP_END = b"PK\x05\x06" + bytes(18)


def sent(content: bytes, name: str = "file") -> Taken:
    """What becomes of a file that was sent."""
    return uploads.take(FileStorage(BytesIO(content), name))


def refusal(content: bytes, name: str = "file") -> str:
    """The sentence with which it is refused."""
    with pytest.raises(Refused) as refused:
        sent(content, name)
    return str(refused.value.args[0])


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    """A picture."""
    out = BytesIO()
    Image.new("RGB", size, (10, 90, 170)).save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type", "name"),
    [
        (PDF, "application/pdf", "paper.pdf"),
        (picture("JPEG"), "image/jpeg", "paper.jpg"),
        (picture("PNG"), "image/png", "paper.png"),
        (b"plain words", "text/plain", "paper.txt"),
        ("这是她的账号".encode("gb18030"), "text/plain", "paper.txt"),
        ("mit Umlaut: ä".encode("utf-16"), "text/plain", "paper.txt"),
    ],
)
def test_the_bytes_say_what_a_file_is_whatever_its_name(app: Flask, content: bytes, media_type: str, name: str) -> None:
    taken = sent(content, "paper.exe")
    assert (taken.media_type, taken.name) == (media_type, name)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        (b"PK\x03\x04 word/document.xml", "archive, a Word document"),
        (b"Rar!\x1a\x07\x01\x00", "archive"),
        (b"MZ\x90\x00", "program or a script"),
        (b"#!/bin/sh\nrm -rf /", "program or a script"),
        (b"<html><script>alert(1)</script>", "web page or a script"),
        (b"  <?php system('id');", "web page or a script"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"),
        (b"\x00\x01\x02\x03binary", "not a PDF, JPEG, PNG or plain text"),
        (b"GIF89a\x01\x00", "not a PDF, JPEG, PNG or plain text"),
    ],
)
def test_what_is_none_of_these_is_refused_in_words(app: Flask, content: bytes, words: str) -> None:
    assert words in refusal(content, "photo.jpg")


@pytest.mark.parametrize("content", [picture() + ZIP_END, picture("PNG") + b"<script>alert(1)</script>", PDF + b"PK\x03\x04stuff" + ZIP_END + b"\n%%EOF"])
def test_what_is_two_things_is_refused(app: Flask, content: bytes) -> None:
    assert "something else hidden in it" in refusal(content)


@pytest.mark.parametrize("content", [picture()[:300], picture("PNG")[:60], b"\xff\xd8\xff" + b"x" * 100, PDF.replace(b"%%EOF", b"")])
def test_what_is_cut_off_is_refused(app: Flask, content: bytes) -> None:
    assert "damaged or incomplete" in refusal(content)


def test_a_picture_keeps_neither_place_nor_camera_nor_what_is_behind_it(app: Flask) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Marker Camera"
    exif.get_ifd(0x8825)[2] = (1.0, 2.0, 3.0)
    taken = sent(picture(exif=exif, comment=b"marker comment") + b"marker behind the end")
    assert b"arker" not in taken.content
    assert not Image.open(BytesIO(taken.content)).getexif()


def test_a_picture_that_lay_on_its_side_stands(app: Flask) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    taken = sent(picture(exif=exif))
    assert Image.open(BytesIO(taken.content)).size == (30, 40)


def test_a_picture_that_unfolds_to_billions_of_points_is_refused_unread(app: Flask) -> None:
    bomb = BytesIO()
    Image.new("1", (50_000, 50_000)).save(bomb, "PNG")
    assert "40 million points" in refusal(bomb.getvalue())


def test_a_picture_of_a_thousand_layers_is_refused(app: Flask) -> None:
    assert "something else hidden" in refusal(picture(progressive=True) + b"\xff\xda" * 1000)


@pytest.mark.parametrize("active", [b"/JavaScript", b"/J#53", b"/Launch", b"/EmbeddedFiles", b"/XFA"])
def test_a_pdf_that_does_something_is_refused(app: Flask, active: bytes) -> None:
    assert "contains programs or other files" in refusal(PDF.replace(b"/Catalog", b"/Catalog " + active + b" 2 0 R"))


def test_a_pdf_that_hides_a_program_in_a_compressed_list_is_refused(app: Flask) -> None:
    hidden = zlib.compress(b"<< /S /JavaScript /JS (app.alert(1)) >>")
    listed = b"2 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\n" + hidden + b"\nendstream endobj\n"
    assert "contains programs or other files" in refusal(PDF.replace(b"trailer", listed + b"trailer"))


def test_a_pdf_that_unfolds_without_end_is_refused(app: Flask) -> None:
    bomb = b"2 0 obj << /Filter /FlateDecode >> stream\n" + zlib.compress(bytes(450 * 1024 * 1024), 9) + b"\nendstream endobj\n"
    assert "unfolds to far more" in refusal(PDF.replace(b"trailer", bomb + b"trailer"))


def test_a_locked_pdf_is_refused(app: Flask) -> None:
    assert "locked with a password" in refusal(PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\kid\\secret.txt", "secret.txt"),
        ("../../etc/passwd", "passwd.txt"),
        ("出生证明.pdf", "出生证明.txt"),
        ('a"b\r\nSet-Cookie: x.txt', "a b Set-Cookie x.txt"),
        ("photo\u202egpj.exe", "photo gpj.txt"),
        ("", "file.txt"),
        ("x" * 300 + ".txt", "x" * 100 + ".txt"),
    ],
)
def test_names_are_cleaned(app: Flask, given: str, kept: str) -> None:
    assert sent(b"words", given).name == kept
