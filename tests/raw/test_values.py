"""Values in paths, queries, headers and bodies are converted to plain values.

Arguments that cannot be converted to plain values are rejected.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum, IntFlag, StrEnum
from fractions import Fraction
from typing import Any

import pytest

from orbitconnect_api.types import query_string
from orbitconnect_api.values import path_segment, write_boolean, write_number, write_text
from tests.arguments.recorder import Recorder, clients, run


class Few(IntEnum):
    FEW = 5


class Flags(IntFlag):
    A = 1
    B = 4


class Named(StrEnum):
    ID = "cnv_1"


class OldNamed(str, Enum):  # noqa: UP042  # Before Python 3.11, this was the usual form.
    ID = "cnv_1"


class PlainEnum(Enum):
    ID = "cnv_1"


class LoudInt(int):
    def __repr__(self) -> str:
        return "loud"

    __str__ = __repr__

    def __int__(self) -> int:
        return 99

    __index__ = __int__


class LoudFloat(float):
    def __repr__(self) -> str:
        return "loud"

    __str__ = __repr__

    def __float__(self) -> float:
        return 99.0


class LoudText(str):
    def __str__(self) -> str:
        return "loud"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return "loud"

    def encode(self, *_: Any, **__: Any) -> bytes:
        return b"loud"


class Scalar:
    """Like most numpy scalars, this is not a Python number, but `item()` returns one."""

    ndim = 0

    def __init__(self, value: Any) -> None:
        self.value = value

    def item(self) -> Any:
        return self.value

    def __repr__(self) -> str:
        return f"Scalar({self.value!r})"


class Float64(float):
    """Like numpy's float64, this is a float whose `repr` is not a number."""

    ndim = 0

    def item(self) -> float:
        return float.__float__(self)

    def __repr__(self) -> str:
        return f"np.float64({float.__repr__(self)})"


WHOLE: dict[str, Any] = {
    "int": 5,
    "IntEnum": Few.FEW,
    "IntFlag": Flags.A | Flags.B,
    "subclass of int": LoudInt(5),
    "float": 5.0,
    "float of numpy": Float64(5),
    "subclass of float": LoudFloat(5),
    "Decimal": Decimal(5),
    "Decimal of money": Decimal("5.00"),
    "Fraction": Fraction(10, 2),
    "scalar": Scalar(5),
    "scalar of float": Scalar(5.0),
}


@pytest.mark.parametrize("value", WHOLE.values(), ids=WHOLE)
def test_a_whole_number_of_any_type_is_sent_as_an_integer(value: Any) -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        run(lambda orbit: orbit.messages.list("cnv_1", limit=value, acting_user_id="usr_1"), orbit)
        run(lambda orbit: orbit.users.create_token("usr_1", ttl=value), orbit)
    assert [request.url.query for request in recorder.requests if request.method == "GET"] == [b"limit=5"] * 2
    bodies = [request.content for request in recorder.requests if request.method == "POST"]
    assert bodies == [b'{"ttl":5}'] * 2


NO_INTEGERS: list[Any] = [
    *(True, Scalar(True), 5.5, Decimal("5.5"), Fraction(1, 3)),
    *(float("nan"), float("inf"), Decimal("NaN"), Decimal("Infinity")),
    *("5", b"5", PlainEnum.ID, [5], {"limit": 5}, 5j, object(), Scalar([5]), float),
]


@pytest.mark.parametrize("value", NO_INTEGERS, ids=map(str, range(len(NO_INTEGERS))))
def test_the_error_for_an_invalid_integer_names_the_argument(value: Any) -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        with pytest.raises((TypeError, ValueError), match=r"^limit (must be|cannot be)"):
            run(lambda orbit: orbit.messages.list("cnv_1", limit=value, acting_user_id="usr_1"), orbit)
        with pytest.raises((TypeError, ValueError), match=r"^ttl (must be|cannot be)"):
            run(lambda orbit: orbit.users.create_token("usr_1", ttl=value), orbit)
    assert recorder.requests == []


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (5, "5"),
        (5.25, "5.25"),
        (LoudFloat(5.25), "5.25"),
        (Float64(5.0), "5.0"),
        (Decimal("5.10"), "5.1"),
        (Decimal("5.00"), "5"),
        (Fraction(1, 4), "0.25"),
        (Scalar(5.25), "5.25"),
        (Few.FEW, "5"),
        (LoudInt(5), "5"),
        (10**30, str(10**30)),
    ],
    ids=repr,
)
def test_an_amount_of_any_type_is_sent_exactly(value: Any, sent: str) -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        run(lambda orbit: orbit.billing.top_up(value), orbit)
    assert [request.content.decode() for request in recorder.requests] == [f'{{"amount":{sent}}}'] * 2


