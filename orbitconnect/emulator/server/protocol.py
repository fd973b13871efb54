"""What the protocols for uvicorn's two parsers share: a time limit for slow clients, JSON errors, access to the socket.

A protocol handles one connection. `h11_protocol` is written in Python and always installed with uvicorn;
`httptools_protocol` is faster.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
from typing import Final, Protocol

from starlette.types import Scope

from orbitconnect_api.operations import ERROR_CODE_FIELD, ERROR_MESSAGE_FIELD

from ..json_text import encode_json
from .request_lines import Report

HEAD_SECONDS: Final = 15.0
"""How long a client may take to send the head of a request, in seconds."""
TRANSPORT: Final = "orbit.transport"
"""The key of the connection in the state of an ASGI scope."""
LOG: Final = logging.getLogger("orbitconnect.emulator.server")

_NO_LINGER: Final = struct.pack("ii", 1, 0)


class HeadTimer:
    """Closes a connection if the head of a request does not arrive completely within `HEAD_SECONDS`.

    Between requests, uvicorn's keep-alive limit applies.
    """

    __slots__ = ("_handle", "_loop", "_transport")

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.Transport) -> None:
        """Start the timer for the first head of a connection."""
        self._loop = loop
        self._transport = transport
        self._handle: asyncio.TimerHandle | None = None
        self.update(has_begun=True)

    def update(self, *, has_begun: bool) -> None:
        """Start the timer unless it runs, if a head has begun to arrive. Otherwise, stop it."""
        if not has_begun:
            self.stop()
        elif self._handle is None:
            self._handle = self._loop.call_later(HEAD_SECONDS, self._close)

    def stop(self) -> None:
        """Stop the timer."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _close(self) -> None:
        self._handle = None
        if not self._transport.is_closing():
            self._transport.close()


class _Config(Protocol):
    """The part of uvicorn's configuration that has the application."""

    @property
    def loaded_app(self) -> object: ...


def invalid_request(config: _Config, status: int) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Report bytes that are not an HTTP request. Returns the headers and the body of the response."""
    report: Report | None = getattr(config.loaded_app, "report", None)
    if report is not None:
        report(f"invalid HTTP request {status}")
    value = {ERROR_MESSAGE_FIELD: "This is not a valid HTTP/1.1 request.", ERROR_CODE_FIELD: "bad_request"}
    body = encode_json(value).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
        (b"connection", b"close"),
    ]
    return headers, body


def transport_of(scope: Scope) -> asyncio.Transport | None:
    """The connection of a request; None if another server runs the application."""
    transport: asyncio.Transport | None = scope.get("state", {}).get(TRANSPORT)
    return transport


def reset(transport: asyncio.Transport) -> None:
    """Reset a connection with a RST instead of a FIN, as a crashed machine does."""
    connection: socket.socket | None = transport.get_extra_info("socket")
    if connection is not None and connection.fileno() >= 0:  # Otherwise, the client has closed the connection.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    transport.abort()
