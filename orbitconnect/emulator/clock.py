"""The emulator's clocks: one that runs with the machine's clock, and one that tests advance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final, Protocol, runtime_checkable

from attrs import frozen

from orbitconnect_api.types import SafeRepr

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""The end of the emulator's time. Later times that are computed from it, such as a token's expiry, are still valid."""
_MICROSECOND: Final = timedelta(microseconds=1)


class Clock(Protocol):
    """The clock from which the emulator reads the time."""

    def now(self) -> datetime:
        """The current time, as an aware datetime."""
        ...


@frozen(repr=False)
class ClockState(SafeRepr):
    """The state of a clock, as stored in a snapshot."""

    now: datetime
    ahead: timedelta | None = None
    """How far the clock is ahead of the machine's clock; None if it stands still."""


@runtime_checkable
class AdjustableClock(Clock, Protocol):
    """A clock that can be advanced, and restored to an earlier state."""

    def advance(self, by: timedelta | float) -> datetime:
        """Advance the clock, and return the new time."""
        ...

    def state(self) -> ClockState:
        """The clock's state."""
        ...

    def restore(self, state: ClockState) -> None:
        """Restore an earlier state."""
        ...


class RunningClock:
    """A clock that runs with the machine's clock. It can be advanced, frozen and resumed."""

    __slots__ = ("_ahead", "_frozen_at", "_lock")

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._frozen_at: datetime | None = None
        self._lock = Lock()

    def now(self) -> datetime:
        """The current time, in UTC."""
        return self._frozen_at or datetime.now(UTC) + self._ahead

    @property
    def is_frozen(self) -> bool:
        """Whether the clock is frozen."""
        return self._frozen_at is not None

    def freeze(self) -> datetime:
        """Freeze the clock, and return its time. It can still be advanced."""
        with self._lock:
            self._frozen_at = now = self.now()
            return now

    def resume(self) -> datetime:
        """Let the clock run again from the time at which it was frozen. Returns the current time."""
        with self._lock:
            if self._frozen_at is not None:
                self._ahead = self._frozen_at - datetime.now(UTC)
                self._frozen_at = None
            return self.now()

    def state(self) -> ClockState:
        """The clock's state."""
        with self._lock:
            return ClockState(self.now(), None if self.is_frozen else self._ahead)

    def restore(self, state: ClockState) -> None:
        """Restore an earlier state: the same lead over the machine's clock, or frozen at the same time."""
        with self._lock:
            self._frozen_at = state.now if state.ahead is None else None
            self._ahead = state.ahead or timedelta()

    def advance(self, by: timedelta | float) -> datetime:
        """Advance the clock.

        Args:
            by: A timedelta or a number of seconds, 0 or more.

        Returns:
            The new time.

        Raises:
            ValueError: If `by` is negative, or the new time would be after the beginning of the year 9000.
        """
        with self._lock:
            step = step_forward(self.now(), by)
            if self._frozen_at is None:
                self._ahead += step
            else:
                self._frozen_at += step
            return self.now()


class ManualClock:
    """A clock that stands still until it is advanced."""

    __slots__ = ("_lock", "_now")

    def __init__(self, start: datetime = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)) -> None:
        """Create a clock.

        Args:
            start: The time that the clock shows. By default 2026-01-05 09:30 UTC.

        Raises:
            ValueError: If `start` has no time zone, or is after the beginning of the year 9000.
        """
        if start.utcoffset() is None:
            raise ValueError("start has no time zone. Give an aware datetime, such as datetime.now(timezone.utc).")
        if start > LATEST:
            raise ValueError("start must not be after the beginning of the year 9000, where the emulator's clock ends.")
        self._now = start.astimezone(UTC)
        self._lock = Lock()

    def now(self) -> datetime:
        """The time that the clock shows, in UTC."""
        return self._now

    def advance(self, by: timedelta | float) -> datetime:
        """Advance the clock.

        Args:
            by: A timedelta or a number of seconds, 0 or more.

        Returns:
            The new time.

        Raises:
            ValueError: If `by` is negative, or the new time would be after the beginning of the year 9000.
        """
        with self._lock:
            self._now += step_forward(self._now, by)
            return self._now

    def state(self) -> ClockState:
        """The clock's state."""
        return ClockState(self._now)

    def restore(self, state: ClockState) -> None:
        """Restore the time of an earlier state."""
        with self._lock:
            self._now = state.now


def step_forward(now: datetime, by: timedelta | float) -> timedelta:
    """How far a clock is advanced.

    Args:
        now: The time that the clock shows.
        by: A timedelta or a number of seconds, 0 or more.

    Raises:
        ValueError: If `by` is negative, or the new time would be after the beginning of the year 9000.
    """
    try:
        step = by if isinstance(by, timedelta) else timedelta(seconds=by)
        if step < timedelta():
            raise ValueError("A clock can only be advanced, not set back.")
        if now + step <= LATEST:
            return step
    except OverflowError:
        pass
    raise ValueError("The emulator's clock cannot be advanced past the beginning of the year 9000.")


def clock_state(clock: Clock) -> ClockState | None:
    """The clock's state, or None if the clock has no state."""
    return clock.state() if isinstance(clock, AdjustableClock) else None


def restore_clock(clock: Clock, state: ClockState | None) -> None:
    """Restore the state of a clock, if the clock supports it."""
    if state is not None and isinstance(clock, AdjustableClock):
        clock.restore(state)


def to_microseconds(instant: datetime) -> int:
    """Convert a time to microseconds since 1970, the store's format: integers sort correctly and are exact."""
    return (instant - EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """Convert microseconds since 1970 to a time in UTC."""
    return EPOCH + timedelta(microseconds=microseconds)


def time_or_none(microseconds: int | None) -> datetime | None:
    """Convert microseconds since 1970 to a time in UTC, and None to None."""
    return None if microseconds is None else from_microseconds(microseconds)
