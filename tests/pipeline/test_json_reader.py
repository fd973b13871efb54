from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitconnect._pipeline import json_reader
from orbitconnect._pipeline.json_reader import NotJson, read_json
from tests.for_each import for_each
from tests.properties.strategies import examples

READERS = ["orjson", "json"]


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "json":
        monkeypatch.setattr(json_reader, "_read_fast", None)
    else:
        assert json_reader._read_fast is not None, "the tests install orjson"


@pytest.mark.usefixtures("reader")
@for_each(
    "text",
    [
        '{"a":[1,2.5,null,true]}',
        "NaN",
        '"\\ud800"',
        "1e400",
        '{"a":1,"a":2}',
        "-0",
        "18446744073709551615",
        "[]",
        '"ü"',
    ],
)
def test_both_readers_return_the_same_value(text: str) -> None:
    assert repr(read_json(text.encode())) == repr(json.loads(text))


@pytest.mark.usefixtures("reader")
@for_each(
    ("body", "flaw"),
    [
        (b"", "it is empty"),
        (b"<html>", r"it is not JSON \(Expecting value: line 1 column 1"),
        (b'{"a":1,}', "it is not JSON"),
        (b'"\xff"', "it is not UTF-8"),
        (b"[" * 200_000, "it is nested too deeply"),
        (b'{"a":' * 200_000, "it is nested too deeply"),
    ],
)
def test_both_readers_refuse_the_same_text(body: bytes, flaw: str) -> None:
    with pytest.raises(NotJson, match=flaw):
        read_json(body)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@examples(100)
@given(VALUES)
def test_any_value_is_read_as_it_was_written(value: Any) -> None:
    text = json.dumps(value).encode()
    assert read_json(text) == json.loads(text)


@examples(100)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        expected = json.loads(body)
    except (ValueError, RecursionError):
        with pytest.raises(NotJson):
            read_json(body)
    else:
        assert repr(read_json(body)) == repr(expected)
