"""Connections for asyncio: sockets behind an asyncio protocol. `sockets` is the counterpart for threads.

TLS always goes through `AsyncTlsChannel` instead of asyncio's own TLS. Therefore, connections can resume earlier
sessions on any event loop, and unexpected bytes after a response can be detected.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from typing import Final, cast

from ._async.tls_channel import AsyncChannel, encrypted
from .addresses import find_async
from .connecting import connect_async
from .deadline import seconds_left
from .readable import Ready, when_readable

_MOST_WAITING: Final = 256 * 1024
"""The maximum number of unread bytes. Beyond it, the SDK stops receiving until some of them are read."""

_FIRST_BUFFER: Final = 16 * 1024
_LARGEST_BUFFER: Final = 256 * 1024
"""A connection starts with a small buffer, and gets a larger one each time the buffer is filled at once."""


class AsyncSocket(asyncio.BufferedProtocol):
    """A channel over a socket. Received bytes are buffered until they are read.

    As a `Protocol`, it would get a new buffer of 256 KiB from asyncio for each read.
    """

    _transport: asyncio.Transport
    _when_readable: Ready

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.tls: ssl.SSLObject | ssl.SSLSocket | None = None
        self._loop = loop
        self._process = os.getpid()
        self._file = -1
        self._buffer = memoryview(bytearray(_FIRST_BUFFER))
        """The memory for the next bytes from the system."""
        self._chunks = bytearray()
        self._has_ended = False
        self._error: Exception | None = None
        self._is_paused = False
        self._is_full = False
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self.sent = 0

    # Callbacks of the event loop.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._file = transport.get_extra_info("socket").fileno()
        self._when_readable = when_readable(self._file)

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        self._chunks += self._buffer[:nbytes]
        if nbytes == len(self._buffer) < _LARGEST_BUFFER:
            self._buffer = memoryview(bytearray(4 * nbytes))
        if len(self._chunks) > _MOST_WAITING and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> bool:
        self._has_ended = True
        _wake(self._reader)
        return True  # Keep the transport open, so that buffered bytes are still sent.

    def connection_lost(self, exc: Exception | None) -> None:
        self._has_ended = True
        self._error = exc
        self._file = -1
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        self._is_full = True

    def resume_writing(self) -> None:
        self._is_full = False
        _wake(self._writer)

    # Methods of the channel.

    async def send(self, data: bytes, limit: float | None) -> None:
        if self._file < 0 or self._transport.is_closing():
            raise self._error or ConnectionResetError("the connection was closed")
        self._transport.write(data)
        if self._transport.is_closing():  # asyncio raises no error if the system refuses the data.
            raise ConnectionResetError("the connection was closed")
        self.sent += len(data)
        while self._is_full and self._file >= 0:
            self._writer = self._loop.create_future()
            await self._wait(self._writer, limit)
        if self._file < 0:
            raise self._error or ConnectionResetError("the connection was closed")

    async def receive(self, count: int, limit: float | None) -> bytes:
        while not self._chunks:
            if self._error is not None:
                raise self._error
            if self._has_ended:
                return b""
            self._reader = self._loop.create_future()
            await self._wait(self._reader, limit)
        if len(self._chunks) <= count:
            data, self._chunks = bytes(self._chunks), bytearray()
        else:
            data = bytes(self._chunks[:count])
            del self._chunks[:count]
        if self._is_paused and len(self._chunks) <= _MOST_WAITING:
            self._is_paused = False
            if not self._transport.is_closing():
                self._transport.resume_reading()
        return data

    async def _wait(self, event: asyncio.Future[None], limit: float | None) -> None:
        left = seconds_left(limit)
        timer = None if left is None else self._loop.call_later(left, _expire, event)
        try:
            await event
        finally:
            if timer is not None:
                timer.cancel()

    def close(self) -> None:
        # Not in a forked child: it shares the event loop's selector with the parent, and the parent would get no more
        # events.
        if os.getpid() == self._process:
            self._transport.abort()

    async def wait_closed(self) -> None:
        await asyncio.sleep(0)  # The event loop closes the socket in its next iteration.

    def unread(self) -> bytes | None:
        if self._chunks:
            data, self._chunks = bytes(self._chunks), bytearray()
            return data
        return None if self._has_ended or self._file < 0 or self._when_readable(0) else b""


def _wake(event: asyncio.Future[None] | None) -> None:
    if event is not None and not event.done():
        event.set_result(None)


def _expire(event: asyncio.Future[None]) -> None:
    if not event.done():
        event.set_exception(TimeoutError("timed out"))


async def open_socket(host: str, port: int, limit: float | None) -> AsyncSocket:
    """Connect to a server."""
    connected = await connect_async(await find_async(host, port, limit), limit)
    try:
        loop = asyncio.get_running_loop()
        _, channel = await loop.create_connection(lambda: AsyncSocket(loop), sock=connected)
    except BaseException:
        connected.close()
        raise
    return channel


async def secured(channel: AsyncChannel, context: ssl.SSLContext, hostname: str, limit: float | None) -> AsyncChannel:
    """Encrypt a channel. The caller must close it if this fails."""
    return await encrypted(channel, context, hostname, limit)
