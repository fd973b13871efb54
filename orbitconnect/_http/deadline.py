"""The deadline of a phase of a call.

httpx and httpcore pass a timeout in seconds to each read and write. A server that sends a byte every few seconds never
exceeds such a timeout. `Until` is a number of seconds that also contains its deadline. Therefore, it limits the
whole phase. Transports that do not know `Until` use it as a plain number.
"""

from __future__ import annotations

from .._pipeline.clock import monotonic


class Until(float):
    """A timeout in seconds that also contains its deadline."""

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
        TimeoutError: If the time limit has passed.
    """
    if not isinstance(limit, Until):
        return limit
    left = limit.at - monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left
