"""Time, sleep and chance in one place, so that tests can put their own there."""

from __future__ import annotations

import random
import sys
import time
from typing import Final

if sys.platform == "win32":
    monotonic = time.monotonic
else:
    # Test tools such as freezegun replace `time.monotonic`; waiting for a real network takes real time.
    _CLOCK: Final = time.CLOCK_MONOTONIC

    def monotonic() -> float:
        """A clock that never jumps and that tests do not freeze, in seconds."""
        return time.clock_gettime(_CLOCK)


class Clock:
    """The real thing."""

    def time(self) -> float:
        """The wall clock, in seconds since 1970."""
        return time.time()

    def monotonic(self) -> float:
        """A clock that never jumps, in seconds."""
        return monotonic()

    def sleep(self, seconds: float) -> None:
        """Waits."""
        time.sleep(seconds)

    async def async_sleep(self, seconds: float) -> None:
        """Waits, leaving the event loop free."""
        import asyncio  # Here, because a synchronous program has no need to load it.

        await asyncio.sleep(seconds)

    def random(self) -> float:
        """A number from 0 up to 1."""
        return random.random()
