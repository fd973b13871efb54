"""How a wait can fail: `orbit.calls.wait_until_ended` and its like.

    OrbitServerError
    └── WaitError
        ├── WaitTimeoutError       the time limit passed before it happened; a `TimeoutError`, too
        └── NeverReachedError      it cannot happen any more: the call was rejected, the file could not be processed

A failure that will not pass by itself, such as `NotFoundError`, ends a wait as it ends any other call.
"""

from __future__ import annotations

from typing import Any

from .errors import OrbitServerError

__all__ = ["NeverReachedError", "WaitError", "WaitTimeoutError"]


class WaitError(OrbitServerError):
    """A wait ended, and what was waited for had not happened.

    Attributes:
        last_seen: The thing as it was last seen, such as a `Call`; None where no look at it succeeded.
        last_error: Why the last look failed; None where it succeeded.
    """

    def __init__(
        self, message: str = "", *, last_seen: Any = None, last_error: OrbitServerError | None = None, **facts: Any
    ) -> None:
        super().__init__(message, **facts)
        self.last_seen = last_seen
        self.last_error = last_error


class WaitTimeoutError(WaitError, TimeoutError):
    """The time limit of a wait passed. What was waited for can still happen: wait again, or look at `last_seen`."""


class NeverReachedError(WaitError):
    """What was waited for cannot happen any more; `last_seen` shows what happened instead."""
