"""Every page there is, and how a person gets to it: what is tested on “every page” reads this list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from tests.journeys import records
from tests.journeys.copies import BEN, CORA, WIM
from tests.journeys.deletions import DORA, GONE, STOPPED, TO_CONFIRM, UNDER_WAY
from tests.journeys.endings import DONE_CODE, KIM, UNDER_WAY_CODE

TAGS = re.compile(r"<[^>]+>")
LINK = re.compile(r"<a\b[^>]*?href=\"([^\"]+)\"[^>]*>(.*?)</a>", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """One page: its name here, its endpoint, and the way to it (an address, then the links to follow)."""

    name: str
    endpoint: str
    way: tuple[str, ...]
    visitor: str | None = records.INES
    status: int = 200

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


OPEN = None
OLGA = "zai-olga"  # about whom nothing is held

PAGES = (
    Page("front page", "know.overview", ("/",), OPEN),
    Page("front page in Chinese", "know.overview", ("/?lang=zh",), OPEN),
    Page("sign-in", "accounts.sign_in", ("/sign-in?next=/history",), OPEN),
    Page("sign-in that began elsewhere", "accounts.callback", ("/sign-in/callback?state=1&code=2",), OPEN, 400),
    Page("no such page, stranger", "", ("/nothing/here",), OPEN, 404),
    Page("no such page", "", ("/nothing/here",), status=404),
    Page("overview", "know.overview", ("/",)),
    Page("overview in Chinese", "know.overview", ("/?lang=zh",)),
    Page("overview with nothing held", "know.overview", ("/",), OLGA),
    Page("what we hold", "know.index", ("/know",)),
    Page("what we hold, nothing", "know.index", ("/know",), OLGA),
    Page("category", "know.category", ("/know/content",)),
    Page("category with nothing in it", "know.category", ("/know/payment",), OLGA),
    Page("category that is never stored", "know.category", ("/know/cookies",)),
    Page("records", "know.holding", ("/know/usage/usage-event",)),
    Page("records, older", "know.holding", ("/know/usage/usage-event", "Older")),
    Page("records with long words", "know.holding", ("/know/content/message",)),
    Page("records with one record", "know.holding", ("/know/payment/purchase-order",)),
    Page("record", "know.record", ("/know/log/log-entry", "This record on a page of its own")),
    Page("history", "history.index", ("/history",)),
    Page("history with nothing in it", "history.index", ("/history",), OLGA),
    Page("history searched", "history.index", ("/history?q=retry&model=GLM-4.6",)),
    Page("history searched in vain", "history.index", ("/history?q=xylophone",)),
    Page("history with an error", "history.index", ("/history?from=yesterday&to=2026-01-01",), status=422),
    Page("conversation", "history.conversation", ("/history", records.WEBHOOK)),
    Page("conversation with branches", "history.conversation", ("/history", records.NAMES)),
    Page("conversation, long", "history.conversation", ("/history", records.LONG_NIGHT, "Next messages")),
    Page("conversation in Chinese", "history.conversation", ("/history?lang=zh", records.CHINESE)),
    Page("conversation in Arabic", "history.conversation", ("/history", records.ARABIC)),
    Page("conversation, unbroken", "history.conversation", ("/history", records.UNBROKEN[:60])),
    Page("conversation, empty", "history.conversation", ("/history", records.EMPTY)),
    Page("deletions", "erasure.deletions", ("/history/deletions",), DORA),
    Page("deletions, none", "erasure.deletions", ("/history/deletions",)),
    Page("deletion to confirm", "erasure.deletion", (f"/history/deletions/{TO_CONFIRM}",), DORA),
    Page("deletion to confirm in Chinese", "erasure.deletion", (f"/history/deletions/{TO_CONFIRM}?lang=zh",), DORA),
    Page("deletion under way", "erasure.deletion", ("/history/deletions", f"{UNDER_WAY} conversations"), DORA),
    Page("deletion that stopped", "erasure.deletion", ("/history/deletions", f"{STOPPED} conversations"), DORA),
    Page("deletion that is done", "erasure.deletion", ("/history/deletions", f"{GONE:,} conversations"), DORA),
    Page("receipt", "erasure.receipt", ("/history/deletions", f"{GONE:,} conversations", "Its public page"), DORA),
    Page("receipt that never was", "erasure.receipt", ("/receipts/DR-2222-2222-2222-2222",), OPEN, 404),
    Page("check a receipt", "erasure.receipts", ("/receipts",), OPEN),
    Page("check a receipt, wrong code", "erasure.receipts", ("/receipts?code=DR-1",), OPEN, 422),
    Page("erasure under way", "erasure.receipt", (f"/receipts/{UNDER_WAY_CODE}",), OPEN),
    Page("receipt of an erasure", "erasure.receipt", (f"/receipts/{DONE_CODE}",), OPEN),
    Page("closing the account", "erasure.closure", ("/account/closure",)),
    Page("closing the account in Chinese", "erasure.closure", ("/account/closure?lang=zh",)),
    Page("account that is closing", "erasure.closure", ("/account/closure",), KIM),
    Page("log of acts", "erasure.log", ("/account/log",), DORA),
    Page("log of acts, none of others", "erasure.log", ("/account/log?who=others",), OLGA),
    Page("auto-delete", "erasure.auto_delete", ("/history/auto-delete",)),
    Page("auto-delete that is on", "erasure.auto_delete", ("/history/auto-delete",), DORA),
    Page("copies", "exports.index", ("/exports",)),
    Page("copies in Chinese", "exports.index", ("/exports?lang=zh",), CORA),
    Page("copies, one ready", "exports.index", ("/exports",), CORA),
    Page("copies, one being made", "exports.index", ("/exports",), BEN),
    Page("copies with nothing held", "exports.index", ("/exports",), OLGA),
    Page("copy that waits", "exports.page", ("/exports", "See how far it is"), WIM),
    Page("copy being made", "exports.page", ("/exports", "See how far it is"), BEN),
    Page("copy that is ready", "exports.page", ("/exports", "More about this copy"), CORA),
    Page("copy that is ready, in Chinese", "exports.page", ("/exports?lang=zh", "关于这份副本"), CORA),
    Page("copy that failed: disks full", "exports.page", ("/exports", "1 May 2019"), CORA),
    Page("copy that failed: no store", "exports.page", ("/exports", "2 May 2019"), CORA),
    Page("copy that failed: changed", "exports.page", ("/exports", "3 May 2019"), CORA),
    Page("copy that failed: crashed", "exports.page", ("/exports", "4 May 2019"), CORA),
    Page("copy that was cancelled", "exports.page", ("/exports", "5 May 2019"), CORA),
    Page("copy that was deleted", "exports.page", ("/exports", "6 May 2019"), CORA),
    Page("copy that was withdrawn", "exports.page", ("/exports", "7 May 2019"), CORA),
    Page("copy that has expired", "exports.page", ("/exports", "8 May 2019"), CORA),
    Page("choices", "consent.choices", ("/choices",)),
    Page("choices answered", "consent.choices", ("/choices",), DORA),
    Page("record of an answer", "consent.record", ("/choices", "News about ZCode"), DORA),
    Page("record about cookies", "consent.record", ("/choices", "Receipt "), DORA),
    Page("choices, nothing said", "consent.choices", ("/choices",), OLGA),
    Page("choices in Chinese", "consent.choices", ("/choices?lang=zh",)),
    Page("cookies", "consent.cookies", ("/cookies",), OPEN),
    Page("cookies, signed in", "consent.cookies", ("/cookies",)),
    Page("link in a mail, cut", "consent.unsubscribe", ("/unsubscribe/cut",), OPEN, 404),
    Page("subscription", "subscription.index", ("/subscription",)),
    Page("subscription in Chinese", "subscription.index", ("/subscription?lang=zh",)),
    Page("subscription, none", "subscription.index", ("/subscription",), OLGA),
    Page("policy", "policy.index", ("/policy",), OPEN),
    Page("policy, signed in", "policy.index", ("/policy",)),
    Page("policy in Chinese", "policy.index", ("/policy?lang=zh",), OPEN),
    Page("policy to come", "policy.edition", ("/policy", "The edition to come"), DORA),
    Page("policy, an edition", "policy.edition", ("/policy", "What changed since", "Privacy policy,"), OPEN),
    Page("policy compared", "policy.compare", ("/policy", "What changed since"), OPEN),
    Page("answers about the policy", "policy.acknowledgements", ("/policy/acknowledgements",), DORA),
    Page("answers about the policy, none", "policy.acknowledgements", ("/policy/acknowledgements",)),
    Page("answer about the policy", "policy.acknowledgement", ("/policy/acknowledgements", "Edition of"), DORA),
    Page("announcement", "policy.announcement", ("/announcements/1",), OPEN),
    Page("account", "accounts.page", ("/account",)),
    Page("sessions", "accounts.sessions", ("/account/sessions",)),
    Page("confirm", "accounts.confirm", ("/confirm?next=/account",)),
    Page("code", "accounts.code", ("/confirm/code?next=/account",)),
    Page("for guardians", "guardians.index", ("/guardians",), OPEN),
    Page("for guardians in Chinese", "guardians.index", ("/guardians?lang=zh",), OPEN),
    Page("report about a child, first page", "guardians.new", ("/guardians/reports/new",), OPEN),
    Page("lost link of a report", "guardians.lost_link", ("/guardians/link?sent=1",), OPEN),
    Page("ended link of a report", "guardians.link_ended", ("/guardians/link/ended",), OPEN),
    Page("reports about the account, none", "guardians.concerns", ("/account/reports",)),
    Page("requests", "rights.index", ("/requests",), DORA),
    Page("requests, none", "rights.index", ("/requests",)),
    Page("make a request", "rights.choose", ("/requests/new",), OPEN),
    Page("make a request, signed in", "rights.choose", ("/requests/new",)),
    Page("make a request in Chinese", "rights.choose", ("/requests/new?lang=zh",)),
    Page("ask for a correction", "rights.question", ("/requests/new/correction",)),
    Page("ask for a deletion", "rights.question", ("/requests/new/deletion",)),
    Page("ask for a deletion, stranger", "rights.question", ("/requests/new/deletion",), OPEN),
    Page("object", "rights.question", ("/requests/new/objection",)),
    Page("request that waits for its person", "rights.page", ("/requests", "Have data corrected"), DORA),
    Page("request that waits, in Chinese", "rights.page", ("/requests?lang=zh", "更正"), DORA),
    Page("request that was refused", "rights.page", ("/requests", "Complain"), DORA),
    Page("withdraw a request", "rights.withdrawal", ("/requests", "Have data corrected", "Withdraw the request"), DORA),
    Page("where one lives", "rights.lives", ("/requests", "Have data corrected", "Change where you live"), DORA),
    Page("authorities of a state", "rights.authorities_page", ("/authorities?country=US&region=CA",), OPEN),
    Page("authorities, no such country", "rights.authorities_page", ("/authorities?country=x",), OPEN, 422),
    Page("statistics", "rights.statistics_page", ("/statistics",), OPEN),
)
NOT_PAGES = {
    "static": "style, script and pictures",
    "history.markdown": "a file to save",
    "history.file": "a file to save",
    "erasure.receipt_json": "a file to save",
    "erasure.closure_confirmation": "there for a quarter of an hour after confirming only; looked at in the journeys of endings",
    "exports.archive": "a file to save",
    "exports.download": "there for a quarter of an hour after confirming only; looked at in the journeys of copies",
    "consent.record_json": "a file to save",
    "policy.acknowledgement_json": "a file to save",
    "subscription.decide": "there for who has a subscription at Stripe only; looked at in the journeys of payments",
    "rights.home": "there for whoever has begun a request only; looked at in the journeys of requests",
    "rights.check": "there for whoever has begun a request only; looked at in the journeys of requests",
    "rights.attachment": "a file to save",
    "rights.copy": "a file to save",
    "rights.correspondence_json": "a file to save",
    "rights.correspondence_html": "a file to save",
    "rights.statistics_json": "a file to save",
    "rights.statistics_csv": "a file to save",
    "guardians.copy_archive": "a file to save",
    **dict.fromkeys(
        (f"guardians.{name}" for name in ["fill_in", "code", "files", "check", "later", "report", "withdraw", "new_link", "copy", "concern"]),
        "there for whoever has begun a report, or is reported, only; looked at in the journeys of guardians",
    ),
    "consent.gpc": "spoken to machines",
    "consent.beacon": "a picture",
}
SPOKEN_BY_MACHINES = ("machines", "feed")
BEHIND_A_STEP_UP = ("desk",)  # looked at in tests/desk and in the journeys of the desk, by who has just confirmed


def address_of(html: str, words: str) -> str:
    """Where the link with these words leads, on a page."""
    for address, inside in LINK.findall(html):
        if words in unescape(TAGS.sub("", inside)):
            return unescape(address)
    raise LookupError(f"No link says “{words}”.")
