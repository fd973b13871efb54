"""Every argument of a method arrives in the request under its API name, and every field has an argument."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any, Final

from tests.contract.facade import ACTING_USER, CALLS, EXTRA, FIXED, Call, in_contract, in_facade, method_of
from tests.contract.requests import HEADER, example, on_the_wire, places, request_of, required_arguments
from tests.for_each import for_each
from tests.wire.conveniences import CONVENIENCES

REQUIRED: Final = {
    ("realtime.chat_to_call", "call_id"): "There is no transition to a call without the call.",
    ("realtime.call_to_meeting", "meeting_id"): "There is no transition to a meeting without the meeting.",
    ("realtime.meeting_to_chat", "conversation_id"): "There is no transition to a chat without the conversation.",
}
"""The arguments that a method requires, although their field is optional, and why."""


@for_each("call", CALLS)
def test_every_argument_arrives_under_its_name(call: Call) -> None:
    arguments = required_arguments(call)
    for name in call.parameters:
        place = place_of(call, name)
        first, second = (
            places(request_of(call, {**arguments, name: example(call, name, number)})) for number in (0, 1)
        )
        changed = [found for found in {**first, **second} if first.get(found) != second.get(found)]
        assert changed == [place], (
            f"{in_facade(call.method)}: the argument {name} must be sent as {' '.join(place)}, "
            f"but it changes {changed or 'nothing'} in the request. Correct the method, or its signature"
        )
        if name != EXTRA:
            sent = on_the_wire(example(call, name), place[0])
            assert first[place] == sent, f"{in_facade(call.method)}: {name} is sent as {first[place]!r}, not {sent!r}"


@for_each("call", CALLS)
def test_every_field_has_an_argument(call: Call) -> None:
    reached = {field.name for field in call.arguments.values()}
    for field in call.fields:
        if field.name in reached or (call.method, field.name) in FIXED:
            continue
        # An operation with `extra` sends any field, but those of the contract have names of their own.
        raise AssertionError(
            f"{in_facade(call.method)}: no argument is sent as {field.place} {field.name} of "
            f"{in_contract(call.operation)}. Add an argument with this name, or add its name to OTHER_NAMES in "
            f"orbitconnect/_facade/hints.py"
        )


@for_each("call", [call for call in CALLS if any(method == call.method for method, _ in FIXED)])
def test_a_fixed_field_has_the_value_that_the_methods_name_says(call: Call) -> None:
    found = places(request_of(call, required_arguments(call)))
    for (method, name), value in FIXED.items():
        if method == call.method:
            assert found["body", name] == value, f"{in_facade(method)}: {name} must be {value}"


@for_each("call", CALLS)
def test_an_argument_is_required_like_its_field(call: Call) -> None:
    for name, field in call.arguments.items():
        required = call.parameters[name].default is call.parameters[name].empty
        assert required == (field.required or (call.method, name) in REQUIRED), (
            f"{in_facade(call.method)}: {name} is {'required' if required else 'optional'}, "
            f"but {field.place} {field.name} of {in_contract(call.operation)} is not"
        )


@for_each("method", sorted(CONVENIENCES))
def test_a_method_that_combines_calls_uses_every_argument(method: str) -> None:
    function = inspect.unwrap(method_of(method))
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    unused = [name for name in list(inspect.signature(function).parameters)[1:] if name not in used]
    assert not unused, f"{in_facade(method)}: nothing uses the arguments {unused}. Use them, or delete them"


def place_of(call: Call, name: str) -> tuple[str, str]:
    if name == ACTING_USER:
        return HEADER
    if name == EXTRA:
        return ("body", "added")
    assert name in call.arguments, (
        f"{in_facade(call.method)}: the argument {name} is not a field of {in_contract(call.operation)}. Delete the "
        f"argument, or add the field to the contract, or add its name to OTHER_NAMES in orbitconnect/_facade/hints.py"
    )
    field: Any = call.arguments[name]
    return (field.place, field.name)
