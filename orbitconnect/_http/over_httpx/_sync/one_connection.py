# Derived from orbitconnect/_http/over_httpx/_async/one_connection.py by `make generate`: edit that file.
"""A single connection that replaces the pool of an httpx transport.

httpcore's pool keeps a list of requests and connections, protected by locks and events, and processes it for each
request. The SDK has its own list of free connections, so it does not need httpcore's pool.
"""

from __future__ import annotations

from typing import Final

import httpcore
from httpx import ByteStream

from ...tls import shared_context
from ..private_httpcore import has_trailing_data, remove_locks
from .backend import Backend

_HTTPS: Final = b"https"
_NOT_QUIET: Final = "the server closed the connection, or sent data that was not requested"


class OneConnection:
    """Sends one request at a time, and reconnects if the server has closed the connection."""

    def __init__(self, idle_seconds: float) -> None:
        self._idle_seconds = idle_seconds
        self._connection: httpcore.HTTPConnection | None = None
        self._backend: Backend | None = None

    @property
    def has_sent(self) -> bool | None:
        """Whether any byte of the newest request was sent. None if no connection was opened, as with a mock."""
        return None if self._backend is None else self._backend.has_sent

    @property
    def holds_more(self) -> bool:
        """Whether bytes arrived after the response. httpcore would use them as the response to the next request."""
        return self._connection is not None and has_trailing_data(self._connection)

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request."""
        connection, backend = self._connection, self._backend
        if (
            connection is None
            or backend is None
            or not backend.connects_to(request.url)
            or connection.is_closed()
            or connection.has_expired()
        ):
            return self._send_over_new(request)
        # Other bodies can only be read once, so the check before sending would be too late to use a new connection.
        is_repeatable = isinstance(request.stream, ByteStream)
        if not is_repeatable and not backend.is_quiet():
            return self._send_over_new(request)
        if backend.has_sent:
            backend.has_sent = False
        try:
            return connection.handle_request(request)
        except httpcore.ConnectionNotAvailable:
            if not is_repeatable:
                raise httpcore.WriteError(_NOT_QUIET) from None
        return self._send_over_new(request)

    def _send_over_new(self, request: httpcore.Request) -> httpcore.Response:
        self.close()
        url = request.url
        tls = shared_context() if url.scheme == _HTTPS else None
        backend = self._backend = Backend(url)
        connection = self._connection = httpcore.HTTPConnection(
            url.origin, tls, self._idle_seconds, network_backend=backend
        )
        response = connection.handle_request(request)
        remove_locks(connection)
        return response

    def close(self) -> None:
        """Close the connection. Another request opens a new one."""
        connection, self._connection = self._connection, None
        if connection is None or self._backend is None:
            return
        try:
            connection.close()
        finally:
            # During interpreter shutdown, httpcore may fail because modules that it uses are gone.
            if self._backend.channel is not None:
                self._backend.channel.close()
