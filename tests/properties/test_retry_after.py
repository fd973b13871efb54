"""`Retry-After` is a number of seconds or a date. Anything else is ignored."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from hypothesis import example, given
from hypothesis import strategies as st

from orbitconnect._pipeline.retry import retry_after
from tests.properties.strategies import any_text, examples

NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
moments = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001  # Hypothesis requires naive datetimes.
    datetime(9999, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
near_dates = st.lists(
    st.sampled_from(
        [
            *("Mon", "Mon,", "Monday,", "05", "5", "Jan", "05-Jan-26", "2026", "09:30:00", "9:30", "24:61:99", "GMT"),
            *("-0000", "+9999", "+99999999", "-2359", "EST", "9" * 30, "0000", ",", ".", "", "\u0665", "(a)", "T"),
        ]
    ),
    max_size=7,
).map(" ".join)


@examples(800)
@given(value=any_text | near_dates | st.from_regex(r"[0-9+\-_.eE ]{0,12}", fullmatch=True))
@example(value="Mon, 05 Jan 99999999999999999999 09:30:00 GMT")
@example(value="Mon, 05 Jan 2026 09:30:00 +99999999999999999999")
@example(value="Sat, 01 Jan 0001 00:00:00 +2359")
@example(value="Fri, 31 Dec 9999 23:59:59 -2359")
def test_any_text_is_read_or_ignored(value: str) -> None:
    seconds = retry_after(value, NOW.timestamp())
    assert seconds is None or (isinstance(seconds, float) and 0 <= seconds < math.inf)


@examples(200)
@given(whole=st.integers(0, 10**15 - 1), fraction=st.none() | st.integers(0, 10**9))
def test_seconds_are_read(whole: int, fraction: int | None) -> None:
    text = str(whole) if fraction is None else f"{whole}.{fraction}"
    assert retry_after(text, NOW.timestamp()) == float(text)


@examples(200)
@given(
    value=st.one_of(
        st.floats().map(repr).filter(lambda text: not text.replace(".", "", 1).isdecimal()),
        st.integers(max_value=-1).map(str),
        st.integers(0).map(lambda number: f"+{number}"),
        st.integers(1000).map(lambda number: f"{number:_}"),
        st.text(st.characters(categories=["Nd", "Nl", "No"], exclude_characters="0123456789"), min_size=1),
        st.from_regex(r"[0-9]{16,}", fullmatch=True),
        st.from_regex(r"[0-9]+[eExX][0-9]+", fullmatch=True),
    )
)
def test_numbers_that_only_python_accepts_are_ignored(value: str) -> None:
    assert retry_after(value, NOW.timestamp()) is None


@examples(200)
@given(moment=moments)
def test_every_form_of_a_date_is_read(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    expected = max(0.0, (moment - NOW).total_seconds())
    for text in (
        format_datetime(moment, usegmt=True),
        format_datetime(moment),
        f"{moment:%a %b} {moment.day:2} {moment:%T} {moment.year:04}",
    ):
        assert retry_after(text, NOW.timestamp()) == expected


@examples(200)
@given(seconds=st.integers(-(40 * 365 * 86_400), 40 * 365 * 86_400))
def test_the_obsolete_form_of_a_date_is_read(seconds: int) -> None:
    """The year has two digits and stands for the nearest year that ends in them."""
    moment = NOW + timedelta(seconds=seconds)
    assert retry_after(f"{moment:%A, %d-%b-%y %T GMT}", NOW.timestamp()) == max(0, seconds)


@examples(100)
@given(moment=moments, offset=st.integers(-23 * 60, 23 * 60))
def test_a_date_with_an_offset_is_read(moment: datetime, offset: int) -> None:
    moment = moment.replace(microsecond=0)
    sign, minutes = ("-" if offset < 0 else "+"), abs(offset)
    text = f"{moment:%a, %d %b} {moment.year:04} {moment:%T} {sign}{minutes // 60:02}{minutes % 60:02}"
    expected = (moment - NOW).total_seconds() - offset * 60
    assert retry_after(text, NOW.timestamp()) == max(0.0, expected)
