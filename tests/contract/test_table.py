"""The contract agrees with tests/wire/operations.yaml, which was written from the vendor's SDKs, apart from it.

test_wire.py compares the columns `python`, `method`, `path`, `query` and `body` with what the facade sends.
"""

from __future__ import annotations

import importlib
import typing
from types import UnionType
from typing import Any, Final

from generator.naming import module
from generator.node import calls, snake_case
from tests.contract.facade import CALLS, ROOT, Call, in_contract, in_facade, method_of
from tests.contract.words import default_of
from tests.for_each import for_each
from tests.wire.table import FILE, TABLE, written

COLUMNS: Final = frozenset(
    {"name", "python", "known_from", "method", "path", "query", "body", "returns", "actor", "retry", "wire"}
)
NEEDED: Final = COLUMNS - {"query", "body"}
PLACE: Final = FILE.relative_to(ROOT)
IN_NODE_README: Final = {
    f"{call.namespace}.{snake_case(call.method)}"
    for call in calls((ROOT / "openapi" / "node-readme.txt").read_text(encoding="utf-8"))
}


def test_every_row_has_exactly_the_columns_that_are_compared() -> None:
    for name, row in TABLE.items():
        unknown, missing = row.keys() - COLUMNS, NEEDED - row.keys()
        assert not unknown, f"{PLACE}: {name}: nothing reads {sorted(unknown)}. Delete it, or compare it in {__name__}"
        assert not missing, f"{PLACE}: {name}: add {sorted(missing)}"
        empty = [column for column, value in row.items() if value == "FILL"]
        assert not empty, f"{PLACE}: {name}: fill in {', '.join(empty)} from what the vendor's SDKs send"


def test_every_method_with_an_operation_has_a_row() -> None:
    methods = {call.method for call in CALLS}
    missing, gone = sorted(methods - TABLE.keys()), sorted(TABLE.keys() - methods)
    assert not missing, f"{PLACE}: add a row for {missing}"
    assert not gone, f"{PLACE}: delete the rows of {gone}, or name them in x-orbit-facade in openapi/orbit.yaml"


ROWS: Final = [call for call in CALLS if call.method in TABLE and TABLE[call.method].keys() >= NEEDED]


@for_each("call", ROWS)
def test_the_request_line_is_the_tables(call: Call) -> None:
    compare(call, "method", call.operation.method.upper())
    compare(call, "path", call.operation.path)


@for_each("call", ROWS)
def test_the_retry_class_is_the_tables(call: Call) -> None:
    compare(call, "retry", call.operation.data["x-orbit-retry"], "x-orbit-retry")


@for_each("call", ROWS)
def test_the_actor_is_the_tables(call: Call) -> None:
    compare(call, "actor", call.operation.data["x-orbit-actor"], "x-orbit-actor")


@for_each("call", ROWS)
def test_the_provenance_is_the_tables(call: Call) -> None:
    """An operation with several methods has the provenance of the method that is known best."""
    others = [TABLE[other.method]["wire"] for other in ROWS if other.operation.id == call.operation.id]
    best = min(others, key=["observed", "documented", "inferred"].index)
    found = call.operation.data["x-orbit-provenance"]
    assert found == best, (
        f"{in_contract(call.operation)} has x-orbit-provenance: {found}, but {PLACE} has wire: {best} for "
        f"{call.method}. Correct the one that is wrong"
    )


@for_each("call", ROWS)
def test_the_sources_are_those_that_the_table_names(call: Call) -> None:
    sources, wire = TABLE[call.method]["known_from"], TABLE[call.method]["wire"]
    assert set(sources) <= {"js", "php"}, f"{PLACE}: {call.method}: known_from has js, php, both or neither"
    in_readme = call.method in IN_NODE_README
    assert ("js" in sources) == in_readme, (
        f"{PLACE}: {call.method}: known_from {'lacks' if in_readme else 'has'} js, "
        f"but openapi/node-readme.txt {'has' if in_readme else 'lacks'} this call"
    )
    assert ("php" in sources) == (wire == "observed"), (
        f"{PLACE}: {call.method}: wire is observed if, and only if, php is in known_from"
    )


@for_each("call", ROWS)
def test_fields_and_required_marks_are_the_tables(call: Call) -> None:
    for place in ("query", "body"):
        expected = {name: field.required for name, field in written(TABLE[call.method].get(place)).items()}
        found = {field.name: field.required for field in call.fields if field.place == place}
        assert found == expected, (
            f"{in_contract(call.operation)} and {PLACE} differ in the {place} of {call.method} (true: required). "
            f"Contract: {found}. Table: {expected}. Correct the one that is wrong"
        )
    takes_object = TABLE[call.method].get("body") is not None
    assert takes_object == ("requestBody" in call.operation.data), (
        f"{in_contract(call.operation)} and {PLACE} differ in whether {call.method} has a body"
    )


@for_each("call", ROWS)
def test_defaults_are_the_tables(call: Call) -> None:
    for place in ("query", "body"):
        for name, field in written(TABLE[call.method].get(place)).items():
            if field.default is not None:
                described = next(known.description for known in call.fields if known.name == name)
                (stated,) = default_of(name, described, call.operation.data["description"])
                assert stated.split()[0].strip("`").replace(",", "") == field.default, (
                    f"{in_contract(call.operation)}: the description of {name} has the default {stated}, "
                    f"but {PLACE} has {field.default} for {call.method}"
                )


@for_each("call", ROWS)
def test_the_result_is_the_tables(call: Call) -> None:
    raw = importlib.import_module(f"orbitconnect_api.api.{call.operation.data['tags'][0]}.{module(call.operation.id)}")
    compare(call, "returns", text_of(typing.get_type_hints(raw.parse)["return"]), "the result of responses")
    found = text_of(typing.get_type_hints(method_of(call.method))["return"])
    assert found == TABLE[call.method]["returns"], (
        f"{in_facade(call.method)} returns {found}, but {PLACE} has returns: {TABLE[call.method]['returns']}"
    )


def compare(call: Call, column: str, found: Any, key: str = "") -> None:
    expected = TABLE[call.method][column]
    assert found == expected, (
        f"{in_contract(call.operation)} has {key or column}: {found}, but {PLACE} has {column}: {expected} for "
        f"{call.method}. Correct the one that is wrong"
    )


def text_of(annotation: Any) -> str:
    """An annotation as in the table: names of models without their modules."""
    if typing.get_origin(annotation) in (typing.Union, UnionType):
        return " | ".join(text_of(part) for part in typing.get_args(annotation))
    if typing.get_origin(annotation) is list:
        return f"list[{text_of(typing.get_args(annotation)[0])}]"
    return "None" if annotation in (None, type(None)) else str(annotation.__name__)


def test_the_table_of_node_calls_is_found() -> None:
    assert {"users.create", "messages.send"} <= IN_NODE_README


def test_fields_in_the_table_are_understood() -> None:
    assert written("q* limit=20 app_user_id") == {
        "q": (True, None),
        "limit": (False, "20"),
        "app_user_id": (False, None),
    }
