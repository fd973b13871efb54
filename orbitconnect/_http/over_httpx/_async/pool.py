"""The pool of connections to the API."""

from __future__ import annotations

from contextlib import suppress

from ...._concurrency.slots import AsyncSlots
from ...._pipeline.clock import Clock
from ... import limits
from ...limits import IDLE_SECONDS
from .transport import AsyncTransport


class AsyncPool:
    """A stack of httpx transports, each with one connection.

    httpx's own pool checks all its connections for each request. With 50 concurrent calls, these checks are most of the
    work of a call. This pool uses the most recently used connection first. Connections that are not needed become idle
    and are closed.
    """

    __slots__ = ("_clock", "_closed", "_idle", "_slots")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._idle: list[tuple[AsyncTransport, float]] = []
        self._slots = AsyncSlots(limits.MAX_CONNECTIONS)
        self._closed = False

    async def take(self, seconds: float | None) -> AsyncTransport | None:
        """Take a connection for a single request. Returns None if no connection became free in time."""
        slot = await self._slots.acquire(seconds)
        if slot is None:
            return None
        try:
            transport = None
            with suppress(IndexError):
                transport = self._idle.pop()[0]
            if transport is None:
                transport = AsyncTransport()
            transport.slot = slot
        except BaseException:
            self._slots.release(slot)
            raise
        return transport

    async def give_back(self, transport: AsyncTransport, *, sound: bool) -> None:
        """Return a connection to the pool. If its request failed or was cancelled (`sound=False`), it is closed."""
        surplus: AsyncTransport | None = transport
        try:
            if sound and not self._closed:
                now = self._clock.monotonic()
                self._idle.append((transport, now))
                surplus = None
                with suppress(IndexError):  # Another thread may have taken the last connection.
                    if self._idle[0][1] < now - IDLE_SECONDS:
                        surplus = self._idle.pop(0)[0]
            if surplus is not None:
                await surplus.aclose()
            if self._closed:
                await self.aclose()
        finally:
            slot, transport.slot = transport.slot, None
            self._slots.release(slot)

    async def aclose(self) -> None:
        """Close all connections. Connections in use are closed when they are returned."""
        self._closed = True
        while self._idle:
            with suppress(IndexError):
                await self._idle.pop()[0].aclose()
