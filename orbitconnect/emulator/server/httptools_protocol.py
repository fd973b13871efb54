"""Extends uvicorn's protocol with the parser httptools, and adds the checks that h11 makes and httptools does not."""

from __future__ import annotations

import asyncio
import re
import sys
from collections import deque
from typing import Any, Final, cast
from urllib.parse import unquote

from httptools import HttpRequestParser
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from .guards import MAX_HEAD
from .protocol import LOG, TRANSPORT, HeadTimer, invalid_request

_TARGET: Final = re.compile(rb"[!-~]+")
_VERSIONS: Final = frozenset({"1.0", "1.1"})
_HEADERS_TOO_LARGE: Final = 431
_NOT_IMPLEMENTED: Final = 501


class _InvalidRequest(Exception):
    """The request is not valid HTTP, or its head is too large."""

    def __init__(self, status: int = 400) -> None:
        super().__init__()
        self.status = status


class LoopbackHttptoolsProtocol(HttpToolsProtocol):
    """One connection."""

    parser: HttpRequestParser
    _head_timer: HeadTimer
    _open_cycles: deque[RequestResponseCycle]
    """The requests whose responses are not complete. uvicorn itself knows only the latest."""
    _has_begun = False
    """Whether the beginning of a head has arrived, but not all of it."""
    _is_in_head = True
    """Whether the next bytes belong to a head, or stand between two requests."""
    _unparsed = 0
    """The number of bytes since the last complete head or piece of a body. The parser does not limit it."""
    _is_refused = False
    """Whether invalid bytes have arrived. The connection is closed after the responses to the requests before them."""

    _received = b""
    """The bytes that are being parsed."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # As uvicorn has it.
        """Give the application access to the transport, for scripted faults."""
        super().connection_made(transport)
        self.logger = LOG
        self.access_log = False
        self.app_state: dict[str, Any] = {**self.app_state, TRANSPORT: transport}
        self._head_timer = HeadTimer(self.loop, transport)
        self._open_cycles = deque()

    def data_received(self, data: bytes) -> None:
        """Handle received bytes."""
        if self._is_refused or self.transport.is_closing():
            return
        self._unparsed += len(data)
        self._received = data
        super().data_received(data)
        if self._is_refused or self.transport.is_closing() or self.transport.get_protocol() is not self:
            return
        if self._unparsed > MAX_HEAD:
            self._refuse(_HEADERS_TOO_LARGE)
        else:
            self._head_timer.update(has_begun=self._has_begun or (self._is_in_head and self._unparsed > 0))

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer, and tell the application."""
        self._head_timer.stop()
        for cycle in self._open_cycles:
            cycle.disconnected = True  # Otherwise, it would write to a closed connection, and uvloop would raise.
            cycle.message_event.set()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Begin a head."""
        self._has_begun = True
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header. The fields of a trailer are ignored, as by uvicorn with h11."""
        if self._is_in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Check the head, and start the request."""
        self._check_head()
        super().on_headers_complete()
        if self.parser.should_upgrade():
            return  # `handle_websocket_upgrade` continues.
        self._open_cycles.append(self.cycle)
        # uvicorn drops the scheme and the host of an absolute target, and with them the name of another host.
        raw_path, _, query = self.url.partition(b"?")
        self.scope["raw_path"], self.scope["query_string"] = raw_path, query
        self.scope["path"] = unquote(raw_path.decode("ascii"))
        self._has_begun = self._is_in_head = False
        self._unparsed = 0

    def on_body(self, body: bytes) -> None:
        """Take a piece of a body."""
        self._unparsed = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End the request's body."""
        self._is_in_head = True
        self._unparsed = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Continue with the next request."""
        self._open_cycles.popleft()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Respond to bytes that are not HTTP, and close the connection."""
        error = sys.exception()
        cause = None if error is None else error.__context__
        self._refuse(cause.status if isinstance(cause, _InvalidRequest) else 400)

    def _should_upgrade(self) -> bool:
        return True

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over to h11, if a request asks for another protocol, such as `Upgrade: h2c`.

        httptools would drop the body of such a request. Java's HTTP client sends them.
        """
        from .h11_protocol import LoopbackH11Protocol  # Imported here because few clients need it.

        cycle = cast("RequestResponseCycle | None", self.cycle)
        if cycle is not None and not cycle.response_complete:
            self._refuse(400)
            return
        end: int = cast("BaseException", sys.exception()).args[0]
        version = self.parser.get_http_version().encode()
        head = [self.parser.get_method(), b" ", self.url, b" HTTP/", version, b"\r\n"]
        for name, value in self.headers:
            head += [name, b": ", value, b"\r\n"]
        self._head_timer.stop()
        self.connections.discard(self)
        protocol = LoopbackH11Protocol(self.config, self.server_state, self.app_state)
        self.transport.set_protocol(protocol)
        protocol.connection_made(self.transport)
        protocol.data_received(b"".join((*head, b"\r\n", self._received[end:])))

    def _check_head(self) -> None:
        if len(self.url) > MAX_HEAD:  # uvicorn could not split it.
            raise _InvalidRequest(_HEADERS_TOO_LARGE)
        hosts = 0
        for name, value in self.headers:
            if name == b"host":
                hosts += 1
            elif name == b"transfer-encoding" and value.lower() != b"chunked":
                raise _InvalidRequest(_NOT_IMPLEMENTED)
        version = self.parser.get_http_version()
        if version not in _VERSIONS or hosts > 1 or (version == "1.1" and not hosts) or not _TARGET.fullmatch(self.url):
            raise _InvalidRequest

    def _refuse(self, status: int) -> None:
        self._is_refused = True
        self._head_timer.stop()
        cycle = cast("RequestResponseCycle | None", self.cycle)
        if cycle is not None and not cycle.response_complete:
            if not cycle.more_body:
                # The request before is complete. Respond to it first.
                cycle.keep_alive = False
                return
            # The application may still be reading the body. Tell it that the client has disconnected.
            cycle.disconnected = True
            cycle.message_event.set()
            if cycle.response_started or self.pipeline:
                self.transport.abort()
                return
        headers, body = invalid_request(self.config, status)
        lines = [b"%s: %s\r\n" % header for header in headers]
        self.transport.write(b"".join((STATUS_LINE[status], *lines, b"\r\n", body)))
        self.transport.close()