@pytest.mark.parametrize(
    "value", [Fraction(1, 3), Decimal("0.1000000000000000000001"), Decimal("1E-400"), Fraction(10**400, 3)], ids=repr
)
def test_an_amount_that_json_would_round_is_rejected(value: Any) -> None:
    with pytest.raises(
        ValueError, match=r"^amount cannot be sent exactly as a JSON number: round it, or pass a float\.$"
    ):
        write_number(value, "amount")


TEXTS: list[Any] = ["cnv_1", Named.ID, OldNamed.ID, LoudText("cnv_1")]


@pytest.mark.parametrize("value", TEXTS, ids=lambda value: type(value).__name__)
def test_a_string_of_any_type_is_sent_as_a_plain_string(value: Any) -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        run(lambda orbit: orbit.messages.search(value, value, acting_user_id=value), orbit)
        run(lambda orbit: orbit.as_user(value).conversations.get(value), orbit)
        run(
            lambda orbit: orbit.messages.send(conversation_id=value, content=value, type=value, acting_user_id=value),
            orbit,
        )
        run(lambda orbit: orbit.with_options(headers={"x-team": value}).users.get(value), orbit)
    assert len(recorder.requests) == 8
    for request in recorder.requests:
        assert request.url.path.endswith(("/cnv_1", "/cnv_1/messages", "/search/messages"))
        assert all(found == "cnv_1" for found in request.url.params.values())
        assert request.headers.get("x-app-user-id", "cnv_1") == "cnv_1"
        assert request.headers.get("x-team", "cnv_1") == "cnv_1"
        if request.content:
            body = json.loads(request.content)
            assert (body["content"], body["type"]) == ("cnv_1", "cnv_1")
    for writer in (path_segment, write_text):
        assert type(writer(value, "id")) is str


NO_TEXTS: list[Any] = [5, 5.0, True, None, b"cnv_1", Decimal(5), PlainEnum.ID, Few.FEW, Scalar(5), [], {}]


@pytest.mark.parametrize("value", NO_TEXTS, ids=map(str, range(len(NO_TEXTS))))
def test_the_error_for_an_invalid_string_names_the_argument(value: Any) -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        with pytest.raises(TypeError, match=r"^conversation_id must be a string, not \w+"):
            run(lambda orbit: orbit.conversations.get(value, acting_user_id="usr_1"), orbit)
        with pytest.raises(TypeError, match=r"^user_id must be a string, not \w+"):
            orbit.as_user(value)
        if value is not None:
            with pytest.raises(TypeError, match=r"^content must be a string, not \w+"):
                run(lambda orbit: orbit.messages.edit("msg_1", value, acting_user_id="usr_1"), orbit)
            with pytest.raises(TypeError, match=r"^acting_user_id must be a string, not \w+"):
                run(lambda orbit: orbit.calls.list(acting_user_id=value), orbit)
            with pytest.raises(TypeError, match=r"^query must be a string, not \w+"):
                run(lambda orbit: orbit.messages.search_global(value, acting_user_id="usr_1"), orbit)
    assert recorder.requests == []


def test_the_error_for_an_enum_member_suggests_its_value() -> None:
    with pytest.raises(TypeError, match=r"not PlainEnum: pass PlainEnum\.ID\.value\."):
        write_text(PlainEnum.ID, "type")  # type: ignore[arg-type]


def test_booleans_of_any_type_are_sent_as_booleans() -> None:
    recorder = Recorder()
    yes: Any = Scalar(True)
    for orbit in clients(recorder):
        run(lambda orbit: orbit.users.list(active_only=yes), orbit)
        run(lambda orbit: orbit.webhooks.update("wh_1", is_active=yes), orbit)
    assert [request.url.query or request.content for request in recorder.requests] == [
        b"active=true",
        b'{"is_active":true}',
    ] * 2
    wrong: list[Any] = ["false", 1, 0.0, Few.FEW, [True]]
    for value in wrong:
        with pytest.raises(TypeError, match=r"^is_active must be True or False, not \w+"):
            write_boolean(value, "is_active")


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        (Few.FEW, "5"),
        (LoudInt(5), "5"),
        (Float64(5.0), "5.0"),
        (Decimal("5.5"), "5.5"),
        (Scalar(True), "true"),
        (Named.ID, "cnv_1"),
        (LoudText("a b"), "a%20b"),
    ],
    ids=repr,
)
def test_a_query_of_a_custom_path_has_plain_values(value: Any, encoded: str) -> None:
    assert query_string([("x", value)]) == f"x={encoded}"
    recorder = Recorder()
    for orbit in clients(recorder):
        run(lambda orbit: orbit.raw.request("GET", "/things", query={"x": value, "y": [value]}), orbit)
    assert [request.url.query.decode() for request in recorder.requests] == [f"x={encoded}&y={encoded}"] * 2


# Times


class OddDatetime(datetime):
    def isoformat(self, *_: Any, **__: Any) -> str:
        return "odd"

    __str__ = isoformat


