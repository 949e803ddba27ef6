"""The stand-in's news are signed as Stripe signs them; and its own pages: the portal, invoices, what it was told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests
import stripe

from privacy_center.sandbox.demo.orders import PLANS
from privacy_center.sandbox.settings import STRIPE_WEBHOOK_SECRET
from privacy_center.sandbox.stripe import news, portal
from privacy_center.sandbox.stripe.memory import now
from privacy_center.sandbox.stripe.people import move_in
from tests.sandbox.stripes import EMPTY, Stripe, running


class Wide(ThreadingHTTPServer):
    """A server that a crowd may knock at together."""

    request_queue_size = 100
    daemon_threads = True


class Door:
    """Somebody who takes news, and keeps them."""

    def __init__(self) -> None:
        self.came: list[tuple[bytes, str]] = []
        self.status = 200
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                door.came.append((body, self.headers.get("Stripe-Signature", "")))
                self.send_response(door.status)
                self.end_headers()

            def log_message(self, *_said: Any) -> None:
                """Say nothing."""

        self.server = Wide(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def door() -> Iterator[Door]:
    """Where the news go."""
    found = Door()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def shop(tmp_path: Path, door: Door) -> Iterator[Stripe]:
    """The stand-in, which sends its news there."""
    with running(tmp_path, f"http://127.0.0.1:{door.server.server_port}") as found:
        yield found


def event(shop: Stripe) -> Any:
    """Something that has happened."""
    shop.subscribe(shop.customer())
    return shop.memory.all("event")[0]


def test_stripes_own_library_takes_the_signature(shop: Stripe, door: Door) -> None:
    told = event(shop)
    assert shop.postman.deliver(told) == "200"
    [(body, signed)] = door.came

    assert shop.client.construct_event(body, signed, STRIPE_WEBHOOK_SECRET).id == told["id"]


@pytest.mark.parametrize("told", ["forged", "old", "unsigned"])
def test_stripes_own_library_refuses_what_is_signed_wrong(shop: Stripe, door: Door, told: str) -> None:
    made = event(shop)
    shop.memory.delivery = told
    shop.postman.send(made)

    with pytest.raises(stripe.SignatureVerificationError):
        shop.client.construct_event(*door.came[0], STRIPE_WEBHOOK_SECRET)


def test_a_storm_is_fifty_of_the_same(shop: Stripe, door: Door) -> None:
    shop.postman.storm([event(shop)])

    assert len(door.came) == 50 and len({json.loads(body)["id"] for body, _signed in door.came}) == 1


def test_news_that_nobody_takes_are_sent_again(shop: Stripe, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    made = event(shop)
    shop.memory.delivery, door.status = "once", 500
    monkeypatch.setattr(news, "soon", lambda _seconds, do: do())
    shop.postman.deliver(made)

    assert shop.postman.sent[made["id"]] == ["500"] * len(news.PAUSES)


def test_news_can_come_thrice_or_in_the_wrong_order(shop: Stripe, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "soon", lambda _seconds, do: do())
    shop.memory.delivery = "reversed"
    event(shop)
    kinds = [json.loads(body)["type"] for body, _signed in door.came]
    shop.memory.delivery = "thrice"
    shop.client.v1.customers.update(shop.memory.all("customer")[0]["id"], {"name": "Mei"})

    assert kinds.index("customer.subscription.created") < kinds.index("invoice.created") or len(kinds) == 1
    assert [json.loads(body)["type"] for body, _signed in door.came[-3:]] == ["customer.updated"] * 3


def test_the_portal_changes_the_card_and_pays_what_is_open(shop: Stripe) -> None:
    customer = shop.customer(card=EMPTY)
    number = shop.subscribe(customer)
    url = shop.client.v1.billing_portal.sessions.create({"customer": customer, "return_url": "http://127.0.0.1:8000/subscription"}).url
    page = requests.get(url, timeout=10).text
    requests.post(url, data={"card": "4242"}, timeout=10)
    requests.post(url, data={"stop": number}, timeout=10)

    assert "Return to ZCode" in page and "9995" in page
    found = shop.client.v1.subscriptions.retrieve(number)
    assert (found.status, found.cancel_at_period_end) == ("active", True)


def test_the_portal_closes_after_a_few_minutes_and_knows_nobody_elses(shop: Stripe, monkeypatch: pytest.MonkeyPatch) -> None:
    other = shop.subscribe(shop.customer("zai-jun"))
    url = shop.client.v1.billing_portal.sessions.create({"customer": shop.customer(), "return_url": "http://127.0.0.1"}).url

    assert requests.post(url, data={"stop": other}, timeout=10).status_code == 404
    monkeypatch.setattr(portal, "now", lambda: now() + 301)
    assert requests.get(url, timeout=10).status_code == 410


def test_its_page_shows_who_pays_what_it_was_asked_and_lets_things_happen(shop: Stripe) -> None:
    number = shop.subscribe(shop.customer())
    page = requests.get(shop.memory.address, timeout=10).text
    requests.post(f"{shop.memory.address}/subscriptions/{number}/next-period", timeout=10)
    requests.post(f"{shop.memory.address}/way", data={"way": "down", "delivery": "forged"}, timeout=10)

    assert number in page and "/v1/subscriptions" in page and "Mei Hartmann" in page
    assert len(shop.memory.all("invoice")) == 2
    assert (shop.memory.way, shop.memory.delivery) == ("down", "forged")
    assert requests.post(f"{shop.memory.address}/way", data={"way": "unheard of"}, timeout=10).status_code == 422


def test_invoices_can_be_read_and_saved(shop: Stripe) -> None:
    shop.subscribe(shop.customer())
    [invoice] = shop.memory.all("invoice")

    assert invoice["number"] in requests.get(invoice["hosted_invoice_url"], timeout=10).text
    assert requests.get(invoice["invoice_pdf"], timeout=10).content.startswith(b"%PDF-1.4")
    assert requests.get(invoice["invoice_pdf"].replace("in_", "in_x"), timeout=10).status_code == 404


def test_the_demo_people_pay_as_their_orders_say(shop: Stripe) -> None:
    move_in(shop.memory, datetime.now(UTC))
    found = {shop.memory.get("customer", each["customer"])["name"]: each for each in shop.memory.all("subscription")}

    assert {name: each["status"] for name, each in found.items()} == {"Mei Hartmann": "active", "Sam Rivera": "past_due", "Alex Okafor": "active"}
    assert found["Alex Okafor"]["cancel_at_period_end"] and found["Mei Hartmann"]["discounts"]
    assert len(shop.memory.all("invoice", customer=found["Mei Hartmann"]["customer"])) == PLANS["zai-mei"].months
    assert shop.memory.all("event") == []
