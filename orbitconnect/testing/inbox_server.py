"""The HTTP server of a webhook inbox, on a free port of 127.0.0.1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event as Signal
from typing import ClassVar, Final, TypeAlias, cast

from attrs import frozen

from orbitconnect_api.types import SafeRepr

from ..webhooks.chunks import read_chunks

_BAD_REQUEST: Final = 400
_TOO_LARGE: Final = 413
_MAX_BODY: Final = 16 * 2**20


@frozen(repr=False)
class InboxResponse(SafeRepr):
    """A response to a delivery."""

    status: int | None
    """None closes the connection without a response."""
    body: bytes
    headers: Mapping[str, str]
    delay: float
    """Seconds to wait before the response is sent."""


Receive: TypeAlias = Callable[[Mapping[str, str], bytes], InboxResponse]
"""Receives the headers of a delivery, with names in lower case, and its body; returns the response."""


class InboxServer(ThreadingHTTPServer):
    """Receives deliveries, each in a separate thread.

    Args:
        receive: Called for each delivery.
        closing: Ends the delays of responses when it is set.
    """

    # Closing the server waits for the threads.
    daemon_threads = False
    block_on_close = True

    def __init__(self, receive: Receive, closing: Signal) -> None:
        self.receive: Final = receive
        self.closing: Final = closing
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing: a sender may disconnect at any time."""


class _Handler(BaseHTTPRequestHandler):
    timeout: ClassVar[float | None] = 2.0
    server_version = "WebhookInbox"
    sys_version = ""

    def do_POST(self) -> None:
        try:
            body = self._body()
        except ValueError:
            self.send_error(_BAD_REQUEST)
            return
        if len(body) > _MAX_BODY:
            self.send_error(_TOO_LARGE)
            return
        server = cast("InboxServer", self.server)
        response = server.receive({name.lower(): value for name, value in self.headers.items()}, body)
        if response.delay:
            server.closing.wait(response.delay)
        if response.status is None:
            return
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(response.body)))
        self.end_headers()
        self.wfile.write(response.body)

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            return read_chunks(self.rfile, _MAX_BODY)
        length = int(self.headers.get("content-length") or 0)
        if length < 0:
            raise ValueError
        body = self.rfile.read(min(length, _MAX_BODY + 1))
        if len(body) < length and len(body) <= _MAX_BODY:
            raise ConnectionError  # The sender disconnected.
        return body

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: the test sees every delivery."""
