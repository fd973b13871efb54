"""Find all public names of the packages. `python -m tests.introspection.public` prints the names without type hints."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Iterator
from functools import cached_property
from types import ModuleType
from typing import Any

from orbitconnect._facade.namespace import namespace

PACKAGES = ("orbitconnect", "orbitconnect_api")
OPTIONAL = (
    *("aiohttp", "django", "fastapi", "flask", "opentelemetry", "orjson", "redis", "rich"),
    *("sqlalchemy", "starlette", "uvicorn", "pytest"),
)
"""The packages that the extras and the pytest plugin need."""
NEEDS_EXTRA = (
    *("orbitconnect.otel", "orbitconnect.testing.plugin", "orbitconnect.testing.runs"),
    *("orbitconnect.webhooks.once.redis", "orbitconnect.webhooks.once.sqlalchemy"),
    *("orbitconnect.webhooks.django", "orbitconnect.webhooks.flask", "orbitconnect.webhooks.starlette"),
    "orbitconnect.emulator.server.",
)
"""Modules that raise ImportError if their extra is not installed."""


def modules(*, with_extras: bool = True) -> Iterator[ModuleType]:
    """Every module whose name does not start with an underscore."""
    for package in PACKAGES:
        root = importlib.import_module(package)
        yield root
        for found in pkgutil.walk_packages(root.__path__, f"{package}.", onerror=lambda name: None):
            if any(part.startswith("_") for part in found.name.split(".")):
                continue
            if with_extras or not found.name.startswith(NEEDS_EXTRA):
                yield importlib.import_module(found.name)


def things(*, with_extras: bool = True) -> Iterator[tuple[str, Any]]:
    """Every public class, function and method of the two packages, with its name."""
    seen: set[int] = set()
    for module in modules(with_extras=with_extras):
        for name, value in inspect.getmembers(module):
            if not name.startswith("_"):
                yield from _of(f"{module.__name__}.{name}", value, seen)


def _of(name: str, value: Any, seen: set[int]) -> Iterator[tuple[str, Any]]:
    if not inspect.isclass(value) and not inspect.isfunction(value):
        return
    if id(value) in seen or str(value.__module__).partition(".")[0] not in PACKAGES:
        return
    seen.add(id(value))
    yield name, value
    if inspect.isclass(value):
        for attribute, member in vars(value).items():
            if not attribute.startswith("_") or attribute in ("__init__", "__call__", "__get__", "__enter__"):
                for function in _functions(member):
                    yield from _of(f"{name}.{attribute}", function, seen)


def _functions(member: Any) -> Iterator[Any]:
    if isinstance(member, (staticmethod, classmethod)):
        yield member.__func__
    elif isinstance(member, property):
        yield from filter(None, (member.fget, member.fset))
    elif isinstance(member, (cached_property, namespace)):
        yield member.func
        yield typing.get_type_hints(member.func)["return"]
    else:
        yield member


def flaws(*, with_extras: bool = True) -> dict[str, str]:
    """The errors of `typing.get_type_hints`, by name."""
    found: dict[str, str] = {}
    for name, value in things(with_extras=with_extras):
        try:
            typing.get_type_hints(value)
        except Exception as error:  # noqa: BLE001
            found[name] = repr(error)
    return found


if __name__ == "__main__":
    import sys

    sys.modules.update(dict.fromkeys(OPTIONAL))  # type: ignore[arg-type]  # None makes the import fail.
    for found in modules(with_extras=False):
        exec(f"from {found.__name__} import *", {})
        assert all(hasattr(found, name) for name in getattr(found, "__all__", ()))
        inspect.getmembers(found)
    print(flaws(with_extras=False))  # noqa: T201
