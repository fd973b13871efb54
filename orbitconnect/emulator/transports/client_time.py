"""The emulator's time of day for its clients."""

from __future__ import annotations

import orbitconnect

from ..._pipeline.clock import Clock as ClientClock
from ..clock import Clock, ManualClock
from .waiting import Waiting, skipped_seconds


class _EmulatorTime(ClientClock):
    """The emulator's time of day for a client, so that the timestamps of its signatures are accepted."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def time(self) -> float:
        return self._clock.now().timestamp()


class _ManualTime(_EmulatorTime):
    """The time of a `ManualClock` for a client: it never sleeps, and the skipped time counts as passed."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._waiting = Waiting(clock)

    def monotonic(self) -> float:
        return super().monotonic() + skipped_seconds()

    def sleep(self, seconds: float) -> None:
        self._waiting.wait(seconds)

    async def async_sleep(self, seconds: float) -> None:
        await self._waiting.async_wait(seconds)


def keep_time(client: orbitconnect.OrbitServer | orbitconnect.AsyncOrbitServer, clock: Clock) -> None:
    """Make a client use the emulator's time of day.

    The client still waits and measures timeouts in real time, unless the clock is a `ManualClock`: then it does not
    wait at all, and counts the skipped time as passed.
    """
    time = _ManualTime(clock) if isinstance(clock, ManualClock) else _EmulatorTime(clock)
    client._connection.clock = time  # pyright: ignore[reportPrivateUsage]  # The client has no public seam for it.
