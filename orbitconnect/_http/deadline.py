"""The moment by which a phase of a call has to end.

httpx and httpcore hand a number of seconds down to each read and write. A server that sends one byte now and then never
exceeds such a limit. `Until` is such a number that also knows when the seconds have passed, so that a limit holds for a
whole phase. A transport that knows nothing of it sees a plain number of seconds.
"""

from __future__ import annotations

from .._pipeline.clock import monotonic


class Until(float):
    """A number of seconds that also knows the moment when they have passed."""

    __slots__ = ("at",)
    at: float

    @classmethod
    def after(cls, seconds: float) -> Until:
        """Start a limit now."""
        limit = cls(seconds)
        limit.at = monotonic() + seconds
        return limit


def seconds_left(limit: float | None) -> float | None:
    """Return the seconds until a limit ends, or None without a limit.

    Raises:
        TimeoutError: If the limit has passed.
    """
    if not isinstance(limit, Until):
        return limit
    left = limit.at - monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left
