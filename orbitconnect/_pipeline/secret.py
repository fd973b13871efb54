"""Keep a secret out of `repr`, tracebacks and dumps of attributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Secret(Generic[T]):
    """A value that is available only from `reveal()`, and does not appear in `repr`, tracebacks or dumps."""

    __slots__ = ("reveal",)

    def __init__(self, value: T) -> None:
        # A closure, because a dump of attributes would show a value stored in an attribute.
        self.reveal: Callable[[], T] = lambda: value
        """Return the value."""

    def __repr__(self) -> str:
        return "'***'"

    def __reduce__(self) -> tuple[type[Secret[T]], tuple[T]]:
        return Secret, (self.reveal(),)
