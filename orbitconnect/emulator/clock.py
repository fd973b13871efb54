"""The emulator's time. It is given to it, so that a test can stop the clock or turn it on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final, Protocol, runtime_checkable

from attrs import frozen

from orbitconnect_api.types import SafeRepr

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""The end of the emulator's time: what is computed from it, such as when a token expires, is still a date."""
_MICROSECOND: Final = timedelta(microseconds=1)


class Clock(Protocol):
    """What the emulator asks for the time."""

    def now(self) -> datetime:
        """The present instant, with an offset."""
        ...


@frozen(repr=False)
class ClockState(SafeRepr):
    """How a clock stands: a part of a snapshot."""

    now: datetime
    ahead: timedelta | None = None
    """How far it is ahead of the machine's; None where it stands still."""


@runtime_checkable
class TurnableClock(Clock, Protocol):
    """A clock that can be turned forward, and put back to where it was."""

    def advance(self, by: timedelta | float) -> datetime:
        """Turns the clock forward."""
        ...

    def state(self) -> ClockState:
        """How it stands."""
        ...

    def restore(self, state: ClockState) -> None:
        """Puts it to how it stood."""
        ...


class RunningClock:
    """A clock that runs with the machine's. It can be turned forward, stopped and started again."""

    __slots__ = ("_ahead", "_frozen_at", "_lock")

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._frozen_at: datetime | None = None
        self._lock = Lock()

    def now(self) -> datetime:
        """The present instant."""
        return self._frozen_at or datetime.now(UTC) + self._ahead

    @property
    def is_frozen(self) -> bool:
        """Whether it stands still."""
        return self._frozen_at is not None

    def freeze(self) -> datetime:
        """Stops the clock; it can still be turned forward. Returns the instant at which it stands."""
        with self._lock:
            self._frozen_at = now = self.now()
            return now

    def resume(self) -> datetime:
        """Lets the clock run again, from where it stands. Returns that instant."""
        with self._lock:
            if self._frozen_at is not None:
                self._ahead = self._frozen_at - datetime.now(UTC)
                self._frozen_at = None
            return self.now()

    def state(self) -> ClockState:
        """How it stands."""
        with self._lock:
            return ClockState(self.now(), None if self.is_frozen else self._ahead)

    def restore(self, state: ClockState) -> None:
        """Puts it to how it stood: as far ahead of the machine's as it was, or at the instant where it stood still."""
        with self._lock:
            self._frozen_at = state.now if state.ahead is None else None
            self._ahead = state.ahead or timedelta()

    def advance(self, by: timedelta | float) -> datetime:
        """Turns the clock forward.

        Args:
            by: How far, as a timedelta or in seconds.

        Returns:
            The new time.

        Raises:
            ValueError: If it would go back, or beyond the year 9000.
        """
        with self._lock:
            step = step_forward(self.now(), by)
            if self._frozen_at is None:
                self._ahead += step
            else:
                self._frozen_at += step
            return self.now()


class ManualClock:
    """A clock that stands still until it is turned forward."""

    __slots__ = ("_lock", "_now")

    def __init__(self, start: datetime = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)) -> None:
        """Sets the clock.

        Args:
            start: The instant at which it stands.

        Raises:
            ValueError: If that has no offset, or lies after the year 9000.
        """
        if start.utcoffset() is None:
            raise ValueError("start has no time zone. Give an aware datetime, such as datetime.now(timezone.utc).")
        if start > LATEST:
            raise ValueError("start lies beyond the year 9000, where the emulator's time ends.")
        self._now = start.astimezone(UTC)
        self._lock = Lock()

    def now(self) -> datetime:
        """The instant at which the clock stands."""
        return self._now

    def advance(self, by: timedelta | float) -> datetime:
        """Turns the clock forward.

        Args:
            by: How far, as a timedelta or in seconds.

        Returns:
            The new time.

        Raises:
            ValueError: If it would go back, or beyond the year 9000.
        """
        with self._lock:
            self._now += step_forward(self._now, by)
            return self._now

    def state(self) -> ClockState:
        """How it stands."""
        return ClockState(self._now)

    def restore(self, state: ClockState) -> None:
        """Puts it to the instant at which it stood."""
        with self._lock:
            self._now = state.now


def step_forward(now: datetime, by: timedelta | float) -> timedelta:
    """How far a clock is turned.

    Args:
        now: What it shows.
        by: How far, as a timedelta or in seconds.

    Raises:
        ValueError: If it would go back, or beyond the year 9000.
    """
    try:
        step = by if isinstance(by, timedelta) else timedelta(seconds=by)
        if step < timedelta():
            raise ValueError("A clock can only be turned forward.")
        if now + step <= LATEST:
            return step
    except OverflowError:
        pass
    raise ValueError("The emulator's time ends with the year 9000.")


def to_microseconds(instant: datetime) -> int:
    """The form in which the store keeps an instant: microseconds since 1970, which sort and never round."""
    return (instant - EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """The instant that the store has kept."""
    return EPOCH + timedelta(microseconds=microseconds)
