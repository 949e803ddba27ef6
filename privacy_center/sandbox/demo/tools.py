"""Tool calls in ZCode's manner: what the model asks for and what it gets back."""

from __future__ import annotations

import json
from typing import Any

from privacy_center.sandbox.demo.scenario import Part


def call(part: Part, home: str) -> tuple[dict[str, Any], str]:
    """The input and the output of the tool call that *part* writes down; paths lie under *home*."""
    make = MAKERS.get(part.kind)
    if make:
        return make(part, home)
    if part.argument.startswith("{"):
        return json.loads(part.argument), part.body
    return {"query": part.argument}, part.body


def read(part: Part, home: str) -> tuple[dict[str, Any], str]:
    """A file read, its lines numbered; `path:40` begins at line 40."""
    path, _, start = part.argument.partition(":")
    first = int(start or 1)
    lines = part.body.splitlines()
    asked: dict[str, Any] = {"file_path": f"{home}/{path}"}
    if start:
        asked |= {"offset": first, "limit": len(lines)}
    return asked, "\n".join(f"{number:6}\t{line}" for number, line in enumerate(lines, first))


def edit(part: Part, home: str) -> tuple[dict[str, Any], str]:
    """A change to a file, written down as the lines of a diff."""
    lines = part.body.splitlines()
    old = "\n".join(line[1:] for line in lines if not line.startswith("+"))
    new = "\n".join(line[1:] for line in lines if not line.startswith("-"))
    path = f"{home}/{part.argument}"
    return {"file_path": path, "old_string": old, "new_string": new}, f"The file {path} has been updated:\n{part.body}"


def write(part: Part, home: str) -> tuple[dict[str, Any], str]:
    """A new file."""
    path = f"{home}/{part.argument}"
    return {"file_path": path, "content": part.body + "\n"}, f"File created successfully at: {path}"


def bash(part: Part, _home: str) -> tuple[dict[str, Any], str]:
    """A command in the shell."""
    return {"command": part.argument}, part.body or "(no output)"


def grep(part: Part, home: str) -> tuple[dict[str, Any], str]:
    """A search for a pattern (`pattern in path`)."""
    pattern, _, path = part.argument.partition(" in ")
    return {"pattern": pattern, "path": f"{home}/{path}".rstrip("/"), "output_mode": "content", "-n": True}, part.body or "No matches found"


def glob(part: Part, home: str) -> tuple[dict[str, Any], str]:
    """A search for files by name."""
    return {"pattern": part.argument, "path": home}, "\n".join(f"{home}/{line}" for line in part.body.splitlines())


def task(part: Part, _home: str) -> tuple[dict[str, Any], str]:
    """Work handed to a sub-agent, and its report."""
    return {"description": part.argument, "subagent_type": "explore"}, part.body


MAKERS = {"Read": read, "Edit": edit, "Write": write, "Bash": bash, "Grep": grep, "Glob": glob, "Task": task}
