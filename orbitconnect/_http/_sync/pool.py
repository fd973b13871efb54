# Derived from orbitconnect/_http/_async/pool.py by `make generate`: edit that file.
"""The pool of connections to the API."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

from ..._concurrency.slots import Slot, Slots
from ..._pipeline.clock import Clock
from .. import limits
from ..limits import IDLE_SECONDS


class Pooled(Protocol):
    """A connection in a pool, such as an httpx transport with one connection."""

    slot: Slot | None

    def close(self) -> None:
        """Close the connection."""
        ...


T = TypeVar("T", bound=Pooled)


class Pool(Generic[T]):
    """A pool of connections, from which the last one that was returned is taken first.

    httpx's own pool checks all its connections for each request. With 50 concurrent calls, these checks are most of the
    work of a call. Connections that are not needed become idle
    and are closed.
    """

    __slots__ = ("_clock", "_closed", "_idle", "_new", "_slots")

    def __init__(self, clock: Clock, new: Callable[[], T]) -> None:
        """Create an empty pool.

        Args:
            clock: Measures how long connections are idle.
            new: Creates a connection, which connects when it is first used.
        """
        self._clock = clock
        self._new = new
        self._idle: list[tuple[T, float]] = []
        self._slots = Slots(limits.MAX_CONNECTIONS)
        self._closed = False

    def take(self, seconds: float | None) -> T | None:
        """Take a connection for a single request. Returns None if no connection became free in time."""
        slot = self._slots.acquire(seconds)
        if slot is None:
            return None
        try:
            connection = None
            with suppress(IndexError):
                connection = self._idle.pop()[0]
            if connection is None:
                connection = self._new()
            connection.slot = slot
        except BaseException:
            self._slots.release(slot)
            raise
        return connection

    def give_back(self, connection: T, *, sound: bool) -> None:
        """Return a connection to the pool. If its request failed or was cancelled (`sound=False`), it is closed."""
        surplus: T | None = connection
        try:
            if sound and not self._closed:
                now = self._clock.monotonic()
                self._idle.append((connection, now))
                surplus = None
                with suppress(IndexError):  # Another thread may have taken the last connection.
                    if self._idle[0][1] < now - IDLE_SECONDS:
                        surplus = self._idle.pop(0)[0]
            if surplus is not None:
                surplus.close()
            if self._closed:
                self.close()
        finally:
            slot, connection.slot = connection.slot, None
            self._slots.release(slot)

    def close(self) -> None:
        """Close all connections. Connections in use are closed when they are returned."""
        self._closed = True
        while self._idle:
            with suppress(IndexError):
                self._idle.pop()[0].close()
