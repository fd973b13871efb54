"""The placeholder for a store whose driver is not installed."""

from __future__ import annotations

from typing import NoReturn


def store_without_driver(name: str, error: ImportError) -> type[object]:
    """Return a class whose constructor raises the error.

    Raising it as soon as the name is looked up would break `from orbitconnect.webhooks.once import *`, `hasattr` and
    `inspect.getmembers` for programs without the driver, because these expect no other error than `AttributeError`.
    """
    message = str(error)

    def refuse(kind: type[object], *arguments: object, **named: object) -> NoReturn:
        raise ImportError(message)

    return type(name, (), {"__new__": refuse, "__doc__": message, "__module__": __package__})
