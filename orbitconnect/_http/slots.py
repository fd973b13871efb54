"""Limits how many connections are in use. Further calls wait for a slot."""

from __future__ import annotations

import queue  # As a module: gevent and eventlet replace its contents, perhaps after this module is imported.
from typing import Final
from weakref import ref


class Slot:
    """The right to use a connection. A slot that is dropped is free again.

    So an interrupt cannot lose it, even at the moment when a slot is taken or released.
    """

    __slots__ = ("_free",)

    def __init__(self, free: queue.SimpleQueue[Slot]) -> None:
        self._free = ref(free)  # A slot must not keep its queue alive.

    def __del__(self) -> None:
        # `__init__` may have been interrupted.
        free = self._free() if hasattr(self, "_free") else None
        if free is not None:
            free.put(Slot(free))


class Slots:
    """The slots of a client, for threads.

    Not a semaphore: Python's is written in Python, and a Ctrl+C at the wrong moment leaves it locked forever.
    """

    __slots__ = ("_free",)

    def __init__(self, count: int) -> None:
        self._free: queue.SimpleQueue[Slot] = queue.SimpleQueue()
        for _ in range(count):
            self._free.put(Slot(self._free))

    def acquire(self, seconds: float | None) -> Slot | None:
        """Take a slot; None if none became free in time."""
        try:
            return self._free.get(timeout=seconds)
        except queue.Empty:
            return None

    def release(self, slot: Slot | None) -> None:
        """Release a slot."""
        if slot is not None:
            self._free.put(slot)


class AsyncSlot:
    """The right to use a connection."""


_SLOT: Final = AsyncSlot()


class AsyncSlots:
    """The slots of a client, for the tasks of one event loop."""

    __slots__ = ("_semaphore",)

    def __init__(self, count: int) -> None:
        from asyncio import Semaphore  # Here, because synchronous programs do not need it.

        self._semaphore = Semaphore(count)

    async def acquire(self, seconds: float | None) -> AsyncSlot | None:
        """Take a slot; None if none became free in time."""
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
        """Release a slot."""
        if slot is not None:
            self._semaphore.release()
