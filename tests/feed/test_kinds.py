"""What single values must be like: taken as they are, or told in words what they should have been."""

from __future__ import annotations

from typing import Any

import pytest

from privacy_center.core.db import moment
from privacy_center.feed import kinds
from privacy_center.feed.free import JSON_OBJECT, JSON_VALUE
from privacy_center.feed.kinds import Kind, Wrong

RIGHT: list[tuple[Kind, list[Any]]] = [
    (kinds.TEXT, ["", "words", "中文", "a\nb"]),
    (kinds.ID, ["x", "x" * 200]),
    (kinds.FLAG, [True, False]),
    (kinds.SIZE, [0, 2**63 - 1]),
    (kinds.COUNT, [0, 2**31 - 1]),
    (kinds.MONEY, ["18.00", "0", "-2.5", "123456789012345.00000001"]),
    (kinds.CURRENCY, ["USD", "CNY"]),
    (kinds.COUNTRY, ["SG", "US-CA", "GB-ENG", "CN-11"]),
    (kinds.LANGUAGE, ["en", "zh-Hans", "de-CH-1996", "x-klingon"]),
    (kinds.EMAIL, ["a@b", "mei+zcode@example.com"]),
    (kinds.WEB_ADDRESS, ["https://example.com/a.png?x=1"]),
    (kinds.SHA256, ["0a" * 32]),
    (kinds.IP_ADDRESS, ["192.0.2.7", "2001:db8::7", "::ffff:192.0.2.7"]),
    (kinds.TEXT_OR_NUMBER, ["3.2 GHz", 3200, 3.2]),
    (JSON_VALUE, ["text", 0, False, [], {"a": [1, {"b": None}]}]),
    (JSON_OBJECT, [{}, {"a": {"b": 1}}]),
]

WRONG: list[tuple[Kind, list[Any]]] = [
    (kinds.TEXT, [1, True, None, ["a"], {}]),
    (kinds.ID, ["", "x" * 201, 7]),
    (kinds.NAME_OF_MODEL, ["x" * 201]),
    (kinds.WORKSPACE, ["x" * 501]),
    (kinds.FLAG, [0, 1, "true", None]),
    (kinds.SIZE, [-1, 2**63, 1.0, True, "5", None]),
    (kinds.COUNT, [2**31, True, 2.5]),
    (kinds.MONEY, [18.0, 18, "18,00", "1e3", ".5", "5.", "", "NaN", "١٨", "1" * 16]),
    (kinds.CURRENCY, ["usd", "US", "EURO", "€", 978]),
    (kinds.COUNTRY, ["sg", "SGP", "US-", "US-CALI", "US_CA", "", 65]),
    (kinds.LANGUAGE, ["", "zh_CN", "en-", "abcdefghi", "en " * 9, "e" * 36]),
    (kinds.EMAIL, ["", "mei", "@", "a@", "a b@c", "a@b@c", "x" * 320 + "@b", 5]),
    (kinds.WEB_ADDRESS, ["javascript:alert(1)", "//example.com", "https://", "https://a b", "data:,x"]),
    (kinds.SHA256, ["", "0" * 63, "g" * 64, "0" * 64 + "\n"]),
    (kinds.IP_ADDRESS, ["", "192.0.2", "192.0.2.256", "localhost", 3232235777, "1" * 100]),
    (kinds.TEXT_OR_NUMBER, [True, None, [], {}]),
    (kinds.CONTENTS, ["=", "a", "ab=c", "YQ=", "é", "YQ==\n", 5, None]),
    (JSON_OBJECT, [[], "x", 5, None]),
]


def each(cases: list[tuple[Kind, list[Any]]]) -> list[tuple[Kind, Any]]:
    """Every kind with every one of its values."""
    return [(kind, value) for kind, values in cases for value in values]


@pytest.mark.parametrize(("kind", "value"), each(RIGHT))
def test_a_right_value_is_taken_as_it_is(kind: Kind, value: Any) -> None:
    assert kind.read(value) == value


@pytest.mark.parametrize(("kind", "value"), each(WRONG))
def test_a_wrong_value_is_told_what_it_must_be(kind: Kind, value: Any) -> None:
    with pytest.raises(Wrong, match=r"^must "):
        kind.read(value)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-11-01T12:00:00Z", "2026-11-01T12:00:00+00:00"),
        ("2026-11-01t12:00:00z", "2026-11-01T12:00:00+00:00"),
        ("2026-11-01T20:00:00.25+08:00", "2026-11-01T12:00:00.250000+00:00"),
        ("2026-11-01T12:00:00.123456789Z", "2026-11-01T12:00:00.123456+00:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00"),
        ("2024-02-29T00:00:00-00:00", "2024-02-29T00:00:00+00:00"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00"),
    ],
)
def test_a_time_is_taken_whatever_its_offset(said: str, meant: str) -> None:
    assert moment(kinds.MOMENT.read(said)).isoformat() == meant


@pytest.mark.parametrize(
    "said",
    [
        "2026-11-01T12:00:00",
        "2026-11-01 12:00:00Z",
        "2026-11-01",
        "2026-02-30T12:00:00Z",
        "2026-11-01T24:00:00Z",
        "2026-11-01T12:60:00Z",
        "2026-11-01T12:00Z",
        "2026-W45-1T12:00:00Z",
        "20261101T120000Z",
        "2026-11-01T12:00:00+24:00",
        "2026-11-01T12:00:00 +01:00",
        "1969-12-31T23:59:59Z",
        "2100-01-01T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:60-23:59",
        "٢٠٢٦-11-01T12:00:00Z",
        1793534400,
        None,
    ],
)
def test_what_is_no_time_with_an_offset_in_sane_years_is_refused(said: Any) -> None:
    with pytest.raises(Wrong, match=r"^must "):
        kinds.MOMENT.read(said)


def test_a_checksum_is_kept_in_small_letters() -> None:
    assert kinds.SHA256.read("AB" * 32) == "ab" * 32


def test_contents_are_read_from_base64() -> None:
    assert kinds.CONTENTS.read("aGVsbG8=") == b"hello"
    assert kinds.CONTENTS.read("") == b""


def nested(levels: int) -> Any:
    """Lists within lists."""
    value: Any = []
    for _ in range(levels - 1):
        value = [value]
    return value


def test_json_may_nest_as_deep_as_anybody_can_read() -> None:
    assert JSON_VALUE.read(nested(64)) == nested(64)


def test_json_that_nests_deeper_is_refused() -> None:
    with pytest.raises(Wrong, match="deeper than 64"):
        JSON_VALUE.read(nested(65))
    with pytest.raises(Wrong, match="deeper than 64"):
        JSON_OBJECT.read({"a": nested(1000)})
