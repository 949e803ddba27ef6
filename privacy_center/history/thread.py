"""The tree that edits make of a conversation, and the thread through it that is read; built from ids alone.

A message follows its parent. Where no message names a parent that we hold, each follows the one before it in time. Where some do, a
person's message without one begins the conversation anew (an edit of the first message), and anything else without one follows
what came before. Answers of tools that were used at once are no versions of each other: they follow one another. Whatever the ids
say, even that a message follows itself, every message has its place and nothing hangs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

PERSON, SYSTEM, TOOL = "user", "system", "tool"


class Link(NamedTuple):
    """What a message says of its place; a conversation's come in the order of time."""

    id: int
    external_id: str
    parent: str | None
    role: str


@dataclass
class Tree:
    """Parents and children of one conversation's messages, by id. None is the parent of those that begin it."""

    order: dict[int, int]
    parents: dict[int, int | None]
    children: dict[int | None, list[int]] = field(default_factory=dict)
    last_leaf: dict[int, int] = field(default_factory=dict)

    @property
    def is_line(self) -> bool:
        """Whether there is one thread and nothing beside it: as many messages are followed as there are messages."""
        return len(self.children) == len(self.order)

    def versions(self, message: int) -> list[int]:
        """The messages that stand in the same place, *message* among them, oldest first."""
        return self.children[self.parents[message]]

    def thread(self, through: int | None = None) -> list[int]:
        """The path through a message to its newest leaf; without one, the path to the newest leaf of all."""
        if through is not None and through in self.order:
            here: int | None = self.last_leaf[through]
        else:
            here = max((self.last_leaf[first] for first in self.children.get(None, [])), key=self.order.__getitem__, default=None)
        path = []
        while here is not None:
            path.append(here)
            here = self.parents[here]
        return path[::-1]

    def branches(self) -> list[list[int]]:
        """Every message once: the newest thread first, then what other threads add to it, newest first."""
        seen: set[int] = set()
        found = []
        leaves = sorted(self.order.keys() - {parent for parent in self.parents.values() if parent}, key=lambda leaf: -self.order[leaf])
        for leaf in leaves:
            path = []
            here: int | None = leaf
            while here is not None and here not in seen:
                path.append(here)
                here = self.parents[here]
            seen.update(path)
            found.append(path[::-1])
        return found


def build(links: Sequence[Link]) -> Tree:
    """The tree of a conversation's messages, which come in the order of time."""
    return _line([link.id for link in links]) if _is_line(links) else found_out(links)


def found_out(links: Sequence[Link]) -> Tree:
    """The tree of any messages, by looking at all of them."""
    tree = Tree(order={link.id: place for place, link in enumerate(links)}, parents=_parents(links))
    _line_up_tools(tree, links)
    _untie(tree)
    for link in links:
        tree.children.setdefault(tree.parents[link.id], []).append(link.id)
    _find_leaves(tree)
    return tree


def _is_line(links: Sequence[Link]) -> bool:
    """Whether each message follows the one before it, as in most conversations, so that nothing has to be found out."""
    if all(link.parent is None for link in links):
        return True
    follows = (link.parent == before.external_id or (link.parent is None and link.role != PERSON) for before, link in pairwise(links))
    return links[0].parent is None and all(follows)


def _line(messages: list[int]) -> Tree:
    """The tree of messages of which each follows the one before it."""
    before = [None, *messages[:-1]] if messages else []
    order = {message: place for place, message in enumerate(messages)}
    children: dict[int | None, list[int]] = {parent: [message] for parent, message in zip(before, messages, strict=True)}
    return Tree(order, dict(zip(messages, before, strict=True)), children, dict.fromkeys(messages, messages[-1] if messages else 0))


def _parents(links: Sequence[Link]) -> dict[int, int | None]:
    """Whom each message follows, by what it says and else by time."""
    known = {link.external_id: link.id for link in links}
    said = {link.id: known.get(link.parent) for link in links if link.parent is not None and link.parent != link.external_id}
    branching = any(parent is not None for parent in said.values())
    parents: dict[int, int | None] = {}
    before: int | None = None
    opening: int | None = None  # the instructions that stand before the first words
    for link in links:
        parent = said.get(link.id)
        if parent is None:
            parent = opening if branching and link.role == PERSON else before
        parents[link.id] = parent
        if link.role == SYSTEM and before == opening:
            opening = link.id
        before = link.id
    return parents


def _line_up_tools(tree: Tree, links: Sequence[Link]) -> None:
    """Let the answers of tools to one message follow each other, and what followed the message follow the last of them."""
    next_tool: dict[int, int] = {}
    for link in links:
        asked_by = tree.parents[link.id]
        # Only forwards in time, so that the walk below comes to an end.
        if link.role == TOOL and asked_by is not None and tree.order[asked_by] < tree.order[link.id]:
            if asked_by in next_tool:
                tree.parents[link.id] = next_tool[asked_by]
                next_tool[next_tool[asked_by]] = link.id
            next_tool[asked_by] = link.id
    for link in links:
        here = tree.parents[link.id]
        if link.role != TOOL and here is not None:
            while here in next_tool:
                here = next_tool[here]
            tree.parents[link.id] = here


def _untie(tree: Tree) -> None:
    """Let the first message of every ring begin the conversation, so that each way up comes to an end."""
    settled: set[int] = set()
    for start in tree.order:
        path: dict[int, None] = {}
        here: int | None = start
        while here is not None and here not in settled:
            if here in path:
                ring = list(path)[list(path).index(here) :]
                tree.parents[min(ring, key=tree.order.__getitem__)] = None
                break
            path[here] = None
            here = tree.parents[here]
        settled.update(path)


def _find_leaves(tree: Tree) -> None:
    """Note for every message the newest leaf below it; children come before parents in the order that is walked."""
    for message in reversed(list(_from_the_top(tree))):
        below = [tree.last_leaf[child] for child in tree.children.get(message, [])]
        tree.last_leaf[message] = max(below, key=tree.order.__getitem__, default=message)


def _from_the_top(tree: Tree) -> Iterable[int]:
    """Every message after its parent."""
    waiting = list(tree.children.get(None, []))
    while waiting:
        message = waiting.pop()
        yield message
        waiting += tree.children.get(message, [])
