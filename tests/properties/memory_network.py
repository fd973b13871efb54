"""An in-memory network underneath the client's connections. It records what they write and provides what they read."""

# ruff: noqa: ASYNC109  # The parameters are httpcore's.

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import h11
import httpcore

from orbitconnect._http import live_hook
from orbitconnect._http.over_httpx._async import one_connection as async_one_connection
from orbitconnect._http.over_httpx._sync import one_connection
from orbitconnect._http.over_stdlib import connection


class MemoryNetwork:
    """A network on which every connection reads the same bytes and then reaches the end of the stream."""

    def __init__(self, answer: bytes = b"", step: int = 65_536) -> None:
        self.answer = answer
        self.step = step
        """The number of bytes that arrive at a time."""
        self.written: list[bytearray] = []
        """The bytes written to each connection."""

    @contextmanager
    def installed(self) -> Iterator[MemoryNetwork]:
        """Replace the real network during the block.

        Nothing reaches the live API, but the pytest plugin's guard cannot know that.
        """
        with (
            mock.patch.object(one_connection, "Backend", return_value=_Backend(self)),
            mock.patch.object(async_one_connection, "AsyncBackend", return_value=_AsyncBackend(self)),
            mock.patch.object(connection, "open_channel", side_effect=lambda *arguments: _Channel(self)),
            mock.patch.object(connection, "secured", side_effect=lambda channel, *arguments: channel),
            mock.patch.object(connection, "shared_context", return_value=None),
            mock.patch.object(live_hook, "check", None),
        ):
            yield self

    def requests(self) -> list[tuple[h11.Request, bytes]]:
        """The requests that were written, parsed independently of the client's implementation."""
        return [_read(bytes(written)) for written in self.written]


def _read(written: bytes) -> tuple[h11.Request, bytes]:
    server = h11.Connection(h11.SERVER, max_incomplete_event_size=1_000_000)
    server.receive_data(written)
    request = server.next_event()
    assert isinstance(request, h11.Request)
    body = b""
    while not isinstance(event := server.next_event(), h11.EndOfMessage):
        assert isinstance(event, h11.Data)
        body += event.data
    assert server.trailing_data == (b"", False), "The client wrote more than one request."
    return request, body


class _Ends:
    """One connection."""

    def __init__(self, network: MemoryNetwork) -> None:
        self._left = network.answer
        self._step = network.step
        self._written = bytearray()
        network.written.append(self._written)

    def take(self, max_bytes: int) -> bytes:
        count = max(1, min(max_bytes, self._step))
        taken, self._left = self._left[:count], self._left[count:]
        return taken

    def put(self, data: bytes) -> None:
        self._written += data

    def get_extra_info(self, info: str) -> Any:
        return False if info == "is_readable" else None


class _Stream(_Ends, httpcore.NetworkStream):
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.take(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.put(buffer)

    def close(self) -> None:
        pass

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return self


class _AsyncStream(_Ends, httpcore.AsyncNetworkStream):
    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.take(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.put(buffer)

    async def aclose(self) -> None:
        pass

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return self


class _Channel(_Ends):
    """A connection of the stack `stdlib`."""

    sent = 0
    tls = None

    def send(self, data: bytes, limit: float | None) -> None:
        self.put(data)
        self.sent += len(data)

    def receive(self, count: int, limit: float | None) -> bytes:
        return self.take(count)

    def unread(self) -> bytes | None:
        return None if self._left else b""

    def close(self) -> None: ...

    def wait_closed(self) -> None: ...


class _Backend(httpcore.NetworkBackend):
    has_sent = True
    channel = None

    def connects_to(self, url: httpcore.URL) -> bool:
        return True

    def __init__(self, network: MemoryNetwork) -> None:
        self._network = network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return _Stream(self._network)


class _AsyncBackend(httpcore.AsyncNetworkBackend):
    has_sent = True
    channel = None

    def connects_to(self, url: httpcore.URL) -> bool:
        return True

    def __init__(self, network: MemoryNetwork) -> None:
        self._network = network

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return _AsyncStream(self._network)
