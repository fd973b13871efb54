from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitconnect.emulator.operation_schemas import schema_of
from orbitconnect.emulator.validation import Compiler, UnknownKeyword, Violation, read_instant
from orbitconnect_api.operations import OPERATIONS
from orbitconnect_api.request_schemas import SCHEMAS
from tests.properties.strategies import examples


def problems(schema: Any, value: Any, schemas: Any = None) -> list[tuple[str, str]]:
    found: list[Violation] = []
    Compiler(schemas or {}).compile(schema)(value, "", found)
    return [(violation.field, violation.message) for violation in found]


def test_the_whole_contract_compiles() -> None:
    for schema in SCHEMAS.values():
        Compiler(SCHEMAS).compile(schema)
    for operation in OPERATIONS.values():
        assert schema_of(operation).operation is operation


OPEN_ENUM = {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "minLength": 1}]}
NO_URLS = ["a.b", "http://", "x y://a", "https://a:99999", "http://[", ""]


@pytest.mark.parametrize(
    ("schema", "right", "wrong", "message"),
    [
        ({"type": "string"}, ["", "x"], [1, None, []], "must be a string"),
        ({"type": "integer"}, [0, -3, 2.0], [1.5, True, "1", None], "must be an integer"),
        ({"type": "number"}, [0, 1.5], [True, "1"], "must be a number"),
        ({"type": "boolean"}, [True, False], [0, 1, "true"], "must be true or false"),
        ({"type": "object"}, [{}, {"a": 1}], ["", [], [1], None], "must be an object"),
        ({"type": "array"}, [[], [1]], [{}, "a"], "must be a list"),
        ({"type": ["string", "null"]}, ["", None], [1, {}], "must be a string or null"),
        ({"type": "string", "minLength": 1}, ["x"], [""], "must not be empty"),
        ({"type": "string", "minLength": 2}, ["xy"], ["x"], "must have at least 2 characters"),
        ({"type": "string", "maxLength": 2}, ["", "xy", "😀😀"], ["xyz"], "must have at most 2 characters"),
        ({"type": "string", "maxLength": 1}, ["x"], ["xy"], "must have at most 1 character"),
        ({"type": "array", "minItems": 1}, [[1]], [[]], "must not be empty"),
        ({"type": "array", "maxItems": 2}, [[1, 2]], [[1, 2, 3]], "must have at most 2 entries"),
        ({"type": "integer", "minimum": 1}, [1, 2], [0, -1], "must be 1 or more"),
        ({"type": "integer", "maximum": 3}, [3], [4], "must be 3 or less"),
        ({"type": "number", "exclusiveMinimum": 0}, [0.1], [0, -1], "must be more than 0"),
        ({"type": "number", "exclusiveMaximum": 5}, [4.9], [5], "must be less than 5"),
        ({"type": "string", "pattern": "^a+$"}, ["a"], ["b"], "must match the pattern ^a+$"),
        ({"type": "string", "enum": ["a", "b"]}, ["a"], ["c", ""], "must be one of a, b"),
        (OPEN_ENUM, ["a", "z"], [""], "must not be empty"),
        (OPEN_ENUM, [], [1, None], "must be a string"),
        ({"type": "string", "format": "uri"}, ["https://a.b/c", "http://[::1]:8/"], NO_URLS, "must be an absolute URL"),
        ({"const": "a"}, ["a"], ["b", None], "must be a"),
    ],
)  # fmt: skip
def test_keywords(schema: Any, right: list[Any], wrong: list[Any], message: str) -> None:
    for value in right:
        assert problems(schema, value) == []
    for value in wrong:
        assert problems(schema, value) == [("", message)]


def test_violations_have_paths() -> None:
    schema = {
        "type": "object",
        "required": ["ids", "name"],
        "properties": {
            "ids": {"type": "array", "items": {"type": "string", "minLength": 1}},
            "inner": {"$ref": "#/components/schemas/Inner"},
        },
        "additionalProperties": {"type": "integer"},
    }
    schemas = {
        "Inner": {
            "type": "object",
            "properties": {"again": {"$ref": "#/components/schemas/Inner"}, "n": {"type": "integer"}},
            "additionalProperties": False,
        }
    }
    value = {"ids": ["a", "", 3], "inner": {"again": {"n": "x", "z": 1}}, "other": "x"}
    assert problems(schema, value, schemas) == [
        ("name", "is required"),
        ("ids.1", "must not be empty"),
        ("ids.2", "must be a string"),
        ("inner.again.n", "must be an integer"),
        ("inner.again.z", "is not allowed"),
        ("other", "must be an integer"),
    ]


def test_any_of_reports_the_branch_whose_type_fits() -> None:
    schema = {"anyOf": [{"type": "object", "required": ["a"]}, {"type": "null"}]}
    assert problems(schema, None) == []
    assert problems(schema, {"a": 1}) == []
    assert problems(schema, {}) == [("a", "is required")]
    assert problems(schema, 3) == [("", "must be an object or null")]


@pytest.mark.parametrize(
    "schema",
    [{"oneOf": []}, {"type": "decimal"}, {"format": "email"}, {"properties": {"a": {"not": {}}}}, {"$ref": "#/x/Y"}],
)
def test_unsupported_schemas(schema: Any) -> None:
    with pytest.raises(UnknownKeyword):
        Compiler({}).compile(schema)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05T09:30:00Z",
        "2026-01-05t09:30:00z",
        "2026-01-05 09:30:00+01:00",
        "2026-01-05T09:30:00.123456789-03:30",
    ],
)
def test_times(text: str) -> None:
    instant = read_instant(text)
    assert instant is not None
    assert instant.utcoffset() is not None


@pytest.mark.parametrize(
    "text",
    [
        *("", "today", "2026-01-05", "2026-01-05T09:30:00", "2026-01-05T09:30Z", "2026-13-05T09:30:00Z"),
        *("2026-01-05T09:30:00+25:00", "2026-01-05T09:30:00 00:00", "20260105T093000Z", "٢٠٢٦-01-05T09:30:00Z"),
    ],
)
def test_invalid_times(text: str) -> None:
    assert read_instant(text) is None


FIELDS = ["type", "participant_ids", "context", "actor", "metadata", "external_id", "display_name", "content"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS) | st.text(), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@examples(100)
@given(operation=st.sampled_from([known for known in OPERATIONS.values() if known.has_body]), body=JSON)
def test_random_bodies(operation: Any, body: Any) -> None:
    check = schema_of(operation).body
    if check is not None:
        found: list[Violation] = []
        check(body, "", found)
        assert all(violation.message for violation in found)
