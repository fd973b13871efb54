"""Time, sleep and randomness in one place, so that tests can replace them."""

from __future__ import annotations

import random
import sys
import time
from typing import Final

if sys.platform == "win32":
    monotonic = time.monotonic
else:
    # Not `time.monotonic`: test tools such as freezegun replace it, but waiting for a network takes real time.
    _CLOCK: Final = time.CLOCK_MONOTONIC

    def monotonic() -> float:
        """Return seconds from a clock that never jumps and that test tools do not freeze."""
        return time.clock_gettime(_CLOCK)


class Clock:
    """The system's clocks."""

    def time(self) -> float:
        """Return the wall-clock time, in seconds since 1970."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds from a clock that never jumps."""
        return monotonic()

    def sleep(self, seconds: float) -> None:
        """Block this thread."""
        time.sleep(seconds)

    async def async_sleep(self, seconds: float) -> None:
        """Wait without blocking the event loop."""
        import asyncio  # Imported here because synchronous programs do not need it.

        await asyncio.sleep(seconds)

    def random(self) -> float:
        """Return a random number from 0 up to, but not including, 1."""
        return random.random()
