"""The emulator's time. It is given to it, so that a test can stop the clock or turn it on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final, Protocol

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Clock(Protocol):
    """What the emulator asks for the time."""

    def now(self) -> datetime:
        """The present instant, with an offset."""
        ...


class RunningClock:
    """A clock that runs with the machine's, and can be turned forward."""

    __slots__ = ("_ahead", "_lock")

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._lock = Lock()

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC) + self._ahead

    def advance(self, by: timedelta | float) -> datetime:
        """Turns the clock forward.

        Args:
            by: How far, as a timedelta or in seconds.

        Returns:
            The new time.

        Raises:
            ValueError: If it would go back.
        """
        with self._lock:
            self._ahead += _forward(by)
        return self.now()


class ManualClock:
    """A clock that stands still until it is turned forward."""

    __slots__ = ("_lock", "_now")

    def __init__(self, start: datetime = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)) -> None:
        """Sets the clock.

        Args:
            start: The instant at which it stands.

        Raises:
            ValueError: If that has no offset.
        """
        if start.utcoffset() is None:
            raise ValueError("start has no time zone. Give an aware datetime, such as datetime.now(timezone.utc).")
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
            ValueError: If it would go back.
        """
        with self._lock:
            self._now += _forward(by)
            return self._now


def _forward(by: timedelta | float) -> timedelta:
    step = by if isinstance(by, timedelta) else timedelta(seconds=by)
    if step < timedelta():
        raise ValueError("A clock can only be turned forward.")
    return step


def to_microseconds(instant: datetime) -> int:
    """The form in which the store keeps an instant: microseconds since 1970, which sort and never round."""
    return (instant - EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """The instant that the store has kept."""
    return EPOCH + timedelta(microseconds=microseconds)
