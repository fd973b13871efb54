"""Checks names across operations: no two names may become the same module or method."""

from __future__ import annotations

from collections.abc import Iterator

from .. import naming
from ..contract import Contract, Mistake


def check_names(contract: Contract) -> Iterator[Mistake]:
    """Check the `operationId` and the facade methods of all operations."""
    yield from _check_operation_ids(contract)
    yield from _check_facade_methods(contract)


def _check_operation_ids(contract: Contract) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for operation in contract.operations():
        if name := operation.data.get("operationId"):
            module = naming.module(name)
            if module in seen:
                remedy = "Choose a unique name: both operations would generate the same module."
                here = (*operation.pointer, "operationId")
                yield contract.mistake(here, f"`{name}` collides with `{seen[module]}`", remedy)
            seen[module] = name


def _check_facade_methods(contract: Contract) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    tags = {tag.get("name") for tag in contract.data.get("tags") or []}
    for operation in contract.operations():
        here = (*operation.pointer, "x-orbit-facade")
        for method in operation.data.get("x-orbit-facade") or []:
            namespace, _, python_name = str(method).partition(".")
            if namespace not in tags or not python_name.isidentifier():
                remedy = "Write `namespace.method`, such as `users.get`."
                yield contract.mistake(here, f"`{method}` is not a facade method", remedy)
            if method in seen:
                yield contract.mistake(here, f"`{method}` already calls `{seen[method]}`", "List each method once.")
            seen[method] = str(operation.data.get("operationId"))
