"""Conversations in the shape of ChatGPT's own exports, which Open WebUI, LibreChat and others import.

Rules that importers were seen to rely on: a message comes after the one it follows, and the newest thread's last message is the
last of all; `metadata` is always there; each `parts` holds one text. What the shape has no place for stands under `zcode`, as it
was stored: a conversation's fields, a message's parts where they are more than one text, its id and whom it says it follows where
they are others here.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from privacy_center.exports.tables import Column, exact
from privacy_center.exports.talks import Body, Message, Talk
from privacy_center.exports.zip64 import Archive, Entry

A_NUMBER = re.compile("0|[1-9][0-9]{0,9}").fullmatch
NONE: list[int] = []
LARGEST = 100 * 1024 * 1024  # bytes of a file; the next conversation begins another


class Chats:
    """The files `conversations/conversations-NNN.json` while they are written."""

    def __init__(self, archive: Archive, columns: list[Column]) -> None:
        self.archive, self.columns = archive, columns
        self.paths: list[str] = []
        self._entry: Entry | None = None

    def begin(self, talk: Talk) -> None:
        """One conversation, up to where its messages begin."""
        if self._entry is None or self._entry.size > LARGEST:
            self.close()
            self.paths.append(f"conversations/conversations-{len(self.paths) + 1:03}.json")
            self._entry = self.archive.open(self.paths[-1])
            self._entry.write(b"[\n")
        else:
            self._entry.write(b",\n")
        self._keys = _keys_of(talk)
        self._entry.write(self._head(talk))
        root = {"id": self._keys[None], "message": None, "parent": None, "children": [self._keys[first] for first in talk.tree.children.get(None, NONE)]}
        self._entry.write(orjson.dumps(self._keys[None]) + b":" + orjson.dumps(root))

    def add(self, talk: Talk, some: list[Body]) -> None:
        """The next messages of that conversation."""
        assert self._entry is not None
        keys, parents, children, by_id = self._keys, talk.tree.parents, talk.tree.children, talk.by_id
        nodes = {}
        for message, parts in some:
            key, above = keys[message.id], parents[message.id]
            moved = message.parent is not None and (above is None or message.parent != by_id[above].external_id)
            nodes[key] = {
                "id": key,
                "message": _message(message, parts, key, moved=moved),
                "parent": keys[above],
                "children": [keys[child] for child in children.get(message.id, NONE)],
            }
        self._entry.write(b",\n" + orjson.dumps(nodes)[1:-1])

    def end(self) -> None:
        """That conversation is complete."""
        assert self._entry is not None
        self._entry.write(b"}}")

    def close(self) -> None:
        """Complete the file that is open, if there is one."""
        if self._entry is not None:
            self._entry.write(b"\n]\n")
            self._entry.close()
            self._entry = None

    def _head(self, talk: Talk) -> bytes:
        """What comes before the messages; ends inside the mapping."""
        names = [column.name for column in self.columns]
        held = dict(zip(names, talk.values, strict=True))
        newest = self._keys[talk.order[-1] if talk.order else None]
        head = {
            "title": talk.title,
            "create_time": held["created_at"] / 1e6,
            "update_time": held["active_at"] / 1e6,
            "moderation_results": [],
            "current_node": newest,
            "plugin_ids": None,
            "conversation_id": talk.external_id,
            "conversation_template_id": None,
            "gizmo_id": None,
            "is_archived": bool(held["archived"]),
            "safe_urls": [],
            "default_model_slug": held["model"],
            "id": talk.external_id,
            "zcode": dict(zip(names, exact(self.columns, talk.values), strict=True)),
        }
        return orjson.dumps(head)[:-1] + b',"mapping":{'


def _keys_of(talk: Talk) -> dict[int | None, str]:
    """What each message is called: as in ZCode. A plain number isn't kept as a key, as JavaScript reads numbers before all other keys."""
    taken = {message.external_id for message in talk.messages}
    keys: dict[int | None, str] = {message.id: message.external_id for message in talk.messages}
    made = {None: f"root-of-{talk.external_id}"} | {number: f"message-{key}" for number, key in keys.items() if A_NUMBER(key)}
    for number, key in made.items():
        while key in taken:
            key += "-"  # noqa: PLW2901 - until nothing else is called so
        taken.add(key)
        keys[number] = key
    return keys


def _message(message: Message, parts: list[Any], key: str, *, moved: bool) -> dict[str, Any]:
    """A message in that shape, called *key*; *moved* when it does not stand where it says that it does."""
    metadata: dict[str, Any] = {"model_slug": message.model} if message.model else {}
    if not (len(parts) == 1 and isinstance(parts[0], dict) and set(parts[0]) == {"type", "text"} and parts[0]["type"] == "text"):
        metadata["zcode"] = {"parts": parts}
    if moved:
        metadata.setdefault("zcode", {})["parent"] = message.parent
    if key != message.external_id:
        metadata.setdefault("zcode", {})["id"] = message.external_id
    return {
        "id": key,
        "author": {"role": message.role, "name": None, "metadata": {}},
        "create_time": message.created_at / 1e6,
        "update_time": None,
        "content": {"content_type": "text", "parts": [text_of(parts)]},
        "status": "finished_successfully",
        "end_turn": True if message.role == "assistant" else None,
        "weight": 1.0,
        "metadata": metadata,
        "recipient": "all",
        "channel": None,
    }


def text_of(parts: list[Any]) -> str:
    """The words of a message; of a tool's use its name, and what it answered."""
    return "\n\n".join(text for part in parts if isinstance(part, dict) and (text := _said(part)))


def _said(part: dict[str, Any]) -> str:
    """The words of one part, for readers that know nothing but words."""
    kind = part.get("type")
    if kind == "text":
        return str(part.get("text") or "")
    if kind == "tool":
        output = part.get("output")
        answer = output if isinstance(output, str) else "" if output is None else orjson.dumps(output).decode()
        return f"[{part.get('name') or 'tool'}]\n{answer}".strip()
    return ""
