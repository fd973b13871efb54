"""Counts how many connections are in use, and makes those who come later wait for one."""

from __future__ import annotations

import queue  # By its full name: gevent and eventlet replace what is in it, perhaps after this module was imported.


class Slots:
    """For threads.

    No semaphore: Python's is written in Python, and where a Ctrl-C comes at the wrong moment it stays locked for ever.
    """

    __slots__ = ("_free",)

    def __init__(self, count: int) -> None:
        self._free: queue.SimpleQueue[None] = queue.SimpleQueue()
        for _ in range(count):
            self._free.put(None)

    def acquire(self, seconds: float | None) -> bool:
        """Takes one; False where none became free in time."""
        try:
            self._free.get(timeout=seconds)
        except queue.Empty:
            return False
        return True

    def release(self) -> None:
        """Gives it back."""
        self._free.put(None)


class AsyncSlots:
    """For the tasks of one event loop."""

    __slots__ = ("_semaphore",)

    def __init__(self, count: int) -> None:
        from asyncio import Semaphore  # Here, because a synchronous program has no need to load it.

        self._semaphore = Semaphore(count)

    async def acquire(self, seconds: float | None) -> bool:
        """Takes one; False where none became free in time."""
        if not self._semaphore.locked():
            return await self._semaphore.acquire()
        from asyncio import timeout

        try:
            async with timeout(seconds):
                return await self._semaphore.acquire()
        except TimeoutError:
            return False

    def release(self) -> None:
        """Gives it back."""
        self._semaphore.release()