INDIA = timezone(timedelta(hours=5, minutes=30))
TIMES: list[tuple[Any, str]] = [
    (datetime(2030, 1, 5, 9, 30, tzinfo=UTC), "2030-01-05T09:30:00+00:00"),
    (datetime(2030, 1, 5, 9, 30, tzinfo=INDIA), "2030-01-05T09:30:00+05:30"),
    (OddDatetime(2030, 1, 5, 9, 30, tzinfo=UTC), "2030-01-05T09:30:00+00:00"),
    ("2030-01-05T09:30:00Z", "2030-01-05T09:30:00Z"),
    ("2030-01-05T09:30:00.123456789Z", "2030-01-05T09:30:00.123456789Z"),
    ("2030-01-05t09:30:00z", "2030-01-05t09:30:00z"),
    ("2030-01-05T09:30:00+05:30", "2030-01-05T09:30:00+05:30"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"),
    ("2030-01-05 09:30:00+00:00", "2030-01-05T09:30:00+00:00"),
    ("20300105T093000Z", "2030-01-05T09:30:00+00:00"),
    (LoudText("2030-01-05T09:30:00Z"), "2030-01-05T09:30:00Z"),
]


@pytest.mark.parametrize(("value", "sent"), TIMES, ids=map(str, range(len(TIMES))))
def test_a_time_is_accepted_in_all_forms_everywhere(value: Any, sent: str) -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        run(lambda orbit: orbit.messages.sync("cnv_1", value, acting_user_id="usr_1"), orbit)
        run(lambda orbit: orbit.meetings.create(title="t", scheduled_at=value, acting_user_id="usr_1"), orbit)
        run(lambda orbit: orbit.billing.generate_invoice(from_=value, to=value), orbit)
    sync, meeting, invoice = recorder.requests[:3]
    assert sync.url.params["since"] == sent
    assert json.loads(meeting.content)["scheduled_at"] == sent
    assert json.loads(invoice.content) == {"from": sent, "to": sent}
    assert [request.content for request in recorder.requests[3:]] == [r.content for r in recorder.requests[:3]]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime(2030, 1, 5, 9, 30), r"has no time zone\. Pass an aware datetime"),  # noqa: DTZ001
        ("2030-01-05T09:30:00", r"has no time zone\. Pass an aware datetime"),
        ("tomorrow", r"must be a datetime or an RFC 3339 string, such as '2030-01-05T09:30:00Z'"),
        ("", r"must be a datetime or an RFC 3339 string, such as"),
        ("1893835800", r"must be a datetime or an RFC 3339 string, such as"),
        (1893835800, r"must be a datetime or an RFC 3339 string, not int, which can be seconds or milliseconds"),
        (1893835800.5, r"must be .*, not float, which can be seconds or milliseconds: pass datetime\.fromtimestamp"),
        (timedelta(days=1), r"must be a datetime or an RFC 3339 string, not timedelta"),
        ([2030, 1, 5], r"must be a datetime or an RFC 3339 string, not list"),
    ],
    ids=repr,
)  # fmt: skip
def test_the_error_for_an_invalid_time_names_the_argument(value: Any, words: str) -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        for name, call in (
            ("since", lambda orbit: orbit.messages.sync("cnv_1", value, acting_user_id="usr_1")),
            ("since", lambda orbit: orbit.messages.iterate_sync("cnv_1", value, acting_user_id="usr_1")),
            ("scheduled_at", lambda orbit: orbit.meetings.create(title="t", scheduled_at=value, acting_user_id="u")),
            ("from_", lambda orbit: orbit.billing.generate_invoice(from_=value)),
            ("to", lambda orbit: orbit.billing.generate_invoice(to=value)),
        ):
            with pytest.raises((TypeError, ValueError), match=f"^{name} {words}"):
                run(call, orbit)
    assert recorder.requests == []


def test_only_the_start_of_a_query_can_be_a_date() -> None:
    recorder = Recorder()
    for orbit in clients(recorder):
        for day in (date(2020, 1, 1), "2020-01-01"):
            run(lambda orbit, day=day: orbit.messages.sync("cnv_1", day, acting_user_id="usr_1"), orbit)
        with pytest.raises(
            TypeError, match=r"^scheduled_at must be .*, not date: .* pass datetime\(year, month, day, tz"
        ):
            run(
                lambda orbit: orbit.meetings.create(title="t", scheduled_at=date(2030, 1, 1), acting_user_id="u"), orbit
            )
        with pytest.raises(TypeError, match=r"^to must be .*, not date"):
            run(lambda orbit: orbit.billing.generate_invoice(to=date(2030, 1, 1)), orbit)
    instants = {datetime.fromisoformat(request.url.params["since"]) for request in recorder.requests}
    assert instants == {datetime(2020, 1, 1, tzinfo=UTC)}
    assert len(recorder.requests) == 4
