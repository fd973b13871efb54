"""Extends uvicorn's protocol with the parser h11."""

from __future__ import annotations

import asyncio
import sys
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol, RequestResponseCycle

from .protocol import LOG, TRANSPORT, HeadTimer, invalid_request


class LoopbackH11Protocol(H11Protocol):
    """One connection."""

    _head_timer: HeadTimer

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # As uvicorn has it.
        """Give the application access to the transport, for scripted faults."""
        super().connection_made(transport)
        self.logger = LOG
        self.access_log = False
        self.app_state: dict[str, Any] = {**self.app_state, TRANSPORT: transport}
        self._head_timer = HeadTimer(self.loop, transport)

    def data_received(self, data: bytes) -> None:
        """Handle received bytes."""
        super().data_received(data)
        self._head_timer.update(has_begun=self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0]))

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer."""
        self._head_timer.stop()
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
        headers, body = invalid_request(self.config, status)
        events: tuple[h11.Event, ...] = (
            h11.Response(status_code=status, headers=headers, reason=STATUS_PHRASES[status]),
            h11.Data(data=body),
            h11.EndOfMessage(),
        )
        self.transport.write(b"".join(self.conn.send(event) or b"" for event in events))
        self.transport.close()
