"""What stands for a store whose driver is not installed."""

from __future__ import annotations

from typing import NoReturn


def store_without_driver(name: str, error: ImportError) -> type[object]:
    """Makes a class that raises the error when a store is made of it.

    Raising it when the name is looked up would break `from orbitconnect.webhooks.once import *`, `hasattr` and
    `inspect.getmembers` for whoever does without the driver: these expect an `AttributeError` at most.
    """
    message = str(error)

    def refuse(kind: type[object], *arguments: object, **named: object) -> NoReturn:
        raise ImportError(message)

    return type(name, (), {"__new__": refuse, "__doc__": message, "__module__": __package__})
