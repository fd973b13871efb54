"""A value that no `repr`, traceback or dump of attributes shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Secret(Generic[T]):
    """A value that shows only when asked for: not in a `repr`, a traceback's locals or a dump of attributes."""

    __slots__ = ("reveal",)

    def __init__(self, value: T) -> None:
        # A function, as an attribute that is the value would be in a dump.
        self.reveal: Callable[[], T] = lambda: value
        """Returns the value."""

    def __repr__(self) -> str:
        return "'***'"

    def __reduce__(self) -> tuple[type[Secret[T]], tuple[T]]:
        return Secret, (self.reveal(),)
