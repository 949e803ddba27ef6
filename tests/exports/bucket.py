"""An object store on this machine, as far as S3's own clients ask for it: put, also in parts, head, get with ranges, delete."""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEPT = ("Content-Type", "Content-Disposition")


class Bucket(BaseHTTPRequestHandler):
    """Answers as an object store does; what it holds is the server's."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_PUT(self) -> None:
        """Take an object, or a part of one."""
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if number := self._asked.get("partNumber"):
            self.server.parts[int(number[0])] = content
        else:
            self._hold(content, self.headers)
        self._answer(200, b"", {"ETag": f'"{hashlib.md5(content).hexdigest()}"'})

    def do_POST(self) -> None:
        """Begin or complete an object that comes in parts, or remove some objects."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if "delete" in self._asked:
            for key in re.findall("<Key>([^<]+)</Key>", body):
                self.server.held.pop(f"/bucket/{key}", None)
            said = "<DeleteResult/>"
        elif "uploads" in self._asked:
            self.server.begun, self.server.parts = self.headers, {}
            said = "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>"
        else:
            self._hold(b"".join(self.server.parts[number] for number in sorted(self.server.parts)), self.server.begun)
            said = '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>'
        self._answer(200, said.encode(), {})

    def _hold(self, content: bytes, headers: Any) -> None:
        self.server.held[self._key] = content, {name: headers[name] for name in KEPT if headers[name]}

    def do_GET(self) -> None:
        """Hand an object out, or a part of it."""
        if self._key not in self.server.held:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>", {})
            return
        content, headers = self.server.held[self._key]
        headers = {**headers, "ETag": f'"{hashlib.md5(content).hexdigest()}"', "Last-Modified": "Sun, 01 Nov 2026 12:00:00 GMT"}
        status = 200
        if asked := self.headers["Range"]:
            first, _dash, last = asked.removeprefix("bytes=").partition("-")
            begin, end = int(first), int(last) + 1 if last else len(content)
            headers["Content-Range"] = f"bytes {begin}-{min(end, len(content)) - 1}/{len(content)}"
            status, content = 206, content[begin:end]
        self._answer(status, content, headers)

    do_HEAD = do_GET

    @property
    def _asked(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.path).query, keep_blank_values=True)

    @property
    def _key(self) -> str:
        return urlsplit(self.path).path

    def _answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_given: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def open_bucket() -> Iterator[ThreadingHTTPServer]:
    """The store, on a free port, while the block lasts."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    server.held = {}
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
