"""One connection, in the place where an httpx transport has a pool of them.

httpcore's pool keeps a list of requests and connections, with locks and events around it, and most of that is done for
each request anew. The client has a free list of its own, so there is nothing left for a pool to do.
"""

from __future__ import annotations

import ssl
from types import TracebackType
from typing import Final, cast

import httpcore

from .deadline import AsyncBackend, Backend

_BACKEND: Final = Backend(httpcore.SyncBackend())
_ASYNC_BACKEND: Final = AsyncBackend(cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend()))


class OneConnection(httpcore.ConnectionPool):
    """Sends one request at a time, and connects anew where the server has hung up."""

    def __init__(self, ssl_context: ssl.SSLContext, idle_seconds: float) -> None:
        # Without the pool's own `__init__`: there are none of its lists.
        self._tls = ssl_context
        self._idle_seconds = idle_seconds
        self._connection: httpcore.HTTPConnection | None = None

    @property
    def connections(self) -> list[httpcore.ConnectionInterface]:
        """The connection, if there is one."""
        return [] if self._connection is None else [self._connection]

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """Sends a request."""
        connection = self._connection
        if connection is None or connection.is_closed() or connection.has_expired():
            self.close()
            connection = self._connection = httpcore.HTTPConnection(
                request.url.origin, self._tls, self._idle_seconds, network_backend=_BACKEND
            )
        return connection.handle_request(request)

    def close(self) -> None:
        """Closes the connection. Another request opens a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {getattr(self, '_connection', None)!r}>"


class AsyncOneConnection(httpcore.AsyncConnectionPool):
    """Sends one request at a time, and connects anew where the server has hung up."""

    def __init__(self, ssl_context: ssl.SSLContext, idle_seconds: float) -> None:
        # Without the pool's own `__init__`: there are none of its lists.
        self._tls = ssl_context
        self._idle_seconds = idle_seconds
        self._connection: httpcore.AsyncHTTPConnection | None = None

    @property
    def connections(self) -> list[httpcore.AsyncConnectionInterface]:
        """The connection, if there is one."""
        return [] if self._connection is None else [self._connection]

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Sends a request."""
        connection = self._connection
        if connection is None or connection.is_closed() or connection.has_expired():
            await self.aclose()
            connection = self._connection = httpcore.AsyncHTTPConnection(
                request.url.origin, self._tls, self._idle_seconds, network_backend=_ASYNC_BACKEND
            )
        return await connection.handle_async_request(request)

    async def aclose(self) -> None:
        """Closes the connection. Another request opens a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.aclose()

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {getattr(self, '_connection', None)!r}>"
