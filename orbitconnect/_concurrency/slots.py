"""Limit the number of connections in use. Further calls wait for a free one."""

from __future__ import annotations

import queue  # Import the module, not its classes: gevent and eventlet may replace them later.
from typing import Final
from weakref import ref


class Slot:
    """The right to use a connection. A slot that is garbage-collected becomes free again.

    Therefore, an interrupt cannot lose a slot, even while the slot is being acquired or released.
    """

    __slots__ = ("_free",)

    def __init__(self, free: queue.SimpleQueue[Slot]) -> None:
        self._free = ref(free)  # A weak reference, because the queue contains the slot.

    def __del__(self) -> None:
        # An interrupt can occur before `__init__` has set the attribute.
        free = self._free() if hasattr(self, "_free") else None
        if free is not None:
            free.put(Slot(free))


class Slots:
    """Slots for threads.

    Not a semaphore: Python's is written in Python, and a Ctrl-C at the wrong moment leaves it locked forever.
    """

    __slots__ = ("_free",)

    def __init__(self, count: int) -> None:
        self._free: queue.SimpleQueue[Slot] = queue.SimpleQueue()
        for _ in range(count):
            self._free.put(Slot(self._free))

    def acquire(self, seconds: float | None) -> Slot | None:
        """Acquire a slot. Returns None if no slot became free in time."""
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
    """Slots for the tasks of one event loop."""

    __slots__ = ("_semaphore",)

    def __init__(self, count: int) -> None:
        from asyncio import Semaphore  # Imported here because synchronous programs do not need it.

        self._semaphore = Semaphore(count)

    async def acquire(self, seconds: float | None) -> AsyncSlot | None:
        """Acquire a slot. Returns None if no slot became free in time."""
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
