"""The facade marks what the contract marks as deprecated, in the same words, and nothing else."""

from __future__ import annotations

from typing import Any

from generator.contract import OperationNode
from generator.loading import load
from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect_api.deprecation import deprecated
from tests.contract.deprecations import problems
from tests.contract.facade import CALLS, CONTRACT, METHODS, ROOT, Call, in_contract, in_facade, method_of
from tests.for_each import for_each

SMALL = load(ROOT / "tests/generator/deprecation/deprecated.yaml")
WARNING = "`orbit.things.delete` is deprecated since 1.2.0: use `orbit.things.archive`. It will be removed in 2.0.0."


@for_each("call", CALLS)
def test_a_method_is_deprecated_like_its_operation(call: Call) -> None:
    for client in (AsyncOrbitServer, OrbitServer):
        for problem in problems(method_of(call.method, client), call.method, CONTRACT, call.operation):
            raise AssertionError(f"{in_facade(call.method)}: {problem} ({in_contract(call.operation)})")


@for_each("method", METHODS)
def test_a_method_of_the_facade_shows_its_own_name_in_the_warning(method: str) -> None:
    message = getattr(method_of(method), "__deprecated__", None)
    assert message is None or message.startswith(f"`orbit.{method}` is deprecated since ")


def operation(name: str) -> OperationNode:
    return next(operation for operation in SMALL.operations() if operation.id == name)


def found(method: Any, name: str, called: str) -> list[str]:
    return [*problems(method, name, SMALL, operation(called))]


async def described(thing_id: str) -> None:
    """Delete a thing.

    Deprecated since 1.2.0: use `orbit.things.archive`. It will be removed in 2.0.0.

    Args:
        thing_id: The thing.
    """


async def plain(thing_id: str) -> None:
    """Delete a thing.

    Args:
        thing_id: The thing.
    """


def test_a_deprecated_operation_needs_a_decorator_and_a_sentence() -> None:
    assert found(deprecated(WARNING)(described), "things.delete", "deleteThing") == []
    missing = found(plain, "things.delete", "deleteThing")
    sentence = "Deprecated since 1.2.0: use `orbit.things.archive`. It will be removed in 2.0.0."
    assert missing == [
        f"decorate it with @deprecated({WARNING!r})",
        f"add a paragraph to its docstring: {sentence}",
    ]
    other = deprecated(WARNING.replace("2.0.0", "3.0.0"))(described)
    assert found(other, "things.delete", "deleteThing") == missing[:1]


def test_what_is_not_deprecated_says_nothing() -> None:
    assert found(plain, "things.get", "getThing") == []
    assert found(deprecated(WARNING)(described), "things.get", "getThing") == [
        "remove the decorator @deprecated",
        "remove the sentence that begins with `Deprecated since` from its docstring",
    ]


def listing(text: str) -> Any:
    async def method(*, limit: int | None = None, max_items: int | None = None) -> None:
        pass

    method.__doc__ = f"List things.\n\nArgs:\n    limit: How many.\n    max_items: How many.{text}\n"
    return method


def test_a_deprecated_argument_needs_a_sentence() -> None:
    sentence = "Deprecated since 1.1.0: use `limit`."
    assert found(listing(f" {sentence}"), "things.list", "listThings") == []
    assert found(listing(""), "things.list", "listThings") == [f"add to the docstring of max_items: {sentence}"]
    assert found(listing(f" {sentence}"), "things.get", "getThing") == [
        "remove the sentence that begins with `Deprecated since` from the docstring of max_items"
    ]
