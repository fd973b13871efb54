"""Adapt the SDK's channels to httpcore's interfaces for network backends and streams."""

# httpcore defines the parameters of these methods.

from __future__ import annotations

import ssl
from collections.abc import Iterable

import httpcore

from ..._async.open_channel import open_channel
from ..._async.tls_channel import AsyncChannel
from ...async_sockets import secured
from ..connect_errors import while_connecting


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Opens connections, one at a time, and records whether any byte of a request was sent over the newest one."""

    def __init__(self, scheme: str) -> None:
        self._scheme = scheme
        self.has_sent: bool | None = None
        """Whether any byte of a request was sent since this was last set to False. Handshakes do not count. It is None
        until a connection is opened."""
        self.channel: AsyncChannel | None = None
        """The latest connection."""

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
    """Reads from and writes to a channel."""

    def __init__(self, channel: AsyncChannel, backend: AsyncBackend) -> None:
        self._channel = backend.channel = channel
        self._backend = backend

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        # Not a context manager such as `while_connecting`, which would take longer than the rest of this method.
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

    def get_extra_info(self, info: str) -> bool | ssl.SSLObject | ssl.SSLSocket | None:
        if info == "is_readable":
            return self._channel.unread() != b""
        return self._channel.tls if info == "ssl_object" else None
