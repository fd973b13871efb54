"""The time limit for a phase of a call.

httpx and httpcore pass a number of seconds to each read and write. A server that sends one byte now and then never
exceeds such a limit. `Until` is a number of seconds that also knows when they end, so that one limit applies to a whole
phase. To any other transport it is an ordinary number of seconds.
"""

from __future__ import annotations

from .._pipeline.clock import monotonic


class Until(float):
    """A number of seconds that also knows when they end."""

    __slots__ = ("at",)
    at: float

    @classmethod
    def after(cls, seconds: float) -> Until:
        """Create a limit that starts now."""
        limit = cls(seconds)
        limit.at = monotonic() + seconds
        return limit


def seconds_left(limit: float | None) -> float | None:
    """Return the seconds until a limit ends; None if there is no limit.

    Raises:
        TimeoutError: If the limit has passed.
    """
    if not isinstance(limit, Until):
        return limit
    left = limit.at - monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left
