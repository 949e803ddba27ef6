"""What the product has sent about Ines, who walks the journeys: of everything that a page may have to show, she has one."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from tests import makers
from tests.makers import iso

INES = "zai-ines"
NOW = datetime.now(UTC).replace(microsecond=0)
LAST_NIGHT = NOW - timedelta(hours=14)
NOTES = "Seen before anything leaves the building.\n"

WEBHOOK = "Payment webhook arrives twice"
LONG_NIGHT = "The long night of the migration"
NAMES = "Which name suits the module"
CHINESE = "为什么迁移会把表锁住九分钟"
ARABIC = "كيف أرتب الاستيراد في بايثون"
UNBROKEN = "packages/" + "billing_reconciliation_service/" * 7 + "retry.py"
EMPTY = "Nothing was said here"
ELSEWHERE = "Mallory's own secret"
LONG_LENGTH = 260
CASES = 90

ANSWER = """You do not need a lock. You need the database to say no to the second delivery, *before* anything leaves the building.

## Claim the event first

```python
def receive(event: Event) -> Response:
    with db.atomic():
        claimed = Seen.insert(id=event.id).on_conflict_ignore().execute()  # a long comment that does not fit on a telephone
        if claimed:
            Outbox.create(kind="licence", customer=event.customer)
    return "", 204
```

| Delivery | Answer | What happens |
|---|---|---|
| first | 204 | the licence goes out |
| second | 204 | nothing |

1. The answer goes out in a few milliseconds.
2. The mail waits in `Outbox`.

> Write to the four customers rather than revoke silently.

