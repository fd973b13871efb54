"""Extends uvicorn's HTTP protocol: a time limit for slow clients, JSON errors, and access to the socket."""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
import sys
from collections.abc import Callable
from typing import Any, Final, cast

import h11
from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol, RequestResponseCycle

from orbitconnect_api.operations import ERROR_CODE_FIELD, ERROR_MESSAGE_FIELD

from ..json_text import encode_json

HEAD_SECONDS: Final = 15.0
"""How long a client may take to send the head of a request, in seconds."""

LOG: Final = logging.getLogger("orbitconnect.emulator.server")

_TRANSPORT: Final = "orbit.transport"
_NO_LINGER: Final = struct.pack("ii", 1, 0)


class LoopbackProtocol(H11Protocol):
    """One connection."""

    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # As uvicorn has it.
        """Give the application access to the transport, for scripted faults."""
        super().connection_made(transport)
        self.logger = LOG
        self.access_log = False
        self.app_state: dict[str, Any] = {**self.app_state, _TRANSPORT: transport}
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._close_idle)

    def data_received(self, data: bytes) -> None:
        """Handle received bytes."""
        super().data_received(data)
        # Once a head has begun, it must arrive completely within the limit. Between requests, uvicorn's keep-alive
        # limit applies.
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            if self._head_timer is None:
                self._head_timer = self.loop.call_later(HEAD_SECONDS, self._close_idle)
        elif self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer."""
        if self._head_timer is not None:
            self._head_timer.cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Respond to bytes that are not HTTP, and close the connection."""
        status = getattr(sys.exception(), "error_status_hint", 400)
        cycle = cast("RequestResponseCycle | None", self.cycle)
        if cycle is not None and not cycle.response_complete:
            # The application may still be reading the body. Tell it that the client has disconnected.
            cycle.disconnected = True
            cycle.message_event.set()
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.abort()
            return
        value = {ERROR_MESSAGE_FIELD: "This is not a valid HTTP/1.1 request.", ERROR_CODE_FIELD: "bad_request"}
        body = encode_json(value).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            (b"connection", b"close"),
        ]
        events: tuple[h11.Event, ...] = (
            h11.Response(status_code=status, headers=headers, reason=STATUS_PHRASES[status]),
            h11.Data(data=body),
            h11.EndOfMessage(),
        )
        report: Callable[[str], None] | None = getattr(self.config.loaded_app, "report", None)
        if report is not None:
            report(f"invalid HTTP request {status}")
        self.transport.write(b"".join(self.conn.send(event) or b"" for event in events))
        self.transport.close()

    def _close_idle(self) -> None:
        self._head_timer = None
        if not self.transport.is_closing():
            self.transport.close()


def transport_of(scope: Scope) -> asyncio.Transport | None:
    """The connection of a request; None if another server runs the application."""
    transport: asyncio.Transport | None = scope.get("state", {}).get(_TRANSPORT)
    return transport


def reset(transport: asyncio.Transport) -> None:
    """Reset a connection with a RST instead of a FIN, as a crashed machine does."""
    connection: socket.socket | None = transport.get_extra_info("socket")
    if connection is not None and connection.fileno() >= 0:  # Otherwise, the client has closed the connection.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    transport.abort()
