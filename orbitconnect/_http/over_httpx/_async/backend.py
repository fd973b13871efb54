"""Adapt the SDK's channels to httpcore's interfaces for network backends and streams."""

# httpcore defines the parameters of these methods.

from __future__ import annotations

import ssl
from collections.abc import Iterable

import httpcore

from ..._async.open_channel import open_channel
from ..._async.tls_channel import AsyncChannel
from ...async_sockets import secured
from ...limits import JOINED_BYTES
from ..connect_errors import while_connecting


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Opens connections, one at a time, and records whether any byte of a request was sent over the newest one."""

    def __init__(self, url: httpcore.URL) -> None:
        self._scheme = url.scheme.decode()
        self._server = url.scheme, url.host, url.port
        self.has_sent: bool | None = None
        """Whether any byte of a request was sent since this was last set to False. Handshakes do not count. It is None
        until a connection is opened."""
        self.channel: AsyncChannel | None = None
        """The latest connection."""

    def connects_to(self, url: httpcore.URL) -> bool:
        """Whether the connections are for requests to this URL."""
        return self._server == (url.scheme, url.host, url.port)

    def is_quiet(self) -> bool:
        """Whether the latest connection is open, and no unread bytes have arrived over it."""
        return self.channel is not None and self.channel.unread() == b""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.has_sent = False
        with while_connecting():
            return AsyncStream(await open_channel(self._scheme, host, port, timeout), self)


class AsyncStream(httpcore.AsyncNetworkStream):
    """Reads from and writes to a channel.

    httpcore writes the head of a request, each chunk of its body, and `b""` at the end. The head is held until the next
    of these, and sent together with it.
    """

    def __init__(self, channel: AsyncChannel, backend: AsyncBackend) -> None:
        self._channel = backend.channel = channel
        self._backend = backend
        self._head = b""
        """The head of a request, until it is sent."""
        self._is_next_head = True
        """Whether the next bytes to write are the head of a request."""
        self._is_reused = False
        """Whether the connection was used for another request before."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._head:
            await self.write(b"", timeout)
        self._is_next_head = self._is_reused = True
        # Not a context manager such as `while_connecting`, which would take longer than the rest of this method.
        try:
            return await self._channel.receive(max_bytes, timeout)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._is_next_head:
            self._head, self._is_next_head = buffer, False
            return
        if self._head:
            head, self._head = self._head, b""
            # Bytes that arrived before a request are not its response.
            if self._is_reused and not self._backend.is_quiet():
                raise httpcore.ConnectionNotAvailable
            if len(buffer) > JOINED_BYTES:
                await self._send(head, timeout)
            else:
                buffer = head + buffer
        if buffer:
            await self._send(buffer, timeout)

    async def _send(self, data: bytes, timeout: float | None) -> None:
        channel = self._channel
        before = channel.sent
        try:
            await channel.send(data, timeout)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error
        finally:
            if channel.sent > before:
                self._backend.has_sent = True

    async def aclose(self) -> None:
        self._channel.close()
        await self._channel.wait_closed()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            with while_connecting():
                channel = await secured(self._channel, ssl_context, server_hostname or "", timeout)
        except BaseException:
            self._channel.close()
            raise
        return AsyncStream(channel, self._backend)

    def get_extra_info(self, info: str) -> ssl.SSLObject | ssl.SSLSocket | None:
        # Not "is_readable": `write` checks this later than httpcore would.
        return self._channel.tls if info == "ssl_object" else None
