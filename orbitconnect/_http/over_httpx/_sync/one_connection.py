# Derived from orbitconnect/_http/over_httpx/_async/one_connection.py by `make generate`: edit that file.
"""One connection, in the place where an httpx transport has a pool of them.

httpcore's pool keeps a list of requests and connections, with locks and events around it, and does most of that work
anew for each request. The client has a free list of its own, so nothing is left for a pool to do.
"""

from __future__ import annotations

from typing import Final

import httpcore

from ...tls import shared_context
from ..private_httpcore import has_trailing_data
from .backend import Backend

_HTTPS: Final = b"https"


class OneConnection:
    """Sends one request at a time, and connects again if the server has closed the connection."""

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
        """Whether more arrived than the response. httpcore would take it for the response to the next request."""
        return self._connection is not None and has_trailing_data(self._connection)

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
            # When the interpreter exits, httpcore may fail: the modules that it uses may be gone.
            if self._backend.channel is not None:
                self._backend.channel.close()
