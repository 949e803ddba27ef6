"""What somebody says who wants a copy to run something, or to call out; and the files that come with it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

from tests import makers
from tests.journeys.records import INES, NOW, said
from tests.makers import iso

TITLE = '<script>alert("title")</script> & "quotes"'
WORDS = """<script src="https://evil.example/x.js"></script><img src="https://evil.example/a.png" onerror="alert(1)">
![pixel](https://evil.example/pixel.png) <style>@import url(https://evil.example/s.css)</style>
<meta http-equiv="refresh" content="0;url=https://evil.example/"><base href="https://evil.example/">
</p></div></section></article></main><iframe src="https://evil.example/"></iframe>

```html"><script>alert(2)</script>
<link rel="stylesheet" href="https://evil.example/c.css">
```
[x](javascript:alert(1)) <!-- and ``` a fence that is never closed"""
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
PAGE = b"<script src='https://evil.example/x.js'></script>"
FILES = {"evil.html": PAGE, "evil.svg": PAGE, 'a "dot" #1.png': PIXEL, "no ending": PAGE}


def records() -> Iterator[dict[str, Any]]:
    """A conversation in which every part tries it."""
    yield makers.line("conversation", user=INES, id="hostile", title=TITLE, created_at=iso(NOW), updated_at=iso(NOW), model="<b>GLM</b>")
    yield said("hostile-0", None, "user", WORDS, NOW) | {"conversation": "hostile"}
    tool = {"type": "tool", "name": "<b>bash</b>", "call": "1", "input": {"command": WORDS}, "output": WORDS}
    files = [{"type": "file", "file": name} for name in FILES]
    parts = [{"type": "reasoning", "text": WORDS}, tool, {"type": "text", "text": WORDS}, *files]
    yield makers.line("message", user=INES, id="hostile-1", conversation="hostile", parent="hostile-0", role="assistant", created_at=iso(NOW), parts=parts)
    for name, content in FILES.items():
        known = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "content_base64": base64.b64encode(content).decode()}
        yield makers.line("file", user=INES, id=name, conversation="hostile", message="hostile-1", name=name, created_at=iso(NOW), **known)
