"""The errors of waiting methods such as `orbit.calls.wait_until_ended`.

    OrbitServerError
    └── WaitError
        ├── WaitTimeoutError       the state was not reached within the time limit; also a `TimeoutError`
        └── NeverReachedError      the state can no longer be reached: the call was rejected, or processing failed

A permanent failure, such as `NotFoundError`, ends a wait like any other call.
"""

from __future__ import annotations

from typing import Any

from .errors import OrbitServerError

__all__ = ["NeverReachedError", "WaitError", "WaitTimeoutError"]


class WaitError(OrbitServerError):
    """A wait ended before the awaited state was reached.

    Attributes:
        last_seen: The object, such as a `Call`, as the last successful poll returned it. None if no poll succeeded.
        last_error: The error of the last poll, or None if it succeeded.
    """

    def __init__(
        self, message: str = "", *, last_seen: Any = None, last_error: OrbitServerError | None = None, **facts: Any
    ) -> None:
        super().__init__(message, **facts)
        self.last_seen = last_seen
        self.last_error = last_error


class WaitTimeoutError(WaitError, TimeoutError):
    """The time limit of a wait passed. Wait again, or look at `last_seen`."""


class NeverReachedError(WaitError):
    """The awaited state can no longer be reached. `last_seen` shows what happened instead."""
