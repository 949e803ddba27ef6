"""Files that go with messages: texts as the scenario has them, pictures drawn here, and some that ZCode never sent on."""

from __future__ import annotations

import base64
import hashlib

from privacy_center.sandbox.demo.lines import Line, identity
from privacy_center.sandbox.demo.pictures import screenshot
from privacy_center.sandbox.demo.scenario import Part

MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "png": "image/png",
    "svg": "image/svg+xml",
    "sql": "application/sql",
    "py": "text/x-python",
    "html": "text/html",
    "zip": "application/zip",
    "pdf": "application/pdf",
    "toml": "application/toml",
    "yaml": "application/yaml",
}


def file_of(part: Part, message: Line, key: str) -> Line:
    """The line of the file that *part* is; of an `absent` one only the size is known."""
    name, _, size = part.argument.rpartition(" ") if part.kind == "absent" else (part.argument, "", "")
    contents = screenshot(key + name) if part.kind == "picture" else (part.body + "\n").encode()
    line: Line = {
        "type": "file",
        "id": identity("file", f"{message['id']}/{name}"),
        "user": message["user"],
        "conversation": message["conversation"],
        "message": message["id"],
        "name": name,
        "media_type": MEDIA_TYPES.get(name.rpartition(".")[2], "text/plain"),
        "size": int(size or len(contents)),
        "sha256": hashlib.sha256(contents).hexdigest(),
        "created_at": message["created_at"],
    }
    if part.kind != "absent":
        line["content_base64"] = base64.b64encode(contents).decode()
    return line
