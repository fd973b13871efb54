"""How an emulator's client waits: in real time or, if the clock stands still, not at all."""

from __future__ import annotations

import time
from contextvars import ContextVar
from typing import Final

from ..clock import Clock, ManualClock

_skipped: Final[ContextVar[float]] = ContextVar("orbit_skipped_seconds", default=0.0)


class Waiting:
    """Waits in real time. With a `ManualClock` it returns at once and counts the seconds as skipped."""

    __slots__ = ("_is_real",)

    def __init__(self, clock: Clock | None = None) -> None:
        self._is_real = not isinstance(clock, ManualClock)

    def wait(self, seconds: float) -> None:
        """Wait, or skip the wait."""
        if self._is_real:
            time.sleep(seconds)
        else:
            _skip(seconds)

    async def async_wait(self, seconds: float) -> None:
        """Wait without blocking the event loop, or skip the wait."""
        from asyncio import sleep

        await sleep(seconds if self._is_real else 0)
        if not self._is_real:
            _skip(seconds)


def skipped_seconds() -> float:
    """How many seconds of waiting were skipped in this thread or task."""
    return _skipped.get()


def _skip(seconds: float) -> None:
    _skipped.set(_skipped.get() + seconds)
