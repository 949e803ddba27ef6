"""Stripe's stand-in on loopback, with what a test needs to sell something."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import stripe
from werkzeug.serving import make_server

from privacy_center.sandbox.settings import STRIPE_KEY, Place
from privacy_center.sandbox.site import create_app
from privacy_center.sandbox.stripe.memory import Memory
from privacy_center.sandbox.stripe.news import Postman
from tests.accounts.stand_ins import free_port
from tests.conftest import BASE_URL

GOOD, EMPTY, ASKS = "4242424242424242", "4000000000009995", "4000002500003155"


class Shop:
    """The stand-in, wherever it runs, spoken to with Stripe's own library."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.client = stripe.StripeClient(STRIPE_KEY, base_addresses={"api": address}, max_network_retries=0)

    def price(self, minor: int = 7200, currency: str = "usd", *, name: str = "GLM Coding Pro", **recurring: Any) -> str:
        """A new price."""
        product = self.client.v1.products.create({"name": name})
        rhythm: Any = {"interval": "month", **recurring}
        return self.client.v1.prices.create({"product": product.id, "unit_amount": minor, "currency": currency, "recurring": rhythm}).id

    def customer(self, subject: str = "zai-mei", *, card: str = GOOD, email: str = "mei@example.com") -> str:
        """A new customer with a card, whose metadata name a Z.ai account."""
        made = self.client.v1.customers.create({"email": email, "name": "Mei Hartmann", "metadata": {"zai_user_id": subject}})
        self.give_card(made.id, card)
        return made.id

    def give_card(self, customer: str, number: str) -> None:
        """Let the customer pay with another card."""
        card = self.client.v1.payment_methods.create({"type": "card", "card": {"number": number, "exp_month": 3, "exp_year": 2030}})
        self.client.v1.payment_methods.attach(card.id, {"customer": customer})
        self.client.v1.customers.update(customer, {"invoice_settings": {"default_payment_method": card.id}})

    def subscribe(self, customer: str, price: str | None = None, **more: Any) -> str:
        """A new subscription."""
        wanted: Any = {"customer": customer, "items": [{"price": price or self.price()}], **more}
        return self.client.v1.subscriptions.create(wanted).id


class Stripe(Shop):
    """The stand-in in this very process."""

    def __init__(self, memory: Memory, postman: Postman) -> None:
        super().__init__(memory.address)
        self.memory, self.postman = memory, postman
        memory.delivery, memory.patience = "never", 1.0

    def events(self) -> list[str]:
        """What has happened, oldest first."""
        return [each["type"] for each in reversed(self.memory.all("event"))]


@contextlib.contextmanager
def running(folder: Path, centre: str = BASE_URL) -> Iterator[Stripe]:
    """Serve the stand-in on a free port."""
    place = Place(free_port(), 0, folder, centre)
    app = create_app(place)
    server = make_server("127.0.0.1", place.port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Stripe(app.extensions["stripe"], app.extensions["stripe news"])
    server.shutdown()
    thread.join()
    server.server_close()
