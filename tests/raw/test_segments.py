"""How ids and queries are encoded in URLs, and which ids are rejected because they could reach another endpoint."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote

import pytest

from orbitconnect_api.types import UNSET, path_segment, query_string
from tests.for_each import for_each

UNRESERVED = string.ascii_letters + string.digits + "-._~"
CONTROL = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))]


@for_each("code", list(map(ord, CONTROL)))
def test_an_id_with_a_control_character_is_rejected(code: int) -> None:
    for value in (chr(code), f"a{chr(code)}", f"{chr(code)}a"):
        with pytest.raises(ValueError, match=r"^user_id must not contain control characters\.$"):
            path_segment(value, "user_id")


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_an_id_that_would_change_the_route_is_rejected(value: str) -> None:
    with pytest.raises(ValueError, match=r"^user_id must not be ") as caught:
        path_segment(value, "user_id")
    assert str(caught.value) == f"user_id must not be {value!r}: an id is never empty, '.' or '..'."


@pytest.mark.parametrize("value", ["...", "..a", "a.", ".a", " ", "%2e", "%2E%2e", "a/../b", "x" * 1_000])
def test_an_id_that_only_resembles_a_route_is_encoded(value: str) -> None:
    segment = path_segment(value, "user_id")
    assert unquote(segment) == value
    assert segment not in (".", "..")


def test_every_other_character_stays_in_one_segment() -> None:
    chars = [char for char in map(chr, range(0x250)) if char not in CONTROL]
    for char in chars:
        segment = path_segment(char * 3, "user_id")
        assert unquote(segment) == char * 3
        assert set(segment) <= set(UNRESERVED) | {"%"}
    assert [char for char in chars if path_segment(char * 3, "user_id") == char * 3] == sorted(UNRESERVED)


@pytest.mark.parametrize("value", [None, 7, b"usr_1", ["usr_1"], UNSET])
def test_an_id_that_is_not_a_string_is_rejected(value: Any) -> None:
    with pytest.raises(TypeError) as caught:
        path_segment(value, "user_id")
    assert str(caught.value) == f"user_id must be a string, not {type(value).__name__}."


def test_a_lone_surrogate_is_rejected_and_not_shown() -> None:
    for refused in (lambda: path_segment("a\ud800", "user_id"), lambda: query_string([("user_id", "a\ud800")])):
        with pytest.raises(ValueError, match=r".") as caught:
            refused()
        assert type(caught.value) is ValueError
        assert str(caught.value) == "user_id holds a lone surrogate, which UTF-8 cannot encode."
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        ("a b&c=d/e?f#g+h", "a%20b%26c%3Dd%2Fe%3Ff%23g%2Bh"),
        ("", ""),
        ("ü", "%C3%BC"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-7, "-7"),
        (1.5, "1.5"),
        (1e300, "1e%2B300"),
        (datetime(2026, 1, 5, 9, 30, tzinfo=UTC), "2026-01-05T09%3A30%3A00%2B00%3A00"),
        (datetime(2026, 1, 5, tzinfo=timezone(timedelta(hours=-2))), "2026-01-05T00%3A00%3A00-02%3A00"),
    ],
)
def test_a_query_value(value: Any, encoded: str) -> None:
    assert query_string([("limit", value)]) == f"limit={encoded}"


def test_a_query_omits_values_that_were_not_given() -> None:
    assert query_string([]) == ""
    assert query_string([("a", None), ("b", UNSET)]) == ""
    assert query_string([("a", "1"), ("b", None), ("a", "2"), ("c", UNSET), ("d", "")]) == "a=1&a=2&d="


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        (float("nan"), ValueError, "since must be a finite number, not nan."),
        ([1], TypeError, "since must be a number, not list."),
        (
            datetime(2026, 1, 5),  # noqa: DTZ001  # Rejected because it is naive.
            ValueError,
            "since has no time zone. Pass an aware datetime, such as datetime.now(timezone.utc).",
        ),
    ],
)
def test_the_error_for_an_invalid_query_value_names_it(value: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        query_string([("since", value)])
    assert (type(caught.value), str(caught.value)) == (kind, message)
