"""The calls with which the properties are checked: one for each operation in the contract."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import orbitconnect_api.api
from orbitconnect_api import operations
from orbitconnect_api.types import Operation, Request

_PARAMETER = re.compile(r"\{(\w+)\}")


def operation_modules() -> list[ModuleType]:
    """The generated module of every operation."""
    groups = [f"orbitconnect_api.api.{found.name}" for found in iter_modules(orbitconnect_api.api.__path__)]
    return [
        import_module(f"{group}.{found.name}")
        for group in groups
        for found in iter_modules(import_module(group).__path__)
    ]


def operation_of(module: ModuleType) -> Operation:
    """The operation that a module calls."""
    return next(value for value in vars(module).values() if isinstance(value, Operation))


def path_parameters(operation: Operation) -> list[str]:
    """The names of the ids in an operation's path."""
    return _PARAMETER.findall(operation.path)


def call_of(module: ModuleType, *, odd: str | None = None, value: Any = None) -> Request[Any]:
    """Make a call with ordinary arguments, except for one id."""
    build: Callable[..., Request[Any]] = module.build
    arguments: dict[str, Any] = {}
    for name, parameter in inspect.signature(build, eval_str=True).parameters.items():
        if name == odd:
            arguments[name] = value
        elif name == "acting_user_id":
            arguments[name] = "usr_1"
        elif name == "body" and parameter.default is parameter.empty:
            arguments[name] = parameter.annotation.from_dict({})
        elif name == "since":
            arguments[name] = "2026-01-05T09:30:00Z"
        elif parameter.default is parameter.empty:
            arguments[name] = 1 if parameter.annotation in (int, float) else f"{name}_1"
    return build(**arguments)


MODULES = operation_modules()
assert len(MODULES) == len([value for value in vars(operations).values() if isinstance(value, Operation)])
