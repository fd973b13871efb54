"""Every instant that RFC 3339 allows is read correctly. Any other value is an aware datetime or None."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from orbitconnect_api.models import AppUser, CreateMeetingBody
from tests.properties.strategies import any_text, examples, received

seconds_of_offset = st.integers(-86_399, 86_399)
aware = st.datetimes(timezones=seconds_of_offset.map(lambda seconds: timezone(timedelta(seconds=seconds))))
near_instants = st.from_regex(
    r"[0-9]{0,5}-?W?[0-9]{0,3}-?[0-9]{0,3}[Tt _]?[0-9]{0,2}:?[0-9]{0,2}:?[0-9]{0,3}[.,]?[0-9]{0,12}"
    r"([Zz]|[+-][0-9:.]{0,12})?",
    fullmatch=True,
)


def read(value: Any) -> Any:
    return AppUser.from_dict({"id": "u", "created_at": value}).created_at


@examples(600)
@given(value=any_text | near_instants | received)
@example(value="20260102")
@example(value="2026-W01-1T00")
@example(value="0001-01-01T00:00:00+23:59")
@example(value="9999-12-31T23:59:60-23:59")
@example(value="2026-01-05\ud80009:30:00")
@example(value="\u017f026-01-05T09:30:00Z")
def test_any_value_is_read_as_an_aware_datetime_or_none(value: Any) -> None:
    instant = read(value)
    if instant is not None:
        assert isinstance(value, str)
        assert isinstance(instant, datetime)
        assert instant.utcoffset() is not None
        assert read(instant.isoformat()) == instant


@examples(300)
@given(instant=aware)
def test_every_instant_survives_the_round_trip(instant: datetime) -> None:
    user = AppUser(id="u", created_at=instant)
    again = AppUser.from_dict(user.to_dict())
    assert again.created_at == instant
    assert again.created_at is not None
    assert again.created_at.utcoffset() == instant.utcoffset()
    assert again == user
    body = CreateMeetingBody(title="t", scheduled_at=instant)
    assert CreateMeetingBody.from_dict(body.to_dict()) == body


@examples(300)
@given(
    instant=st.datetimes(),
    between=st.sampled_from("Tt"),
    fraction=st.none() | st.text("0123456789", min_size=1, max_size=12),
    offset=st.sampled_from(["Z", "z"]) | st.integers(-1439, 1439),
    is_leap_second=st.booleans(),
)
@example(datetime(2026, 1, 5, 9, 30), "t", None, "z", False)  # noqa: DTZ001
@example(datetime(2016, 12, 31, 23, 59, 59), "T", "5", "Z", True)  # noqa: DTZ001
def test_every_form_of_rfc_3339_is_read(
    instant: datetime, between: str, fraction: str | None, offset: str | int, is_leap_second: bool
) -> None:
    second = 59 if is_leap_second else instant.second
    text = instant.isoformat(between, "seconds")[:17] + ("60" if is_leap_second else f"{second:02}")
    text += "" if fraction is None else f".{fraction}"
    if isinstance(offset, int):
        text += f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
        zone = timezone(timedelta(minutes=offset))
    else:
        text, zone = text + offset, UTC
    microsecond = int((fraction or "0").ljust(6, "0")[:6])
    assert read(text) == instant.replace(second=second, microsecond=microsecond, tzinfo=zone)


@examples(100)
@given(number=st.integers() | st.floats() | st.booleans())
def test_a_number_is_not_read_as_an_instant(number: float) -> None:
    user = AppUser.from_dict({"id": "u", "created_at": number})
    assert user.created_at is None
    assert repr(user.to_dict()["created_at"]) == repr(number)
