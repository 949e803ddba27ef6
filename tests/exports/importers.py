"""The rules by which others import conversations in ChatGPT's shape, as their code was read; and the shape's own."""

from __future__ import annotations

from typing import Any


def broken_rules(talk: dict[str, Any]) -> list[str]:
    """Which rules of the shape a conversation breaks."""
    mapping = talk["mapping"]
    places = {name: place for place, name in enumerate(mapping)}
    roots = [name for name, node in mapping.items() if node["message"] is None]
    rules = {
        "one root without a message, which comes first": roots == list(mapping)[:1] and mapping[roots[0]]["parent"] is None,
        "each node under its own id": all(node["id"] == name for name, node in mapping.items()),
        "each message under its own id": all(node["message"]["id"] == name for name, node in mapping.items() if node["message"]),
        "a parent comes before its children": all(places[node["parent"]] < places[name] for name, node in mapping.items() if node["parent"] is not None),
        "children know their parents": all(mapping[child]["parent"] == name for name, node in mapping.items() for child in node["children"]),
        "parents know their children": all(name in mapping[node["parent"]]["children"] for name, node in mapping.items() if node["parent"] is not None),
        "no child twice": all(len(set(node["children"])) == len(node["children"]) for node in mapping.values()),
        "the newest message is the last": talk["current_node"] == list(mapping)[-1] and not mapping[talk["current_node"]]["children"],
        "seconds": isinstance(talk["create_time"], float) and isinstance(talk["update_time"], float),
        "its id twice": talk["id"] == talk["conversation_id"],
        "nothing to moderate": talk["moderation_results"] == [],
    }
    for node in mapping.values():
        if message := node["message"]:
            rules["one text"] = rules.get("one text", True) and [type(part) for part in message["content"]["parts"]] == [str]
            rules["metadata"] = rules.get("metadata", True) and isinstance(message["metadata"], dict)
            rules["for all"] = rules.get("for all", True) and message["recipient"] == "all" and message["content"]["content_type"] == "text"
    return [rule for rule, kept in rules.items() if not kept]


def open_webui(talk: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages as Open WebUI's `convertOpenAIChats` takes them, each behind the key before it; raises where it refuses."""
    taken: list[dict[str, Any]] = []
    last = None
    for name, node in sorted(talk["mapping"].items(), key=_as_javascript_has_them):
        message = node["message"]
        if message is None or (last is None and not (message["content"].get("parts") or [""])[0] and not message["content"].get("text")):
            continue
        parts = message["content"].get("parts") or []
        role = "user" if message["author"]["role"] == "user" else "assistant"
        taken.append({"id": name, "parentId": last, "role": role, "content": (parts or [message["content"].get("text")])[0], "children": node["children"]})
        last = name
    if not taken or taken[-1]["children"] or not all(isinstance(each["content"], str) for each in taken):
        raise ValueError("Open WebUI refuses this conversation.")
    return taken


def _as_javascript_has_them(entry: tuple[str, Any]) -> int:
    """The place of a key in an object: whole numbers first, then the others in the order in which they came."""
    name = entry[0]
    return int(name) if name.isdecimal() and str(int(name)) == name and int(name) < 2**32 - 1 else 2**32


def libre_chat(talk: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages as LibreChat's importer takes them; raises where it would throw."""
    taken = []
    for name, node in talk["mapping"].items():
        message = node["message"]
        if not message or message["author"]["role"] == "system":
            continue
        parent = node["parent"]
        while parent in talk["mapping"] and (above := talk["mapping"][parent]["message"]) and above["author"]["role"] == "system":
            parent = talk["mapping"][parent]["parent"]
        text = "".join(message["content"]["parts"])
        taken.append({"id": name, "parent": parent, "text": text, "model": message["metadata"].get("model_slug", "gpt-3.5-turbo")})
    return taken


def thread(talk: dict[str, Any]) -> list[str]:
    """What ChatGPT shows: from the newest message up, in the order of reading."""
    texts, here = [], talk["current_node"]
    while here is not None:
        if message := talk["mapping"][here]["message"]:
            texts.append(message["content"]["parts"][0])
        here = talk["mapping"][here]["parent"]
    return texts[::-1]
