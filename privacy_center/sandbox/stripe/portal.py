"""What people see at the stand-in for Stripe: their own page, and invoices."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.sandbox.stripe import life
from privacy_center.sandbox.stripe.answering import memory, postman
from privacy_center.sandbox.stripe.memory import Missing, now
from privacy_center.sandbox.stripe.pdf import one_page
from privacy_center.sandbox.stripe.shapes import Object

bp = Blueprint("stripe_portal", __name__, url_prefix="/stripe")
WITHOUT_DECIMALS = ("jpy", "krw", "vnd")
LASTS = 300  # seconds
CARDS = (
    ("4242", "visa", "Visa that is good"),
    ("4444", "mastercard", "Mastercard that is good"),
    ("9995", "visa", "Visa with nothing on the account"),
    ("3155", "visa", "Visa whose bank wants to ask first"),
)


@bp.get("/portal/<secret>")
def page(secret: str) -> str:
    """The person's page."""
    session, customer = _entered(secret)
    return render_template(
        "stripe_portal.html",
        session=session,
        customer=customer,
        card=memory().objects.get(customer["invoice_settings"]["default_payment_method"] or ""),
        subscriptions=memory().all("subscription", customer=customer["id"]),
        invoices=memory().all("invoice", customer=customer["id"])[:12],
        products=memory().objects,
        cards=CARDS,
    )


@bp.post("/portal/<secret>")
def change(secret: str) -> AnyResponse:
    """Change the card, or whether something is renewed."""
    with memory().changing():
        _session, customer = _entered(secret)
        chosen = next((each for each in CARDS if each[0] == request.form.get("card")), None)
        if chosen:
            life.new_card(memory(), customer, chosen[0], chosen[1])
        for name, stop in (("stop", True), ("renew", False)):
            if number := request.form.get(name):
                own = [each for each in memory().all("subscription", customer=customer["id"]) if each["id"] == number]
                life.stop_renewing(memory(), (own or [abort(404)])[0], stop=stop)
    postman().carry()
    return redirect(request.path, 303)


def _entered(secret: str) -> tuple[Object, Object]:
    """The session that the address opens, while it lasts, and whose it is."""
    found = [each for each in memory().all("billing_portal.session") if each["url"].endswith(f"/{secret}")]
    session: Object = (found or [abort(404)])[0]
    if now() - session["created"] > LASTS:
        abort(410, "This link is no longer good. Open it again from where you came.")
    return session, memory().get("customer", session["customer"])


@bp.get("/invoices/<number>")
def invoice(number: str) -> str:
    """An invoice, to read."""
    found = _invoice(number)
    return render_template("stripe_invoice.html", invoice=found, amount=_amount(found))


@bp.get("/invoices/<number>/pdf")
def pdf(number: str) -> Response:
    """An invoice, as a PDF."""
    found = _invoice(number)
    lines = [f"Invoice {found['number']}", _amount(found), found["status"], "A stand-in wrote this; nobody owes anything."]
    name = f'attachment; filename="invoice-{found["number"]}.pdf"'
    return Response(one_page(lines), mimetype="application/pdf", headers={"Content-Disposition": name})


def _amount(invoice: Object) -> str:
    """What an invoice is about."""
    whole = invoice["currency"] in WITHOUT_DECIMALS
    return f"{invoice['currency'].upper()} {invoice['total'] / (1 if whole else 100):.{0 if whole else 2}f}"


def _invoice(number: str) -> Object:
    """The invoice that an address names."""
    try:
        return memory().get("invoice", number)
    except Missing:
        abort(404)
