"""Turns the emulator's clock, step by step, so that everything happens at its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from ..clock import Clock, ClockState, TurnableClock, from_microseconds, step_forward


def turn(
    clock: Clock, by: timedelta | float, next_due: Callable[[], int | None], settle: Callable[[], None]
) -> datetime:
    """Turns a clock forward to each instant at which something falls due, and on to the end.

    Args:
        clock: The clock.
        by: How far, as a timedelta or in seconds.
        next_due: Says when the next thing falls due, in microseconds.
        settle: Does what is due by now, and waits until it is done.

    Returns:
        The new time.

    Raises:
        ValueError: If it would go back, or beyond the year 9000.
        TypeError: If the clock cannot be turned.
    """
    if not isinstance(clock, TurnableClock):
        raise TypeError(f"This emulator's clock cannot be turned: {type(clock).__name__} has no advance().")
    now = clock.now()
    target = now + step_forward(now, by)
    reached: int | None = None
    while True:
        settle()
        due = next_due()
        # What is due at an instant that has been settled twice waits for something else than the time.
        if due is None or due == reached:
            break
        instant = from_microseconds(due)
        if instant > target:
            break
        now = clock.now()
        if instant <= now:
            # On a clock that runs it fell due just now.
            reached = due
        else:
            clock.advance(instant - now)
    now = clock.now()
    if now < target:
        now = clock.advance(target - now)
    settle()
    return now


def clock_state(clock: Clock) -> ClockState | None:
    """How a clock stands; None where it does not tell."""
    return clock.state() if isinstance(clock, TurnableClock) else None


def restore_clock(clock: Clock, state: ClockState | None) -> None:
    """Puts a clock to how it stood, if it is one that can be."""
    if state is not None and isinstance(clock, TurnableClock):
        clock.restore(state)
