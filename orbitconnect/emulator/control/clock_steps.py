"""Advances the emulator's clock step by step, so that jobs and deliveries happen at the times at which they are due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from ..clock import AdjustableClock, Clock, from_microseconds, step_forward


def advance_in_steps(
    clock: Clock, by: timedelta | float, next_due: Callable[[], int | None], settle: Callable[[], None]
) -> datetime:
    """Advance a clock to each time at which something is due, and then to the end.

    Args:
        clock: The clock.
        by: How far to advance, as a timedelta or in seconds.
        next_due: Returns when the next job or delivery is due, in microseconds, or None if nothing is pending.
        settle: Performs the work that is due now, and waits until it is done.

    Returns:
        The new time.

    Raises:
        ValueError: If `by` is negative, or the new time would be after the beginning of the year 9000.
        TypeError: If the clock cannot be advanced.
    """
    if not isinstance(clock, AdjustableClock):
        raise TypeError(
            f"The clock cannot be advanced: {type(clock).__name__} must have advance(), state() and restore()."
        )
    now = clock.now()
    target = now + step_forward(now, by)
    reached: int | None = None
    while True:
        settle()
        due = next_due()
        # Still due after settling twice at the same time, so it is waiting for something other than time.
        if due is None or due == reached:
            break
        instant = from_microseconds(due)
        if instant > target:
            break
        now = clock.now()
        if instant <= now:
            # A running clock has reached that time in the meantime.
            reached = due
        else:
            clock.advance(instant - now)
    now = clock.now()
    if now < target:
        now = clock.advance(target - now)
    settle()
    return now
