"""Sessions: what a token opens, how long, and how it ends."""

from __future__ import annotations

import re
from collections.abc import Callable

from privacy_center.accounts.models import Session, User
from privacy_center.core import db, jobs, tokens
from tests.accounts.stand_ins import Browser, entries
from tests.conftest import Visitor


def test_the_cookie_is_bound_to_our_host_and_hidden_from_scripts(somebody: Browser) -> None:
    cookies = somebody.sign_in().headers.getlist("Set-Cookie")

    ours = next(each for each in cookies if each.startswith("__Host-session="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in ours.split(";")}
    assert "Domain" not in ours and "Expires" not in ours and "Max-Age" not in ours


def test_the_token_is_kept_as_a_hash_only(somebody: Browser) -> None:
    somebody.sign_in()

    assert len(somebody.token()) >= 43
    assert Session.get().token_hash == tokens.at_rest(somebody.token())
    assert somebody.token() not in str(Session.select().dicts().get())


def test_signing_in_again_makes_a_new_session_and_ends_the_old(somebody: Browser, somebody_else: Browser) -> None:
    somebody.sign_in("zai-mei")
    copied = somebody.token()
    somebody.sign_in("zai-jun")

    assert somebody.token() != copied
    assert [session.user.subject for session in Session.select()] == ["zai-jun"]
    assert opens_nothing(copied, somebody_else)


def test_a_copied_cookie_is_dead_after_signing_out(somebody: Browser, somebody_else: Browser) -> None:
    somebody.sign_in()
    copied = somebody.token()

    answer = somebody.centre.submit("/sign-out", page="/account")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "You have signed out" in somebody.centre.get("/sign-in").text
    assert somebody.token() == "" and opens_nothing(copied, somebody_else)
    assert len(entries("signed out")) == 1


def test_signing_out_twice_is_no_error(somebody: Browser) -> None:
    somebody.sign_in()
    somebody.centre.submit("/sign-out", page="/account")

    assert somebody.centre.post("/sign-out").location == "/sign-in"


def test_a_token_planted_before_the_sign_in_opens_nothing_after(somebody: Browser, somebody_else: Browser) -> None:
    planted = tokens.new_token()
    somebody.centre.set_cookie("__Host-session", planted, domain="127.0.0.1", secure=True)
    somebody.sign_in()

    assert somebody.token() != planted and opens_nothing(planted, somebody_else)


def test_a_session_ends_after_twelve_hours_and_says_so(as_mei: Visitor, later: Callable[..., None]) -> None:
    for _ in range(7):
        later(minutes=105)
        as_mei.get("/account")

    sent = as_mei.get("/account/sessions?x=1")
    page = as_mei.get(sent.location).text

    assert "You have been signed out" in page and "Twelve hours have passed" in page
    assert 'name="next" value="/account/sessions?x=1"' in page and "You were at: /account/sessions<" in page


def test_a_session_that_rests_for_two_hours_ends(as_mei: Visitor, later: Callable[..., None]) -> None:
    later(hours=2, seconds=1)

    page = as_mei.get("/account", follow_redirects=True).text

    assert "Nothing happened here for two hours" in page


def test_htmx_is_told_to_go_to_the_sign_in(as_mei: Visitor, later: Callable[..., None]) -> None:
    later(hours=3)

    answer = as_mei.get("/account", headers={"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://127.0.0.1:8000/account"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?next=/account")


def test_use_is_noted_at_most_every_five_minutes(as_mei: Visitor, later: Callable[..., None]) -> None:
    before = Session.get().seen_at
    later(minutes=4)
    as_mei.get("/account")
    assert Session.get().seen_at == before

    later(minutes=2)
    as_mei.get("/account")
    assert Session.get().seen_at > before


def test_mei_sees_her_browsers_and_nobody_elses(as_mei: Visitor, mei: User, as_mallory: Visitor) -> None:
    Session.begin(mei, browser="Safari on iPhone", address="198.51.100.9")

    page = as_mei.get("/account/sessions").text

    assert page.count("Signed in") == 2 and "Safari on iPhone" in page and "198.51.100.9" in page
    assert page.count("This browser") == 1
    assert as_mallory.get("/account/sessions").text.count("Signed in") == 1


def test_she_ends_one_from_afar(as_mei: Visitor, mei: User, somebody_else: Browser) -> None:
    far, token = Session.begin(mei, browser="Safari on iPhone", address="198.51.100.9")

    answer = as_mei.submit(f"/account/sessions/{far.id}/ending", page="/account/sessions")

    assert (answer.status_code, answer.location) == (303, "/account/sessions")
    assert "That browser is signed out" in as_mei.get("/account/sessions").text
    assert opens_nothing(token, somebody_else)
    assert [entry.subject for entry in entries("session ended")] == [f"session:{far.id}"]


def test_who_was_ended_from_afar_is_told_so(as_mei: Visitor, mei: User, visitor: Visitor) -> None:
    visitor.sign_in(mei)
    as_mei.submit("/account/sessions/endings", page="/account/sessions")

    assert "This browser’s session was ended" in visitor.get("/account", follow_redirects=True).text


def test_she_ends_all_others(as_mei: Visitor, mei: User) -> None:
    here = Session.get().id
    for name in ("Safari on iPhone", "Edge on Windows"):
        Session.begin(mei, browser=name, address="198.51.100.9")

    as_mei.submit("/account/sessions/endings", page="/account/sessions")

    assert "2 other browsers are signed out" in as_mei.get("/account/sessions").text
    assert [session.id for session in Session.select()] == [here]


def test_ending_this_browsers_own_session_is_signing_out(as_mei: Visitor) -> None:
    answer = as_mei.submit(f"/account/sessions/{Session.get().id}/ending", page="/account/sessions")

    assert (answer.location, Session.select().count()) == ("/sign-in", 0)


def test_mallory_cannot_end_meis_session(as_mei: Visitor, as_mallory: Visitor, mei: User) -> None:
    meis = Session.get(Session.user == mei)

    theirs = as_mallory.submit(f"/account/sessions/{meis.id}/ending", page="/account/sessions")
    nobodys = as_mallory.submit("/account/sessions/999999/ending", page="/account/sessions")

    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert as_mei.get("/account").status_code == 200


def test_a_page_looks_up_session_and_person_in_one_query(as_mei: Visitor, app: object) -> None:
    asked: list[str] = []
    real = db.database.obj.execute_sql

    def counted(sql: str, *rest: object, **more: object) -> object:
        asked.append(sql)
        return real(sql, *rest, **more)

    db.database.obj.execute_sql = counted
    try:
        as_mei.get("/sign-in")
    finally:
        del db.database.obj.execute_sql
    assert len([sql for sql in asked if re.search(r"session|users", sql)]) == 1


def test_what_is_over_goes_after_a_day(somebody: Browser, later: Callable[..., None]) -> None:
    somebody.sign_in()
    later(hours=25)

    tidied = jobs.run_sweeps(only_due=False)

    assert tidied["sign-ins that are over"] == 2
    assert Session.select().count() == 0


def opens_nothing(token: str, browser: Browser) -> bool:
    """Whether *token* is worth nothing in somebody's hands."""
    browser.centre.set_cookie("__Host-session", token, domain="127.0.0.1", secure=True)
    return bool(browser.centre.get("/account").status_code == 303)
