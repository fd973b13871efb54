"""Counts how many connections are in use, and makes those who come later wait for one."""

from __future__ import annotations

import threading


class Slots:
    """For threads."""

    __slots__ = ("_semaphore",)

    def __init__(self, count: int) -> None:
        self._semaphore = threading.Semaphore(count)

    def acquire(self, seconds: float | None) -> bool:
        """Takes one; False where none became free in time."""
        return self._semaphore.acquire(timeout=seconds)

    def release(self) -> None:
        """Gives it back."""
        self._semaphore.release()


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
