"""Makes a time limit hold for a whole phase of a connection, where httpx applies it to each read and write anew.

A server that sends one byte now and then never exceeds a limit on reads. So the limits that go into a request are
`Until` values, which know when they end, and the network streams under httpx's pool are wrapped in ones that ask them
how much is left. A transport that knows nothing of this sees a plain number of seconds.
"""

# ruff: noqa: ASYNC109  # The parameters are httpcore's.

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

import httpcore

_ALL_THAT_CAME: Final = 256 * 1024
"""As much as asyncio takes from a socket at once. What were left of that, a look at the socket would not show."""


class Until(float):
    """A number of seconds that also knows the moment when they have passed."""

    __slots__ = ("at",)
    at: float

    @classmethod
    def after(cls, seconds: float) -> Until:
        """Starts now."""
        limit = cls(seconds)
        limit.at = time.monotonic() + seconds
        return limit


def _left(limit: float | None, exceeded: Callable[[str], Exception]) -> float | None:
    if not isinstance(limit, Until):
        return limit
    left = limit.at - time.monotonic()
    if left <= 0:
        raise exceeded("timed out")
    return left


def _holds_more(tls: Any) -> bool:
    """Whether a TLS object, between two calls, holds anything that came after the answer.

    It takes in all that has come to an event loop, so that nothing of it is to be seen at the socket any more.
    """
    if not isinstance(tls, ssl.SSLObject):
        return False
    try:
        tls.read(1)
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:
        pass
    return True


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left))


class Backend(httpcore.NetworkBackend):
    """Opens connections whose limits hold for a whole phase."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects."""
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._backend.connect_tcp(host, port, left, local_address, socket_options))


class _AsyncStream(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream, *, is_tls: bool = False) -> None:
        self._stream = stream
        self._is_tls = is_tls

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if not self._is_tls:
            max_bytes = max(max_bytes, _ALL_THAT_CAME)
        return await self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        found = self._stream.get_extra_info(info)
        if info == "is_readable" and not found:
            return _holds_more(self._stream.get_extra_info("ssl_object"))
        return found

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _AsyncStream(await self._stream.start_tls(ssl_context, server_hostname, left), is_tls=True)


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Opens connections whose limits hold for a whole phase."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self._backend = backend

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connects."""
        left = _left(timeout, httpcore.ConnectTimeout)
        return _AsyncStream(await self._backend.connect_tcp(host, port, left, local_address, socket_options))
