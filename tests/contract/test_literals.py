"""Lists of values such as message types are written once, in the contract. Python imports the generated aliases."""

from __future__ import annotations

import ast
import inspect
import typing
from pathlib import Path
from typing import Any, Final

from generator.literals import listed_values
from orbitconnect_api import literals
from tests.contract.facade import CALLS, CONTRACT, ROOT, Call, in_facade, method_of
from tests.for_each import for_each

LISTS: Final = {
    name: listed_values(schema)
    for name, schema in CONTRACT.data["components"]["schemas"].items()
    if listed_values(schema)
}
"""The lists of values in the contract, by the name of their schema."""

MODULES: Final = [path for path in sorted((ROOT / "orbitconnect").rglob("*.py")) if "_sync" not in path.parts]


def spelled_out(path: Path) -> dict[int, list[str]]:
    """The `Literal`s in a module that have several strings, by line."""
    found = {}
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("Literal"):
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            values = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            found[node.lineno] = values
    return found


@for_each("path", MODULES)
def test_no_module_spells_out_values_that_the_contract_lists(path: Path) -> None:
    for line, values in spelled_out(path).items():
        for name, listed in LISTS.items():
            assert len({*values} & {*listed}) < 2, (
                f"{path.relative_to(ROOT)}:{line}: instead of listing {values}, "
                f"import {name} from orbitconnect_api.literals"
            )


@for_each("call", [call for call in CALLS if any(listed_values(field.schema) for field in call.fields)])
def test_an_argument_accepts_exactly_the_values_of_its_field(call: Call) -> None:
    hints = typing.get_type_hints(method_of(call.method))
    for argument, field in call.arguments.items():
        if listed := listed_values(field.schema):
            accepted = values_of(hints[argument])
            assert accepted == listed, (
                f"{in_facade(call.method)}: annotate {argument} with the alias of these values in "
                f"orbitconnect_api.literals: {listed}, not {accepted}"
            )
            is_open = "enum" not in field.schema
            assert (str in typing.get_args(hints[argument])) == is_open, (
                f"{in_facade(call.method)}: {argument} must {'' if is_open else 'not '}accept any other string"
            )


@for_each(
    "method", sorted({call.method for call in CALLS if typing.get_overloads(inspect.unwrap(method_of(call.method)))})
)
def test_overloads_cover_all_values_of_a_field(method: str) -> None:
    overloads = typing.get_overloads(inspect.unwrap(method_of(method)))
    hints = [typing.get_type_hints(overload) for overload in overloads]
    for argument in inspect.signature(method_of(method)).parameters:
        distinguished = [value for hint in hints for value in values_of(hint.get(argument, str))]
        if distinguished:
            listed = values_of(typing.get_type_hints(method_of(method))[argument])
            assert sorted({*distinguished}) == sorted(listed), (
                f"{in_facade(method)}: the overloads distinguish {argument} by {distinguished}, "
                f"but the contract lists {listed}"
            )


def values_of(annotation: Any) -> list[str]:
    """The strings in the `Literal`s of an annotation."""
    if typing.get_origin(annotation) is typing.Literal:
        return list(typing.get_args(annotation))
    return [value for part in typing.get_args(annotation) for value in values_of(part)]


def test_every_list_has_an_alias() -> None:
    for name, listed in LISTS.items():
        assert values_of(getattr(literals, name)) == listed
