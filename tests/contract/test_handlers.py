"""Every operation has a handler in the emulator, which takes its parameters and reads its fields."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from generator.contract import OperationNode
from generator.naming import constant, identifier
from orbitconnect.emulator.composition import all_handlers
from tests.contract.facade import CONTRACT, ROOT, fields_of, in_contract
from tests.for_each import for_each

OPERATIONS: Final = list(CONTRACT.operations())
HANDLERS: Final = all_handlers()
HANDLED: Final = [operation for operation in OPERATIONS if operation.id in HANDLERS]


def file_of(handler: Callable[..., Any]) -> Path:
    return Path(inspect.getsourcefile(handler) or "")


def in_emulator(handler: Callable[..., Any]) -> str:
    return f"{file_of(handler).relative_to(ROOT)}:{handler.__code__.co_firstlineno}: {handler.__name__}"


@for_each("operation", OPERATIONS)
def test_an_operation_has_a_handler(operation: OperationNode) -> None:
    folders = {
        str(file_of(HANDLERS[other.id]).parent.relative_to(ROOT))
        for other in HANDLED
        if other.data["tags"] == operation.data["tags"]
    }
    assert operation.id in HANDLERS, (
        f"{in_contract(operation)} has no handler: decorate a function in {' or '.join(sorted(folders))} with "
        f"@handles(operations.{constant(operation.id)})"
    )


@for_each("operation", HANDLED)
def test_a_handler_takes_the_parameters_of_its_operation(operation: OperationNode) -> None:
    handler = HANDLERS[operation.id]
    context, *found = inspect.signature(handler).parameters.values()
    expected = {identifier(field.name): field for field in fields_of(operation) if field.place != "body"}
    assert context.name == "context"
    names = [parameter.name for parameter in found]
    assert sorted(names) == sorted(expected), (
        f"{in_emulator(handler)} takes {names} after the context, but the parameters of {in_contract(operation)} are "
        f"{[*expected]}"
    )
    for parameter in found:
        optional = parameter.default is not parameter.empty
        assert optional != expected[parameter.name].required, (
            f"{in_emulator(handler)}: {parameter.name} {'has a' if optional else 'needs a'} default, "
            f"but {in_contract(operation)} says {'required' if optional else 'optional'}"
        )


@for_each("operation", HANDLED)
def test_a_handler_reads_every_field_of_the_body(operation: OperationNode) -> None:
    handler = HANDLERS[operation.id]
    names = {name for path in file_of(handler).parent.glob("*.py") for name in names_in(path)}
    unread = [
        field.name
        for field in fields_of(operation)
        if field.place == "body" and not names & {field.name, identifier(field.name)}
    ]
    assert not unread, (
        f"{in_emulator(handler)}: nothing in this folder reads {unread} of {in_contract(operation)}. "
        f"Take the fields into account"
    )


@cache
def names_in(path: Path) -> set[str]:
    """The attributes and strings in a module."""
    tree = ast.walk(ast.parse(path.read_bytes()))
    return {
        node.attr if isinstance(node, ast.Attribute) else str(node.value)
        for node in tree
        if isinstance(node, ast.Attribute) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
    }
