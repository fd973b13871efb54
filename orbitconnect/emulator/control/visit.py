"""What is known of a request while it is on its way through the emulator."""

from __future__ import annotations

from attrs import define

from orbitconnect_api.types import Operation, SafeRepr


@define(repr=False)
class Visit(SafeRepr):
    """One request's way."""

    now: int
    """The emulator's time in microseconds, the same throughout."""
    operation: Operation | None = None
    """What it is for, as soon as that is known."""
    failure: str | None = None
    """The exception that the emulator itself failed with."""
