"""A history to delete from."""

from __future__ import annotations

from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.history.models import Conversation
from tests.erasure.doing import feed, talk


@pytest.fixture
def history(mei: User) -> dict[str, int]:
    """Mei's five conversations, one begun by another, one old and archived; their numbers by name."""
    feed(
        *talk("bread", "How long does sourdough rise?", "Twelve hours."),
        *talk("boats", "Which knots hold a boat?", "The bowline."),
        *talk("agent", "Search for knots", parent="boats"),
        *talk("old", created_at="2024-01-01T00:00:00Z", updated_at="2024-01-02T00:00:00Z", archived=True),
        *talk("中文", "怎么处理退款？", "退款需要七天。"),
    )
    return {row.external_id: row.id for row in Conversation.select()}


@pytest.fixture
def confirmed(app: Any, mei: User) -> Any:
    """Mei's browser, in which she has just confirmed that it is her."""
    return app.test_client().sign_in(mei, confirmed=True)
