"""Connect to one of several addresses. Each attempt starts a quarter of a second after the previous one (RFC 8305).

Therefore, an address that drops packets delays the connection by a quarter of a second instead of the whole time limit.
"""

from __future__ import annotations

import selectors
import socket
from collections import deque
from collections.abc import Sequence
from os import strerror
from typing import TYPE_CHECKING, Final

from .._pipeline.clock import monotonic
from .addresses import Address
from .deadline import seconds_left

if TYPE_CHECKING:
    import asyncio

HEAD_START_SECONDS: Final = 0.25


def connect(addresses: Sequence[Address], limit: float | None) -> socket.socket:
    """Connect to the first address that accepts the connection.

    Raises:
        OSError: If all addresses fail. The error comes from the first address that failed.
        TimeoutError: If the time limit passes.
    """
    if len(addresses) == 1:
        return _connect_to(addresses[0], limit)
    race = _Race(addresses)
    try:
        winner = race.run(limit)
    finally:
        race.close()
    _prepare(winner)
    return winner


def _connect_to(address: Address, limit: float | None) -> socket.socket:
    made = socket.socket(address.family, socket.SOCK_STREAM)
    try:
        made.settimeout(seconds_left(limit))
        made.connect(address.sockaddr)
        _prepare(made)
    except BaseException:
        made.close()
        raise
    return made


def _prepare(made: socket.socket) -> None:
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class _Race:
    """Sockets that connect at the same time. The first to connect is returned, and the others are closed."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        self._waiting = deque(addresses)
        self._sockets: list[socket.socket] = []
        self._selector = selectors.DefaultSelector()
        self._error: OSError | None = None

    def run(self, limit: float | None) -> socket.socket:
        """Start one attempt after another until a socket is connected."""
        next_start = 0.0
        while self._waiting or self._sockets:
            left = seconds_left(limit)
            now = monotonic()
            if self._waiting and (now >= next_start or not self._sockets):
                winner = self._start(self._waiting.popleft())
                if winner is not None:
                    return winner
                next_start = now + HEAD_START_SECONDS
                continue
            wait = left
            if self._waiting:
                until_next = max(0.0, next_start - now)
                wait = until_next if left is None else min(left, until_next)
            for key, _ in self._selector.select(wait):
                winner = self._finish(key.fileobj)  # type: ignore[arg-type]  # Only sockets are registered.
                if winner is not None:
                    return winner
                next_start = 0.0  # An attempt failed. Start the next one immediately.
        raise self._error or OSError("there is no address to connect to")

    def close(self) -> None:
        """Close all sockets that are still connecting."""
        self._selector.close()
        for each in self._sockets:
            each.close()

    def _start(self, address: Address) -> socket.socket | None:
        try:
            made = socket.socket(address.family, socket.SOCK_STREAM)
        except OSError as error:  # Without IPv6, even creating the socket fails.
            self._error = self._error or error
            return None
        self._sockets.append(made)
        made.setblocking(False)
        try:
            # Not `connect_ex`, because tools that block network access in tests do not block it.
            made.connect(address.sockaddr)
        except BlockingIOError:
            self._selector.register(made, selectors.EVENT_WRITE)
            return None
        except OSError as error:
            return self._ended(made, error)
        return self._ended(made, None)

    def _finish(self, made: socket.socket) -> socket.socket | None:
        self._selector.unregister(made)
        number = made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        return self._ended(made, OSError(number, strerror(number)) if number else None)

    def _ended(self, made: socket.socket, error: OSError | None) -> socket.socket | None:
        self._sockets.remove(made)
        if error is None:
            return made
        self._error = self._error or error
        made.close()
        return None


async def connect_async(addresses: Sequence[Address], limit: float | None) -> socket.socket:
    """Do what `connect` does, without blocking the event loop.

    Raises:
        OSError: If all addresses fail. The error comes from the first address that failed.
        TimeoutError: If the time limit passes.
    """
    import asyncio  # Imported here because synchronous programs do not need it.

    if len(addresses) == 1:
        async with asyncio.timeout(seconds_left(limit)):
            return await _connect_to_async(addresses[0])
    waiting = deque(addresses)
    tasks: set[asyncio.Task[socket.socket]] = set()
    losers: set[asyncio.Task[socket.socket]] = set()
    winner: socket.socket | None = None
    first_error: OSError | None = None
    try:
        while waiting or tasks:
            if waiting:
                task = asyncio.ensure_future(_connect_to_async(waiting.popleft()))
                tasks.add(task)
                losers.add(task)
            left = seconds_left(limit)
            if waiting:
                left = HEAD_START_SECONDS if left is None else min(left, HEAD_START_SECONDS)
            done, tasks = await asyncio.wait(tasks, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                error = task.exception()
                if error is None:
                    losers.discard(task)
                    winner = task.result()
                    return winner
                if not isinstance(error, OSError):
                    raise error
                first_error = first_error or error
        raise first_error or OSError("there is no address to connect to")
    finally:
        try:
            await _give_up(losers)
        except BaseException:
            if winner is not None:
                winner.close()
            raise


async def _connect_to_async(address: Address) -> socket.socket:
    from asyncio import get_running_loop

    made = socket.socket(address.family, socket.SOCK_STREAM)
    try:
        made.setblocking(False)
        await get_running_loop().sock_connect(made, address.sockaddr)
        _prepare(made)
    except OSError as error:
        made.close()
        # asyncio's message contains the address instead of the reason.
        raise OSError(error.errno, strerror(error.errno)) if error.errno else error from None
    except BaseException:
        made.close()
        raise
    return made


async def _give_up(tasks: set[asyncio.Task[socket.socket]]) -> None:
    """Cancel the remaining attempts, and close sockets that connected in the meantime."""
    from asyncio import gather

    for task in tasks:
        task.cancel()
    for result in await gather(*tasks, return_exceptions=True):
        if isinstance(result, socket.socket):
            result.close()
