"""Reading one conversation: who said what when, what was folded away, and how one gets around in it."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest

from tests.conftest import Visitor
from tests.history.conftest import Feed, message_number, number_of, talk, words_of
from tests.makers import line, message

PAGER = re.compile(r'rel="(prev|next)" href="([^"]+)"')


def read(visitor: Visitor, name: str = "Talk", query: str = "") -> str:
    """The page of the conversation with that title."""
    return str(visitor.get(f"/history/{number_of(name)}{query}").text)


def around(page: str) -> dict[str, str]:
    """The addresses of the previous and the next page of messages."""
    return {direction: unescape(address) for direction, address in PAGER.findall(page)}


def test_the_head_says_when_with_what_and_how_much(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk", model="GLM-4.7", source="desktop", workspace="billing", archived=True), message("Talk", "Hi", minutes=46))

    page = words_of(read(as_mei))

    assert "Talk 1 November 2026, 12:00 to 12:46 · GLM-4.7 · Desktop · billing · 1 message · archived in ZCode Save as Markdown" in page


def test_each_turn_says_who_speaks_when_and_which_model(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), message("Talk", "Hi", minutes=2), message("Talk", "Hello", minutes=1500, role="assistant", model="GLM-4.7"))

    page = words_of(read(as_mei))

    assert "You 12:02 Hi ZCode 2 Nov 2026, 13:00 GLM-4.7 Hello" in page


def test_ones_own_words_are_shown_as_they_were_typed(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), message("Talk", "One\n  *two* <b>\n\nthree"))

    assert '<p class="typed">One\n  *two* &lt;b&gt;\n\nthree</p>' in read(as_mei)


def test_zcodes_words_are_rendered(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), message("Talk", "# One\n\n*two* <b>", role="assistant"))

    assert "<h3>One</h3>\n<p><em>two</em> &lt;b&gt;</p>" in read(as_mei)


def test_reasoning_is_folded_away(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), message("Talk", "", role="assistant", parts=[{"type": "reasoning", "text": "Hm <hm>"}, {"type": "text", "text": "Yes."}]))

    page = read(as_mei)

    assert re.search(r'<details class="fold">\s*<summary><span>Reasoning</span></summary>\s*<div>\s*<p class="typed">Hm &lt;hm&gt;</p>', page)


def test_a_tools_answer_is_folded_into_the_use_of_the_tool(as_mei: Visitor, feed: Feed) -> None:
    use = {"type": "tool", "name": "read", "call": "c1", "input": {"path": "a.py", "text": "x\ny", "deep": [1]}}
    feed(talk("Talk"), message("Talk", "", role="assistant", parts=[use], minutes=1))
    feed(dict(message("Talk", "", role="tool", parts=[{"type": "tool", "name": "read", "call": "c1", "output": "1\n2\n3"}], minutes=2), id="answer"))

    page = read(as_mei)

    assert page.count('class="fold"') == page.count("<article") == 1
    assert "read a.py , 3 lines path: a.py text: x y deep: [ 1 ] What it gave back: 1 2 3" in words_of(page).replace(", 3", " , 3").replace("  ", " ")
    assert f'<div id="m{message_number("answer")}">' in page


def test_of_a_long_path_the_end_is_shown(as_mei: Visitor, feed: Feed) -> None:
    use = {"type": "tool", "name": "read", "call": "c1", "input": {"path": "/Users/mei/" + "deep/" * 20 + "session.ts"}}
    feed(talk("Talk"), message("Talk", "", role="assistant", parts=[use]))

    assert re.search(r"<code>read</code> …/(deep/)+session.ts</span>", read(as_mei))


def test_what_is_too_long_is_cut_and_leads_to_the_whole(as_mei: Visitor, feed: Feed) -> None:
    long = [{"type": "tool", "name": "bash", "call": "c", "output": "line\n" * 4000}, {"type": "text", "text": "word " * 30_000}]
    feed(talk("Talk"), message("Talk", "", role="assistant", parts=long))

    page = read(as_mei)

    assert len(page) < 90_000
    assert "Shown here: 8,000 of 20,000 characters." in page
    assert "Shown here: 50,000 of 150,000 characters." in page
    assert f'<a href="/history/{number_of("Talk")}.md" download>All of it is in the Markdown file</a>' in page


def test_a_message_of_eight_mebibytes_does_not_break_the_page(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), *(message("Talk", "支付 " * 900_000 + "end", role=role) for role in ("user", "assistant")))

    answer = as_mei.get(f"/history/{number_of('Talk')}?q=end")

    assert answer.status_code == 200
    assert len(answer.data) < 2_000_000


def test_a_sub_agent_and_the_conversation_it_ran_for_lead_to_each_other(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), talk("Helper", parent="Talk"), talk("Lost", parent="gone"))

    assert f'Sub-agent of <a href="/history/{number_of("Talk")}">Talk</a>' in read(as_mei, "Helper")
    assert f'<li><a href="/history/{number_of("Helper")}">Helper</a></li>' in read(as_mei)
    assert "Sub-agent of a conversation that is not here" in words_of(read(as_mei, "Lost"))


def test_a_conversation_without_messages_says_so(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"))

    assert "This conversation has no messages" in read(as_mei)


def test_messages_without_anything_in_them_are_shown_as_such(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), message("Talk", "", role="assistant", parts=[]), message("Talk", " ", minutes=1))

    assert words_of(read(as_mei)).count("Without words") == 2


def test_the_versions_of_a_message_are_walked(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), *(dict(message("Talk", f"Version {letter}", minutes=at), id=letter) for at, letter in enumerate("abc")))
    feed(dict(message("Talk", "Answer to b", minutes=9, role="assistant"), id="answer", parent="b"))
    page = read(as_mei)
    assert "Version 2 of 3" in page
    assert "Answer to b" in page

    later = f"?branch={message_number('c')}#m{message_number('c')}"
    assert f'href="/history/{number_of("Talk")}{later}" aria-label="Version 3"' in page
    page = read(as_mei, query=later)
    assert "Version 3 of 3" in page
    assert "Answer to b" not in page


@pytest.mark.parametrize("query", ["?branch=999999999999999999999999", "?branch=0", "?after=forged", "?branch=x&after=%00"])
def test_a_place_that_is_not_in_the_conversation_shows_its_beginning(as_mei: Visitor, feed: Feed, query: str) -> None:
    feed(talk("Talk"), message("Talk", "Hi"))

    page = read(as_mei, query=query)

    assert "Hi" in page
    assert ("We lost that place in the conversation" in page) == ("x" not in query or "after" in query)


def test_three_thousand_messages_are_read_page_by_page(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), *(message("Talk", f"step-{number}.", minutes=number, role=("user", "assistant")[number % 2]) for number in range(3000)))
    shown, address = [], f"/history/{number_of('Talk')}"

    while address:
        page = as_mei.get(address).text
        shown += re.findall(r"step-(\d+)\.", page)
        address = around(page).get("next", "")

    assert shown == [str(number) for number in range(3000)]
    assert "Messages 2,951 to 3,000 of 3,000" in page
    assert "step-2900." in as_mei.get(around(page)["prev"]).text


def test_pages_of_a_branch_stay_on_the_branch(as_mei: Visitor, feed: Feed) -> None:
    def chain(name: str, minutes: int) -> list[dict[str, object]]:
        ids = ["root", *(f"{name}{number}" for number in range(60))]
        return [dict(message("Talk", f"{id_}!", minutes=minutes), id=id_, parent=before) for before, id_ in pairwise(ids)]

    feed(talk("Talk"), dict(message("Talk", "root!"), id="root"), *chain("old", 1), *chain("new", 2))

    page = as_mei.get(around(read(as_mei, query=f"?branch={message_number('old0')}"))["next"]).text

    assert "old59!" in page
    assert "new" not in words_of(page)


def test_files_stand_with_the_message_they_came_with(as_mei: Visitor, feed: Feed) -> None:
    held = {"name": "held.txt", "content_base64": "aGVsbG8=", "size": 5, "sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}
    said = {"parts": [{"type": "file", "file": "f1"}, {"type": "file", "file": "never sent"}]}
    feed(talk("Talk"), dict(message("Talk", "", **said), id="m"), line("file", id="f1", conversation="Talk", **held))
    feed(line("file", id="f2", conversation="Talk", message="m", name="named.txt"), line("file", conversation="Talk", name="loose.txt"))

    page = read(as_mei)

    text = words_of(page)
    assert "Files of this conversation loose.txt contents not held" in text
    assert "You 12:00 held.txt A file that we were not sent named.txt contents not held" in text
    assert re.search(rf'<a href="/history/{number_of("Talk")}/files/\d+" download>', page)


def test_somebody_elses_conversation_answers_like_one_that_never_was(as_mei: Visitor, as_mallory: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), message("Talk", "Hi"))
    number = number_of("Talk")

    for way in ("", ".md", "?branch=1", "/files/1"):
        theirs, nobodys = as_mallory.get(f"/history/{number}{way}"), as_mallory.get(f"/history/{number + 7}{way}")
        assert theirs.status_code == nobodys.status_code == 404
        assert words_of(theirs.text) == words_of(nobodys.text)