[The provider's page](https://provider.example/webhooks) <script>alert(1)</script> ![a picture](https://pictures.example/1.png)
"""


def line(type_: str, **fields: Any) -> dict[str, Any]:
    """One record about Ines."""
    return makers.line(type_, **{"user": INES, **fields})


def everything(salt: str) -> Iterator[dict[str, Any]]:
    """All lines of the feed; feedback is found by a digest that only *salt* can make."""
    yield line("user", id=INES, email="ines@example.com", name="Ines Duarte", country="PT", language="en")
    yield line("user", user="zai-mallory", id="zai-mallory", email="mallory@example.com", name="Mallory")
    yield line("conversation", user="zai-mallory", id="elsewhere", title=ELSEWHERE, created_at=iso(LAST_NIGHT), updated_at=iso(LAST_NIGHT))
    yield from conversation("webhook", WEBHOOK, LAST_NIGHT, webhook_messages(), model="GLM-4.7", source="desktop", workspace="/home/ines/shop")
    yield from conversation(
        "sub", "Read the log of yesterday", LAST_NIGHT, [("user", "Count the doubles."), ("assistant", "Four.")], parent="webhook", model="GLM-4.7"
    )
    yield from files()
    yield from branches()
    yield from conversation("long", LONG_NIGHT, NOW - timedelta(days=2), long_talk(), model="GLM-4.6", source="cli")
    yield from conversation(
        "chinese",
        CHINESE,
        NOW - timedelta(days=3),
        [("user", "迁移为什么要重试？"), ("assistant", "先设置锁超时，然后重试，不要让所有读者排队。")],
        source="web",
    )
    yield from conversation("arabic", ARABIC, NOW - timedelta(days=4), [("user", "كيف أرتب الاستيراد؟ استخدم isort."), ("assistant", "استخدم `ruff`.")])
    yield from conversation("unbroken", UNBROKEN, NOW - timedelta(days=5), [("user", UNBROKEN * 3)], workspace=UNBROKEN)
    yield from conversation("empty", EMPTY, NOW - timedelta(days=6), [], archived=True)
    yield from conversation("untitled", "", NOW - timedelta(days=7), [("user", "No title was given.")])
    for number in range(CASES):
        began = NOW - timedelta(days=8 + 4 * number)
        words = [("user", f"How is case {number} tested?"), ("assistant", f"With a fixture, and the retry number {number}.")]
        yield from conversation(f"case-{number}", f"Case {number} of the checkout suite", began, words, model="GLM-4.6", source="desktop")
    yield from everything_else(salt)


def conversation(id_: str, title: str, began: datetime, talk: list[tuple[str, Any]], **fields: Any) -> Iterator[dict[str, Any]]:
    """A conversation and its messages, one a minute, each following the one before."""
    ended = began + timedelta(minutes=len(talk))
    yield line("conversation", id=id_, title=title, created_at=iso(began), updated_at=iso(ended), **fields)
    before = None
    for number, (role, said) in enumerate(talk):
        parts = said if isinstance(said, list) else [{"type": "text", "text": said}]
        name = f"{id_}-{number}"
        yield line("message", id=name, conversation=id_, parent=before, role=role, created_at=iso(began + timedelta(minutes=number)), parts=parts)
        before = name


def webhook_messages() -> list[tuple[str, Any]]:
    """A conversation with each kind of part."""
    asked = "Our payment provider sends the same webhook two or three times. How do I make the handler safe without a distributed lock?"
    thought = {"type": "reasoning", "text": "Two deliveries can both pass the check, so the check must be the insert."}
    read = {"type": "tool", "name": "read", "call": "call-1", "input": {"path": "webhooks.py"}, "output": "42  def receive(event):\n" + "43      pass\n" * 4}
    return [
        ("system", "You are a careful colleague."),
        ("user", [{"type": "text", "text": asked}, {"type": "file", "file": "file-notes"}, {"type": "file", "file": "file-gone"}]),
        ("assistant", [thought, read, {"type": "text", "text": ANSWER}]),
        ("tool", [{"type": "tool", "name": "bash", "call": "call-2", "output": "4 passed"}]),
        ("user", "Good. And events that were already half processed yesterday?"),
    ]


def files() -> Iterator[dict[str, Any]]:
    """A file whose contents we hold, and one of which we know only that it was there."""
    content = NOTES.encode()
    yield line(
        "file", id="file-notes", conversation="webhook", message="webhook-1", name="notes on retries.txt", media_type="text/plain",
        size=len(content), sha256=hashlib.sha256(content).hexdigest(), content_base64=base64.b64encode(content).decode(),
    )  # fmt: skip
    yield line("file", id="file-gone", conversation="webhook", message="webhook-1", name="schema.sql", media_type="application/sql", size=81200)


def branches() -> Iterator[dict[str, Any]]:
    """A question asked three times over, each with its answer."""
    began = NOW - timedelta(days=1)
    yield line("conversation", id="names", title=NAMES, created_at=iso(began), updated_at=iso(began + timedelta(minutes=9)), model="GLM-4.7")
    yield said("names-0", None, "user", "Help me name a module.", began)
    yield said("names-1", "names-0", "assistant", "What does it do?", began + timedelta(minutes=1))
    for number, (asked, answered) in enumerate([("It waits.", "patience"), ("It tries again.", "persistence"), ("It gives up.", "mercy")]):
        minute = began + timedelta(minutes=2 + 2 * number)
        yield said(f"names-asked-{number}", "names-1", "user", asked, minute)
        yield said(f"names-answered-{number}", f"names-asked-{number}", "assistant", f"Call it {answered}.", minute + timedelta(minutes=1))


def said(id_: str, after: str | None, role: str, words: str, when: datetime) -> dict[str, Any]:
    """One message of the conversation with branches."""
    return line("message", id=id_, conversation="names", parent=after, role=role, created_at=iso(when), parts=[{"type": "text", "text": words}])


def long_talk() -> list[tuple[str, str]]:
    """Many short messages in turn; one of them carries a word that stands nowhere else."""
    talk = [("user" if number % 2 == 0 else "assistant", f"Step {number} of the night.") for number in range(LONG_LENGTH)]
    talk[200] = ("user", "Here the lighthouse went dark.")
    return talk


def everything_else(salt: str) -> Iterator[dict[str, Any]]:
    """What is held besides conversations."""
    for number in range(120):
        when = iso(NOW - timedelta(hours=7 * number))
        yield line(
            "usage_event",
            occurred_at=when,
            event_name="Model called",
            event_type="session",
            application_version="3.15.1",
            os_type="macOS",
            event_extension={"tool": "read"},
        )
        yield line("log_entry", occurred_at=when, ip_address="192.0.2.7", browser="Firefox", page="/chat")
    yield line("device", seen_at=iso(LAST_NIGHT))
    yield line(
        "order",
        payment_created_at=iso(NOW - timedelta(days=20)),
        provider="stripe",
        provider_data={"card": {"brand": "visa", "last4": "4242"}},
        subscription_status="active",
    )
    yield line("correspondence", sent_at=iso(NOW - timedelta(days=9)), subject="My plan")
    digest = hashlib.sha256(f"{salt}{INES}".encode()).hexdigest()
    yield line("feedback", account_digest=digest, submitted_at=iso(NOW - timedelta(days=30)), os_platform="darwin")
