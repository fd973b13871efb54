"""Connections for asyncio: sockets, perhaps through a proxy, with TLS, as a network backend of httpcore.

Everything from the lookup to the end of the TLS handshake has one limit, and so has each phase after that. TLS is done
here as well, with `ssl`'s buffers: so the session of an earlier connection can be resumed, on any event loop, and what
came after an answer can be seen.
"""

# ruff: noqa: ASYNC109  # The parameters are httpcore's.

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Iterable
from typing import Any, Final, Protocol

import httpcore

from ..addresses import find_async
from ..connecting import connect_async
from ..deadline import seconds_left
from ..proxy import Proxy, proxy_at
from ..readable import is_readable
from ..tls import TlsEngine, forget_session, shared_context
from ..tunnel import TunnelRefused, handshake
from .connect_errors import while_connecting

_MOST_WAITING: Final = 256 * 1024
"""Bytes that have come and were not read yet. Beyond that, the server has to wait."""


class _Socket(asyncio.Protocol):
    """The bytes of a socket: those that came wait here until they are read."""

    tls: ssl.SSLObject | None = None

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._process = os.getpid()
        self._transport: Any = None
        self._file = -1
        self._chunks = bytearray()
        self._has_ended = False
        self._error: Exception | None = None
        self._is_paused = False
        self._is_full = False
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self.sent = 0

    # What the event loop calls.

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._file = transport.get_extra_info("socket").fileno()

    def data_received(self, data: bytes) -> None:
        self._chunks += data
        if len(self._chunks) > _MOST_WAITING and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> bool:
        self._has_ended = True
        _wake(self._reader)
        return True  # What is still to be sent is sent.

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

    # What the stream calls.

    async def send(self, data: bytes, limit: float | None) -> None:
        if self._file < 0 or self._transport.is_closing():
            raise self._error or ConnectionResetError("the connection was closed")
        self._transport.write(data)
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
        # A forked child shares the event loop's selector with its parent, who would learn of nothing any more.
        if os.getpid() == self._process:
            self._transport.abort()

    def unread(self) -> bytes | None:
        if self._chunks:
            data, self._chunks = bytes(self._chunks), bytearray()
            return data
        return None if self._has_ended or is_readable(self._file) else b""


def _wake(event: asyncio.Future[None] | None) -> None:
    if event is not None and not event.done():
        event.set_result(None)


def _expire(event: asyncio.Future[None]) -> None:
    if not event.done():
        event.set_exception(TimeoutError("timed out"))


class _Channel(Protocol):
    """Carries bytes both ways. Raises `OSError` if that fails, and `TimeoutError` when the limit passes."""

    sent: int
    tls: ssl.SSLObject | None

    async def send(self, data: bytes, limit: float | None) -> None: ...
    async def receive(self, count: int, limit: float | None) -> bytes: ...
    def close(self) -> None: ...
    def unread(self) -> bytes | None:
        """Take what has come and was not read, without waiting; None if the channel has ended."""


