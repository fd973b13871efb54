"""One connection, in the place where an httpx transport has a pool of them.

httpcore's pool keeps a list of requests and connections, with locks and events around it, and most of that is done for
each request anew. The client has a free list of its own, so there is nothing left for a pool to do.

This module is the only one that uses names which httpcore does not document: an `HTTPConnection`'s `_connection`, and
the `_h11_state` of that. If a version of httpcore has other ones, importing this module fails.
"""

from __future__ import annotations

from typing import Any, Final

import h11
import httpcore

from ..tls import shared_context
from .blocking import Backend
from .event_loop import AsyncBackend


def _check_httpcore() -> None:
    origin = httpcore.Origin(b"http", b"localhost", 80)
    for outer, inner, stream in (
        (httpcore.HTTPConnection, httpcore.HTTP11Connection, httpcore.MockStream([])),
        (httpcore.AsyncHTTPConnection, httpcore.AsyncHTTP11Connection, httpcore.AsyncMockStream([])),
    ):
        known = getattr(outer(origin), "_connection", outer) is None
        made: Any = inner(origin, stream)  # type: ignore[arg-type]  # Each with the stream of its kind.
        if not known or not isinstance(getattr(made, "_h11_state", None), h11.Connection):
            raise ImportError(
                f"orbitconnect cannot protect its connections with httpcore {httpcore.__version__}: that version has "
                "changed inside. Install the newest orbitconnect, or an older httpcore."
            )


_check_httpcore()
_HTTPS: Final = b"https"


def _holds_more(connection: Any) -> bool:
    """Whether more came than the answer. httpcore would take it for the answer to the next request."""
    inner = None if connection is None else connection._connection
    return inner is not None and bool(inner._h11_state.trailing_data[0])


class OneConnection:
    """Sends one request at a time, and connects anew where the server has hung up."""

    def __init__(self, idle_seconds: float) -> None:
        self._idle_seconds = idle_seconds
        self._connection: httpcore.HTTPConnection | None = None
        self._backend: Backend | None = None

    @property
    def has_sent(self) -> bool | None:
        """Whether any byte of the newest request was sent; None if no connection was opened here, as under a mock."""
        return None if self._backend is None else self._backend.has_sent

    @property
    def holds_more(self) -> bool:
        """Whether more came than the answer."""
        return _holds_more(self._connection)

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request."""
        connection, backend = self._connection, self._backend
        if connection is None or backend is None or connection.is_closed() or connection.has_expired():
            self.close()
            origin = request.url.origin
            tls = shared_context() if origin.scheme == _HTTPS else None
            backend = self._backend = Backend(origin.scheme.decode())
            connection = self._connection = httpcore.HTTPConnection(
                origin, tls, self._idle_seconds, network_backend=backend
            )
        elif backend.has_sent:
            backend.has_sent = False
        return connection.handle_request(request)

    def close(self) -> None:
        """Close the connection. Another request opens a new one."""
        connection, self._connection = self._connection, None
        if connection is None or self._backend is None:
            return
        try:
            connection.close()
        finally:
            # At the end of the interpreter, httpcore may not be able to any more: the modules that it uses are gone.
            if self._backend.channel is not None:
                self._backend.channel.close()


class AsyncOneConnection:
    """Sends one request at a time, and connects anew where the server has hung up."""

    def __init__(self, idle_seconds: float) -> None:
        self._idle_seconds = idle_seconds
        self._connection: httpcore.AsyncHTTPConnection | None = None
        self._backend: AsyncBackend | None = None

    @property
    def has_sent(self) -> bool | None:
        """Whether any byte of the newest request was sent; None if no connection was opened here, as under a mock."""
        return None if self._backend is None else self._backend.has_sent

    @property
    def holds_more(self) -> bool:
        """Whether more came than the answer."""
        return _holds_more(self._connection)

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request."""
        connection, backend = self._connection, self._backend
        if connection is None or backend is None or connection.is_closed() or connection.has_expired():
            await self.aclose()
            origin = request.url.origin
            tls = shared_context() if origin.scheme == _HTTPS else None
            backend = self._backend = AsyncBackend(origin.scheme.decode())
            connection = self._connection = httpcore.AsyncHTTPConnection(
                origin, tls, self._idle_seconds, network_backend=backend
            )
        elif backend.has_sent:
            backend.has_sent = False
        return await connection.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connection. Another request opens a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.aclose()
