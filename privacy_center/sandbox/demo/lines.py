"""What all lines of the demo share: their shape, and ids in ZCode's manner."""

from __future__ import annotations

import hashlib
from typing import Any

Line = dict[str, Any]


def identity(kind: str, key: str) -> str:
    """An id in ZCode's manner, always the same for the same key."""
    return f"{kind}_{hashlib.sha256(key.encode()).hexdigest()[:24]}"