class _Tls:
    """TLS over another channel."""

    def __init__(self, outer: _Channel, context: ssl.SSLContext, hostname: str) -> None:
        self._outer = outer
        self._engine = TlsEngine(context, hostname)
        self.tls: ssl.SSLObject | None = self._engine.tls
        self.sent = 0

    async def shake_hands(self, limit: float | None) -> None:
        """Do the handshake."""
        while not self._engine.shake_hands():
            await self._exchange(limit)
        await self._flush(limit)

    async def send(self, data: bytes, limit: float | None) -> None:
        before = self._outer.sent
        while not self._engine.write(data):
            await self._exchange(limit)
        try:
            await self._flush(limit)
        finally:
            if self._outer.sent > before:
                self.sent += len(data)

    async def receive(self, count: int, limit: float | None) -> bytes:
        while (data := self._engine.read(count)) is None:
            await self._exchange(limit)
        return data

    async def _exchange(self, limit: float | None) -> None:
        await self._flush(limit)
        self._engine.feed(await self._outer.receive(_MOST_WAITING, limit))

    async def _flush(self, limit: float | None) -> None:
        data = self._engine.to_send()
        if data:
            await self._outer.send(data, limit)

    def close(self) -> None:
        self._outer.close()

    def unread(self) -> bytes | None:
        data = self._outer.unread()
        if data is None:
            return None
        if data:
            self._engine.feed(data)
        # What came may be nothing but a session ticket, of which nothing is to be read.
        try:
            data = self._engine.read(_MOST_WAITING)
        except ssl.SSLError:
            return None
        if data is None:
            # Something has to be said first: the server asks for another handshake. A new connection is simpler.
            return None if self._engine.is_renegotiating() else b""
        return data or None


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Opens connections, one at a time, and knows whether anything of a request was sent over the newest."""

    def __init__(self, scheme: str) -> None:
        self._scheme = scheme
        self.has_sent: bool | None = None
        """Whether any byte of a request was sent since this was last set to False. Handshakes do not count. It is None
        until a connection is opened."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect, through the environment's proxy if there is one."""
        self.has_sent = False
        proxy = proxy_at(self._scheme, host, port)
        with while_connecting():
            if proxy is None:
                return _Stream(await _open(host, port, timeout), self)
            return _Stream(await _through(proxy, host, port, timeout), self)


async def _open(host: str, port: int, limit: float | None) -> _Socket:
    connected = await connect_async(await find_async(host, port, limit), limit)
    try:
        loop = asyncio.get_running_loop()
        _, channel = await loop.create_connection(lambda: _Socket(loop), sock=connected)
    except BaseException:
        connected.close()
        raise
    return channel


async def _through(proxy: Proxy, host: str, port: int, limit: float | None) -> _Channel:
    try:
        return await _tunnel(proxy, host, port, limit)
    except TimeoutError:
        raise
    except (OSError, TunnelRefused) as error:
        refusal = str(error)
    raise httpcore.ProxyError(f"{proxy.name}: {refusal}")


async def _tunnel(proxy: Proxy, host: str, port: int, limit: float | None) -> _Channel:
    channel: _Channel = await _open(proxy.host, proxy.port, limit)
    try:
        if proxy.scheme == "https":
            channel = await _secured(channel, shared_context(), proxy.host, limit)
        steps = handshake(proxy, host, port)
        data = next(steps)
        while True:
            await channel.send(data, limit)
            try:
                data = steps.send(await channel.receive(_MOST_WAITING, limit))
            except StopIteration:
                return channel
    except BaseException:
        channel.close()
        raise


async def _secured(channel: _Channel, context: ssl.SSLContext, hostname: str, limit: float | None) -> _Tls:
    secured = _Tls(channel, context, hostname)
    try:
        await secured.shake_hands(limit)
    except OSError:
        forget_session(hostname)
        raise
    return secured


class _Stream(httpcore.AsyncNetworkStream):
    """What httpcore reads from and writes to."""

    def __init__(self, channel: _Channel, backend: AsyncBackend) -> None:
        self._channel = channel
        self._backend = backend

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        # Without the context manager, which would cost more than all else here.
        try:
            return await self._channel.receive(max_bytes, timeout)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        channel = self._channel
        before = channel.sent
        try:
            await channel.send(buffer, timeout)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error
        finally:
            if channel.sent > before:
                self._backend.has_sent = True

    async def aclose(self) -> None:
        self._channel.close()
        await asyncio.sleep(0)  # The event loop closes the socket in its next step.

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            with while_connecting():
                channel = await _secured(self._channel, ssl_context, server_hostname or "", timeout)
        except BaseException:
            self._channel.close()
            raise
        return _Stream(channel, self._backend)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._channel.unread() != b""
        return self._channel.tls if info == "ssl_object" else None
