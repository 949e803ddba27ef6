"""Files that nobody may read who finds them: encrypted before they go into the file store, piece by piece.

Each file has a key of its own, made from ours, a random salt and the place it lies in, so that one file can't be put in the place of
another. Pieces are numbered and the last one says that it is the last: a piece that was changed, moved or cut off is found before
anything of it is handed out.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from privacy_center.core import storage, tokens

FORMAT = b"ZCS1"
MARK, SALT, TAG = 8, 32, 16  # bytes
HEAD = len(FORMAT) + MARK + SALT
PIECE = 256 * 1024
SEALED_PIECE = PIECE + TAG

_keys: list[bytes] = []


class Unreadable(Exception):
    """What is stored was changed, or none of our keys opens it."""


def set_keys(current: str, *earlier: str) -> None:
    """Seal with *current* from now on, and open what was sealed with *earlier* ones, too."""
    _keys[:] = [key.encode() for key in (current, *earlier)]


def new_key(folder: str) -> str:
    """A place in the file store, under *folder*, that nobody can guess and that says nothing."""
    return f"{folder.rstrip('/')}/{tokens.new_token()}"


def keep(key: str, content: bytes | Iterable[bytes]) -> None:
    """Store *content*, given whole or in pieces, encrypted under *key*: whole or not at all."""
    storage.keep(key, _sealed(key, [content] if isinstance(content, bytes) else content))


def open(key: str) -> Iterator[bytes]:
    """What was kept under *key*, in pieces, each checked before it is given; raises Missing or Unreadable before the first."""
    opened = _opened(key, storage.read(key))
    first = next(opened, b"")
    return _with_first(first, opened)


def _with_first(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _sealed(key: str, content: Iterable[bytes]) -> Iterator[bytes]:
    """The head, then each piece encrypted."""
    salt = secrets.token_bytes(SALT)
    yield FORMAT + _mark(_keys[0]) + salt
    lock = AESGCM(_file_key(_keys[0], salt, key))
    for number, (piece, is_last) in enumerate(_even(content, PIECE)):
        yield lock.encrypt(_nonce(number, is_last), piece, None)


def _opened(key: str, stored: Iterator[bytes]) -> Iterator[bytes]:
    """Each piece decrypted; raises Unreadable at the first that isn't as we wrote it."""
    head, rest = _cut(stored, HEAD)
    master = next((each for each in _keys if head[:-SALT] == FORMAT + _mark(each)), None)
    if master is None:
        raise Unreadable(key)
    lock = AESGCM(_file_key(master, head[-SALT:], key))
    for number, (piece, is_last) in enumerate(_even(rest, SEALED_PIECE)):
        try:
            opened = lock.decrypt(_nonce(number, is_last), piece, None)
        except (InvalidTag, ValueError):
            raise Unreadable(key) from None
        yield opened


def _cut(pieces: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """The first *size* bytes, and what follows them."""
    begun = bytearray()
    for piece in pieces:
        begun += piece
        if len(begun) >= size:
            break
    return bytes(begun[:size]), _with_first(bytes(begun[size:]), pieces)


def _even(pieces: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """The same bytes in pieces of *size*, and whether each is the last; of nothing, one empty piece."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) > size:
            yield bytes(waiting[:size]), False
            del waiting[:size]
    yield bytes(waiting), True


def _nonce(number: int, is_last: bool) -> bytes:
    """Never the same twice under the key of one file."""
    return number.to_bytes(11, "big") + bytes([is_last])


def _mark(master: bytes) -> bytes:
    """By what a file says which of our keys sealed it, without telling anything of the key."""
    return _derived(master, b"", b"mark of the key", MARK)


def _file_key(master: bytes, salt: bytes, key: str) -> bytes:
    """The key of one file, in one place."""
    return _derived(master, salt, b"file " + key.encode(), 32)


def _derived(master: bytes, salt: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, b"zcode privacy center " + purpose).derive(master)
