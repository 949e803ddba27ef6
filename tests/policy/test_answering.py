"""What people answer about editions: the banner until they do, the receipt, and answers that can't be taken."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import orjson
import pytest

from privacy_center.core import audit, outbox
from privacy_center.datamap import registry
from privacy_center.policy.models import Acknowledgement
from privacy_center.settings import ConnectedSystem
from tests.policy import texts

BANNER = "The privacy policy has a new edition"
MATERIAL = "The privacy policy changes how your data are processed"
ANSWERS = "/policy/acknowledgements"


def answer(browser: Any, answer: str, effective: str = "2026-11-01") -> Any:
    """Press the button of an answer."""
    return browser.submit(ANSWERS, {"edition": effective, "answer": answer}, page="/policy")


@pytest.fixture
def editions(publish: Any, mei: Any) -> None:
    """Two editions, the second a new one, of which nothing material changed."""
    publish()
    publish(texts.LATER, "2026-11-01")


@pytest.fixture
def material(publish: Any, mei: Any) -> None:
    """Two editions, the second of which changes how data are processed."""
    publish()
    publish(texts.LATER, "2026-11-01", "--material")


@pytest.mark.usefixtures("editions")
def test_a_banner_says_so_on_every_page_until_it_is_answered(as_mei: Any) -> None:
    assert BANNER in as_mei.get("/account").text
    assert BANNER not in as_mei.get("/policy").text  # which says it itself

    answer(as_mei, "read")

    assert BANNER not in as_mei.get("/account").text


@pytest.mark.usefixtures("editions")
def test_strangers_and_pieces_of_pages_have_no_banner(visitor: Any, as_mei: Any) -> None:
    assert BANNER not in visitor.get("/").text
    assert BANNER not in as_mei.get("/history", headers={"HX-Request": "true", "HX-Request-Type": "partial"}).text


@pytest.mark.usefixtures("editions")
def test_an_answer_leaves_a_receipt_that_anybody_can_check(as_mei: Any) -> None:
    page = as_mei.get(answer(as_mei, "read").location)
    code = re.search(r"PA(-[2-9A-Z]{4}){4}", page.text)
    saved = as_mei.get(f"{page.request.path}.json").get_json()

    assert code and saved["receipt"]["code"] == code.group()
    assert saved["receipt"]["edition"]["effective_on"] == "2026-11-01"
    assert saved["receipt"]["words"]["answer"] == "I have read it"
    assert hashlib.sha256(orjson.dumps(saved["receipt"], option=orjson.OPT_SORT_KEYS)).hexdigest() == saved["sha256"]
    assert "mei" not in orjson.dumps(saved["receipt"]).decode().lower()


@pytest.mark.usefixtures("editions")
def test_the_words_are_kept_in_the_language_in_which_they_were_shown(as_mei: Any) -> None:
    as_mei.get("/policy?lang=zh")
    answer(as_mei, "read")

    assert Acknowledgement.get().body["language"] == "zh-Hans"


@pytest.mark.usefixtures("editions")
def test_the_same_answer_twice_is_one_record(as_mei: Any) -> None:
    assert answer(as_mei, "read").location == answer(as_mei, "read").location
    assert Acknowledgement.select().count() == 1


@pytest.mark.usefixtures("material")
def test_a_material_change_asks_for_agreement_and_refusing_is_as_easy(as_mei: Any) -> None:
    assert MATERIAL in as_mei.get("/account").text
    page = as_mei.get("/policy").text

    assert "Do you agree to the changes of this edition?" in page
    buttons = re.findall(r'<button class="([^"]*)" name="answer" value="(\w+)">', page)
    assert buttons == [("secondary", "agree"), ("secondary", "refuse")]


@pytest.mark.usefixtures("material")
def test_an_answer_can_be_changed_and_nothing_is_overwritten(as_mei: Any) -> None:
    answer(as_mei, "agree")
    answer(as_mei, "refuse")

    assert [each.answer for each in Acknowledgement.select().order_by(Acknowledgement.id)] == ["agree", "refuse"]
    assert MATERIAL not in as_mei.get("/account").text
    page = as_mei.get("/policy").text
    assert "Not agreed" in page and 'value="agree"' in page and 'value="refuse"' not in page


@pytest.mark.usefixtures("material")
def test_an_agreement_goes_to_the_log_and_to_connected_systems(as_mei: Any, mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "connected", lambda: (ConnectedSystem("product", "https://product.example/orders", "k" * 32),))
    answer(as_mei, "refuse")

    assert audit.about(mei.id).first().action == "policy not agreed to"
    order = outbox.Order.get(outbox.Order.person == mei.id)
    assert (order.kind, order.about) == ("consent", "policy:2026-11-01")
    assert (order.scope["purpose"], order.scope["edition"], order.scope["allowed"]) == ("policy", "2026-11-01", False)


@pytest.mark.usefixtures("material")
@pytest.mark.parametrize("given", ["read", "", "yes", "agree; DROP", "x" * 5000])
def test_an_answer_to_another_question_is_not_kept(as_mei: Any, given: str) -> None:
    answered = answer(as_mei, given)

    assert answered.status_code == 422 and "Your answer was not kept" in answered.text
    assert not Acknowledgement.select().exists()


@pytest.mark.usefixtures("editions")
def test_consent_is_not_taken_where_none_was_asked(as_mei: Any) -> None:
    assert answer(as_mei, "agree").status_code == 422


@pytest.mark.usefixtures("editions")
@pytest.mark.parametrize("edition", ["2026-06-15", "2020-01-01", "", "x" * 5000, "\x00"])
def test_an_edition_that_does_not_count_is_not_answered_about(as_mei: Any, edition: str) -> None:
    answered = answer(as_mei, "read", edition)

    assert answered.status_code == 422 and "count any more, or never was" in answered.text


@pytest.mark.usefixtures("editions")
def test_a_forged_form_is_not_taken(as_mei: Any, visitor: Any) -> None:
    assert as_mei.post(ANSWERS, data={"edition": "2026-11-01", "answer": "read"}).status_code == 400
    assert visitor.submit(ANSWERS, {"edition": "2026-11-01", "answer": "read"}, page="/sign-in").status_code == 303
    assert not Acknowledgement.select().exists()


@pytest.mark.usefixtures("editions")
def test_somebody_elses_receipt_is_not_there(as_mei: Any, as_mallory: Any) -> None:
    receipt = answer(as_mei, "read").location

    assert as_mallory.get(receipt).status_code == as_mallory.get(f"{receipt}.json").status_code == 404
    assert as_mallory.get(f"{ANSWERS}/{2**63}").status_code == 404


@pytest.mark.usefixtures("editions")
def test_a_receipt_that_was_changed_says_so(as_mei: Any) -> None:
    receipt = answer(as_mei, "read").location
    Acknowledgement.update(body={**Acknowledgement.get().body, "answer": "agree"}).execute()

    assert "This receipt does not match its hash" in as_mei.get(receipt).text


def test_an_edition_to_come_is_told_of_and_can_be_answered_before_its_day(as_mei: Any, publish: Any) -> None:
    publish()
    answer(as_mei, "read", "2026-06-15")
    publish(texts.LATER, "2027-01-01")

    assert "From 1 January 2027 on." in as_mei.get("/account").text
    answer(as_mei, "read", "2027-01-01")
    assert BANNER not in as_mei.get("/account").text


@pytest.mark.usefixtures("editions")
def test_answers_are_among_what_we_hold(as_mei: Any, mei: Any) -> None:
    answer(as_mei, "read")

    assert registry.rows_of(Acknowledgement, mei).count() == 1
    assert "Your answers about the privacy policy" in as_mei.get("/know/account").text


def test_the_list_says_when_there_is_nothing_to_answer(as_mei: Any) -> None:
    assert "No official text has been published yet" in as_mei.get(ANSWERS).text
