"""With and without orjson, a body has the same bytes, or is refused with the same error."""

from __future__ import annotations

import dataclasses
import enum
import json
import math
import uuid
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orbitconnect._pipeline import json_writer
from orbitconnect._pipeline.json_writer import write_json
from orbitconnect._pipeline.prepare import prepare
from tests.for_each import for_each
from tests.pipeline.harness import request_of
from tests.pipeline.test_prepare import settings
from tests.properties.strategies import any_text, examples


class Text(str):
    __slots__ = ()


class Whole(int):
    pass


class Fraction(float):
    pass


class Shade(enum.Enum):
    RED = 1


class Word(enum.StrEnum):
    SHOWN = "shown"

    def __new__(cls, text: str) -> Word:
        word = str.__new__(cls, f"not {text}")
        word._value_ = text
        return word


class Level(enum.IntEnum):
    LOW = 1


@dataclasses.dataclass
class Record:
    a: int = 1


class Pair(NamedTuple):
    a: int
    b: int


ODD: list[Any] = [
    *(math.nan, math.inf, -math.inf, b"bytes", bytearray(b"x"), memoryview(b"x"), {1, 2}, 1j, Decimal(1)),
    *(uuid.UUID(int=7), date(2026, 1, 5), time(9, 30), datetime(2026, 1, 5, tzinfo=UTC), Record(), Record, Shade.RED),
    *(Word.SHOWN, Level.LOW, Text("text"), Text("\ud800"), Whole(7), Fraction(1.5), Fraction("nan"), (), (1, (2,))),
    *(Pair(1, 2), OrderedDict(a=1), MappingProxyType({"a": 1}), {1: 2}, {None: 1}, {True: 1}, {1.5: 1}, {(): 1}),
    *({Text("a"): 1}, {Word.SHOWN: 1}, {1: 1, "1": 2}, {"\ud800": 1}, orjson.Fragment(b"{}"), object()),
]
FLOATS = [
    *(0.0, -0.0, 5e-324, 1e-7, 1e-5, 9.999e-5, 1e-4, 0.00012345, 0.1, 1e15, 9007199254740993.0, 1e16, 1e17, 1e21, 1e22),
    *(1.5e300, 1.7976931348623157e308, 123456789012345680.0, 9999999999999998.0, -1e-5, -1e16),
]
NUMBERS = [2**53, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 10**30]
TEXTS = [
    "",
    "".join(map(chr, range(0x100))),
    "\u2028\u2029\ufeff\uffff",
    "🎉e\u0301",
    "\ud83c\udf89",
    "\ud800",
    "a\udfff",
]

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**66), 2**66)
    | st.floats()
    | st.floats(1e-6, 1e-3)
    | st.floats(1e15, 1e18)
    | any_text
    | st.sampled_from([*FLOATS, *NUMBERS, *TEXTS])
)
values = st.recursive(
    leaves | st.sampled_from(ODD),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(any_text, inner, max_size=4)
        | st.dictionaries(st.integers() | st.none() | st.booleans() | any_text, inner, max_size=2)
    ),
    max_leaves=12,
)


def outcome(write: Callable[[Any], bytes | None], value: Any) -> bytes | tuple[type[Exception], str] | None:
    """What a function writes for a value, or the error that it raises."""
    try:
        return write(value)
    except (TypeError, ValueError, RecursionError) as error:
        return type(error), str(error)


def by_standard_library(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def nested(depth: int, *, in_list: bool = True) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value] if in_list else {"a": value}
    return value


def circular() -> dict[str, Any]:
    value: dict[str, Any] = {"list": []}
    value["list"] += [value, value]
    return value


def without_orjson(write: Callable[[Any], bytes | None], value: Any) -> bytes | tuple[type[Exception], str] | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_writer, "_write_fast", None)
        return outcome(write, value)


@examples(600)
@given(value=values)
@example(value=FLOATS)
@example(value=NUMBERS)
def test_a_value_has_the_same_bytes_or_the_same_error_with_and_without_orjson(value: Any) -> None:
    assert json_writer._write_fast is orjson.dumps
    expected = outcome(by_standard_library, value)
    assert outcome(write_json, value) == expected
    assert without_orjson(write_json, value) == expected


@for_each("value", [*ODD, *FLOATS, *NUMBERS, *TEXTS])
def test_each_odd_value_has_the_same_bytes_or_the_same_error(value: Any) -> None:
    for placed in (value, [value], {"a": {"b": [1, value]}}):
        assert outcome(write_json, placed) == outcome(by_standard_library, placed)


@pytest.mark.parametrize("in_list", [True, False])
@pytest.mark.parametrize("depth", [99, 100, 101, 200, 253, 254, 255, 300])
def test_a_nested_value_has_the_same_bytes_at_every_depth(depth: int, in_list: bool) -> None:
    value = nested(depth, in_list=in_list)
    assert write_json(value) == by_standard_library(value)


def test_an_integer_with_too_many_digits_is_refused_alike() -> None:
    value = {"n": 10**5000}
    assert outcome(write_json, value) == outcome(by_standard_library, value)


def test_a_value_that_contains_itself_is_refused_at_once() -> None:
    assert outcome(write_json, circular()) == (ValueError, "Circular reference detected")


@examples(100)
@given(value=values)
def test_a_request_has_the_same_body_or_the_same_error_with_and_without_orjson(value: Any) -> None:
    def body(value: Any) -> bytes | None:
        return prepare(request_of(body={"display_name": "Ada", "metadata": {"x": value}}), settings()).body

    assert outcome(body, value) == without_orjson(body, value)


def test_orjson_writes_the_values_of_usual_bodies(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []

    def spy(value: Any) -> bytes:
        written.append(value)
        return orjson.dumps(value)

    monkeypatch.setattr(json_writer, "_write_fast", spy)
    usual = {"content": "Ünï 👋", "metadata": {"n": [1, -2.5, 0.0, None, True], "deep": nested(50, in_list=False)}}
    write_json(usual)
    assert written == [usual]
