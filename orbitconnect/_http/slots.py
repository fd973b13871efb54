"""Counts how many connections are in use, and makes those who come later wait for one."""

from __future__ import annotations

import queue  # By its full name: gevent and eventlet replace what is in it, perhaps after this module was imported.
from typing import Final
from weakref import ref


class Slot:
    """The right to use a connection. One that is dropped is free again.

    So an interrupt cannot lose it, however close to the moment it comes at which a slot is taken or given back.
    """

    __slots__ = ("_free",)

    def __init__(self, free: queue.SimpleQueue[Slot]) -> None:
        self._free = ref(free)  # A slot must not keep alive what holds it.

    def __del__(self) -> None:
        # An interrupt can come before `__init__` has set anything.
        free = self._free() if hasattr(self, "_free") else None
        if free is not None:
            free.put(Slot(free))


class Slots:
    """For threads.

    No semaphore: Python's is written in Python, and where a Ctrl-C comes at the wrong moment it stays locked for ever.
    """

    __slots__ = ("_free",)

    def __init__(self, count: int) -> None:
        self._free: queue.SimpleQueue[Slot] = queue.SimpleQueue()
        for _ in range(count):
            self._free.put(Slot(self._free))

    def acquire(self, seconds: float | None) -> Slot | None:
        """Takes one; None if none became free in time."""
        try:
            return self._free.get(timeout=seconds)
        except queue.Empty:
            return None

    def release(self, slot: Slot | None) -> None:
        """Gives it back."""
        if slot is not None:
            self._free.put(slot)


class AsyncSlot:
    """The right to use a connection."""


_SLOT: Final = AsyncSlot()


class AsyncSlots:
    """For the tasks of one event loop."""

    __slots__ = ("_semaphore",)

    def __init__(self, count: int) -> None:
        from asyncio import Semaphore  # Here, because a synchronous program has no need to load it.

        self._semaphore = Semaphore(count)

    async def acquire(self, seconds: float | None) -> AsyncSlot | None:
        """Takes one; None if none became free in time."""
        if not self._semaphore.locked():
            await self._semaphore.acquire()
            return _SLOT
        from asyncio import timeout

        try:
            async with timeout(seconds):
                await self._semaphore.acquire()
        except TimeoutError:
            return None
        return _SLOT

    def release(self, slot: AsyncSlot | None) -> None:
        """Gives it back."""
        if slot is not None:
            self._semaphore.release()
