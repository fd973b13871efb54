"""When to look again while waiting for something: soon at first, then less often, and once more before time is up."""

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
LAST_LOOK: Final = 1.0


class Schedule(NamedTuple):
    """How often to look, and for how long."""

    timeout: float | None
    """The seconds for the whole wait; None sets no limit."""
    longest_pause: float = LONGEST_PAUSE
    """The most seconds between two looks."""

    def left(self, elapsed: float) -> float:
        """The seconds that are left of the wait."""
        return math.inf if self.timeout is None else self.timeout - elapsed

    def pause(self, looks: int, elapsed: float, chance: float, *, at_least: float = 0.0) -> float | None:
        """The wait after a look that has not seen it yet.

        The pauses grow up to the longest one; each is shortened by chance to three quarters, so that many that wait do
        not look at the same time. The last look is made a little before the end, so that there is time for its answer.

        Args:
            looks: How many there were.
            elapsed: The seconds since the wait began.
            chance: A number from 0 up to 1.
            at_least: What the API asked to wait.

        Returns:
            The seconds, or None where there is no time for another look.
        """
        bound = min(self.longest_pause, FIRST_PAUSE * GROWTH ** min(looks - 1, 64))
        pause = max(at_least, bound * (0.75 + 0.25 * chance))
        if self.timeout is None:
            return pause
        until_last_look = self.left(elapsed) - min(LAST_LOOK, self.timeout / 4)
        if until_last_look <= 0 or at_least > until_last_look:
            return None
        return min(pause, until_last_look)


def schedule(timeout: float | None, longest_pause: float) -> Schedule:
    """Checks what a caller gave.

    Raises:
        ValueError: If one of them is not more than 0 seconds.
        TypeError: If one of them is no number.
    """
    checked = check_timeout(timeout)
    if isinstance(longest_pause, bool) or not isinstance(longest_pause, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(f"longest_pause must be a number of seconds, not {type(longest_pause).__name__}.")
    if not (math.isfinite(longest_pause) and longest_pause > 0):
        raise ValueError("longest_pause must be more than 0 seconds.")
    return Schedule(checked, float(longest_pause))


def may_pass(error: OrbitServerError) -> bool:
    """Whether a look that failed in this way is worth another, later on."""
    if isinstance(error, (ConnectionFailedError, DeadlineExceededError, UnreadableResponseError)):
        return True
    return may_repeat("safe", Answer(error.status, {}, b""))


def timeout_message(awaited: str, schedule: Schedule, seen: object, error: OrbitServerError | None) -> str:
    """What to tell who has waited in vain."""
    status = getattr(seen, "status", None)
    last = "It was never seen" if seen is None else f"It was last seen as {status or 'without a status'}"
    failed = "" if error is None else f", and the last look failed: {error.message}"
    return f"The wait for {awaited} ran out of its {schedule.timeout:g} s. {last}{failed.rstrip('.')}."
