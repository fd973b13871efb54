"""The schedule of polls: often at first, then less often, and once more shortly before the time limit."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from .._pipeline.outcome import Answer
from .._pipeline.retry import may_repeat
from .._pipeline.settings import check_timeout
from ..errors import (
    ConnectionFailedError,
    DeadlineExceededError,
    OrbitServerError,
    UnreadableResponseError,
)

FIRST_PAUSE: Final = 0.5
GROWTH: Final = 1.5
LONGEST_PAUSE: Final = 5.0
LAST_POLL: Final = 1.0


class Schedule(NamedTuple):
    """How often to poll, and for how long."""

    timeout: float | None
    """The time limit for the wait, in seconds. None means no limit."""
    longest_pause: float = LONGEST_PAUSE
    """The longest interval between two polls, in seconds."""

    def left(self, elapsed: float) -> float:
        """The time left to wait, in seconds."""
        return math.inf if self.timeout is None else self.timeout - elapsed

    def pause(self, polls: int, elapsed: float, chance: float, *, at_least: float = 0.0) -> float | None:
        """Return the interval until the next poll.

        Intervals grow up to the longest one. Jitter shortens each by up to a quarter, so that many waiting programs do
        not poll at the same time. The last poll is made shortly before the time limit, to leave time for its response.

        Args:
            polls: The number of polls so far.
            elapsed: The time since the wait began, in seconds.
            chance: A random number from 0 up to 1.
            at_least: The delay that the API asked for, in seconds.

        Returns:
            The interval in seconds, or None if there is no time for another poll.
        """
        bound = min(self.longest_pause, FIRST_PAUSE * GROWTH ** min(polls - 1, 64))
        pause = max(at_least, bound * (0.75 + 0.25 * chance))
        if self.timeout is None:
            return pause
        until_last_poll = self.left(elapsed) - min(LAST_POLL, self.timeout / 4)
        if until_last_poll <= 0 or at_least > until_last_poll:
            return None
        return min(pause, until_last_poll)


def schedule(timeout: float | None, longest_pause: float) -> Schedule:
    """Check the arguments of a wait.

    Raises:
        ValueError: If an argument is not more than 0.
        TypeError: If an argument is not a number.
    """
    checked = check_timeout(timeout)
    if isinstance(longest_pause, bool) or not isinstance(longest_pause, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(f"longest_pause must be a number of seconds, not {type(longest_pause).__name__}.")
    if not (math.isfinite(longest_pause) and longest_pause > 0):
        raise ValueError("longest_pause must be more than 0 seconds.")
    return Schedule(checked, float(longest_pause))


def may_pass(error: OrbitServerError) -> bool:
    """Whether an error is temporary, so that a later poll may succeed."""
    if isinstance(error, (ConnectionFailedError, DeadlineExceededError, UnreadableResponseError)):
        return True
    return may_repeat("safe", Answer(error.status, {}, b""))


def timeout_message(awaited: str, schedule: Schedule, seen: object, error: OrbitServerError | None) -> str:
    """The message for a wait whose time limit passed."""
    status = getattr(seen, "status", None)
    last = "No poll succeeded" if seen is None else f"Its last known status is {status or 'missing'}"
    failed = "" if error is None else f", and the last poll failed: {error.message}"
    return f"The wait for {awaited} exceeded its limit of {schedule.timeout:g} s. {last}{failed.rstrip('.')}."
