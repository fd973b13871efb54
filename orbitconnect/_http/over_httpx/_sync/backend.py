# Derived from orbitconnect/_http/over_httpx/_async/backend.py by `make generate`: edit that file.
"""Adapt the SDK's channels to httpcore's interfaces for network backends and streams."""

# httpcore defines the parameters of these methods.

from __future__ import annotations

import ssl
from collections.abc import Iterable

import httpcore

from ..._sync.open_channel import open_channel
from ..._sync.tls_channel import Channel
from ...sockets import secured
from ..connect_errors import while_connecting


class Backend(httpcore.NetworkBackend):
    """Opens connections, one at a time, and records whether any byte of a request was sent over the newest one."""

    def __init__(self, scheme: str) -> None:
        self._scheme = scheme
        self.has_sent: bool | None = None
        """Whether any byte of a request was sent since this was last set to False. Handshakes do not count. It is None
        until a connection is opened."""
        self.channel: Channel | None = None
        """The latest connection."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.has_sent = False
        with while_connecting():
            return Stream(open_channel(self._scheme, host, port, timeout), self)


class Stream(httpcore.NetworkStream):
    """Reads from and writes to a channel."""

    def __init__(self, channel: Channel, backend: Backend) -> None:
        self._channel = backend.channel = channel
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        # Not a context manager such as `while_connecting`, which would take longer than the rest of this method.
        try:
            return self._channel.receive(max_bytes, timeout)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        channel = self._channel
        before = channel.sent
        try:
            channel.send(buffer, timeout)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error
        finally:
            if channel.sent > before:
                self._backend.has_sent = True

    def close(self) -> None:
        self._channel.close()
        self._channel.wait_closed()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            with while_connecting():
                channel = secured(self._channel, ssl_context, server_hostname or "", timeout)
        except BaseException:
            self._channel.close()
            raise
        return Stream(channel, self._backend)

    def get_extra_info(self, info: str) -> bool | ssl.SSLObject | ssl.SSLSocket | None:
        if info == "is_readable":
            return self._channel.unread() != b""
        return self._channel.tls if info == "ssl_object" else None
