from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitconnect.emulator.formats import read_instant
from orbitconnect.emulator.operation_schemas import schema_of
from orbitconnect.emulator.validation import Compiler, UnknownKeyword, Violation
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
UUID = "4f9d3c1e-8a5b-4c2d-9e0f-1a2b3c4d5e6f"
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
        ({"format": "date"}, ["2030-01-05"], ["20300105"], "must be a date such as 2026-01-05"),
        ({"format": "time"}, ["09:30", "09:30:00Z"], ["9:30", "25:00"], "must be a time such as 09:30:00"),
        ({"format": "uuid"}, [UUID, UUID.upper()], [UUID[1:], f"{{{UUID}}}", ""], "must be a UUID"),
        ({"format": "decimal"}, ["1", "-1.5", "1e3"], ["NaN", "1,5"], "must be a decimal number such as 12.50"),
        ({"type": "string", "format": "byte"}, ["AAE=", "AAE", ""], ["é", "A"], "must be base64"),
        ({"type": "integer", "format": "int32"}, [2**31 - 1, -(2**31)], [2**31], "must fit int32"),
        ({"type": "integer", "format": "int64"}, [2**63 - 1], [2**63, -(2**63) - 1], "must fit int64"),
        ({"type": "number", "format": "double"}, [1e300], [], ""),
        ({"type": "array", "uniqueItems": True}, [[1, True], [{}, []]], [[1, 1], [{}, {}]], "must not repeat an entry"),
        ({"oneOf": [{"type": "integer"}, {"type": "null"}]}, [1, None], ["x"], "must be an integer or null"),
        ({"oneOf": [{"type": "integer"}, {"type": "number"}]}, [1.5], [1], "must be only one of the alternatives"),
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


def test_a_discriminator_chooses_the_schema() -> None:
    card = {"type": "object", "required": ["number"], "properties": {"number": {"type": "string"}}}
    parts = [{"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Bank"}]
    mapping = {"card": "#/components/schemas/Card", "bank": "#/components/schemas/Bank"}
    schema = {"oneOf": parts, "discriminator": {"propertyName": "kind", "mapping": mapping}}
    schemas = {"Card": card, "Bank": {"type": "object"}}
    assert problems(schema, {"kind": "card", "number": "1"}, schemas) == []
    assert problems(schema, {"kind": "bank"}, schemas) == []
    assert problems(schema, {"kind": "card"}, schemas) == [("number", "is required")]
    assert problems(schema, {"kind": "crypto"}, schemas) == [("kind", "must be one of card, bank")]
    assert problems(schema, {"kind": 5}, schemas) == [("kind", "must be one of card, bank")]
    assert problems(schema, {}, schemas) == [("kind", "is required")]
    assert problems(schema, None, schemas) == [("", "must be an object")]
    nullable = {**schema, "oneOf": [*parts, {"type": "null"}]}
    assert problems(nullable, None, schemas) == []
    assert problems(nullable, 5, schemas) == [("", "must be an object or null")]


@pytest.mark.parametrize(
    "schema",
    [{"not": {}}, {"type": "decimal"}, {"format": "email"}, {"properties": {"a": {"not": {}}}}, {"$ref": "#/x/Y"}],
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
