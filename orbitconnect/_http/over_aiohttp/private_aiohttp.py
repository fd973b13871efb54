"""The only module that uses names of aiohttp that are private or undocumented.

Importing this module fails if the installed aiohttp does not have them. They serve three purposes:

- `_release` of connectors aborts connections that must not be used again. aiohttp would first shut down TLS, which
  keeps the connection to an unresponsive server open for another 30 seconds.
- `_factory` of connectors creates the protocols of connections. Ours detects bytes that arrive between two requests.
- `ClientRequest.send` and `ClientResponse.start` make one attempt. aiohttp's session would also handle redirects,
  cookies and authentication, and would send some requests twice. Small bodies are sent with the head, in one step.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from functools import partial
from inspect import signature
from types import SimpleNamespace
from typing import Any, Final, cast

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.connector import Connection
from yarl import URL

from ..readable import is_readable

# aiohttp's default is 8 KiB, and it rejects responses with a longer header.
_HEADER_BYTES: Final = 64 * 1024
_RESPONSE_OPTIONS: Final[dict[str, Any]] = {
    "read_until_eof": True,
    "auto_decompress": False,
    "max_line_size": _HEADER_BYTES,
    "max_field_size": _HEADER_BYTES,
}


class Protocol(ResponseHandler):
    """A connection that closes itself if it receives bytes between two requests."""

    is_reused = False
    is_idle = False
    """Whether the previous response has ended, and no further request was written."""

    def connection_made(self, transport: Any) -> None:
        """Store the transport."""
        super().connection_made(transport)
        if self.closed is not None:
            self.closed.add_done_callback(_retrieve_exception)

    def data_received(self, data: bytes) -> None:
        """Parse a part of a response."""
        if self.is_idle and data:
            self.abort()
        else:
            super().data_received(data)

    def is_unusable(self) -> bool:
        """Whether the connection has ended, received bytes that belong to no request, or is still sending."""
        transport = self.transport
        if transport is None or self.should_close or self.writing_paused:
            return True
        # Bytes may have arrived that the event loop has not read yet.
        return is_readable(transport.get_extra_info("socket").fileno())


def _retrieve_exception(closed: Any) -> None:
    """Retrieve the exception of a closed connection. Otherwise, asyncio would log that it was never retrieved."""
    if not closed.cancelled():
        closed.exception()


class PrivateConnector(aiohttp.TCPConnector):
    """Opens connections with our protocol, and aborts those that must not be used again."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # pyright: ignore[reportUnknownMemberType]  # A type in its signature lacks its parameters.
        self._factory = cast("partial[ResponseHandler]", partial(Protocol, loop=asyncio.get_running_loop()))

    def _release(self, key: ConnectionKey, protocol: ResponseHandler, *, should_close: bool = False) -> None:
        if should_close:
            protocol.abort()
        elif isinstance(protocol, Protocol):
            protocol.is_idle = protocol.is_reused = True
        super()._release(key, protocol, should_close=should_close)


class _HeadBuffer:
    """Keeps the head of a request, in place of the transport that would send it."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self.head = b""
        self.is_closing = transport.is_closing

    def write(self, data: bytes) -> None:
        self.head += data


class Request(aiohttp.ClientRequest):
    """A request that is only written if its connection has received nothing since the previous response."""

    small_body = b""
    """The body, unless it was passed as `data`. It is sent together with the head, without a task of its own."""
    is_withheld = False
    """Whether the request was not written."""

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        """Send the request, and wait for the head of the response."""
        protocol = connection.protocol
        assert isinstance(protocol, Protocol), "The connector creates no other protocols."
        protocol.set_response_params(skip_payload=self.method == "HEAD", **_RESPONSE_OPTIONS)
        if not self.body:
            protocol.is_idle = False
        response = await (self._send_at_once(connection, protocol) if self.small_body else self.send(connection))
        if self.is_withheld:  # Since Python 3.12, the task that writes has run already.
            return response
        try:
            return await response.start(connection)
        except BaseException:
            response.close()
            raise

    async def _send_at_once(self, connection: Connection, protocol: Any) -> aiohttp.ClientResponse:
        transport = protocol.transport
        protocol.transport = buffer = _HeadBuffer(transport)
        try:
            # Without `data`, this writes the head and does not wait for anything.
            response = await self.send(connection)
        finally:
            protocol.transport = transport
        transport.write(buffer.head + self.small_body)
        return response

    async def write_bytes(
        self, writer: AbstractStreamWriter, conn: Connection, content_length: int | None = None
    ) -> None:
        """Write the head and the body that was passed as `data`."""
        # aiohttp runs this as a task. Before Python 3.12, a task starts later, and bytes may have arrived since the
        # connection was taken.
        protocol = conn.protocol
        if not isinstance(protocol, Protocol) or (protocol.is_reused and protocol.is_unusable()):
            self.is_withheld = True
            conn.close()
            return
        protocol.is_idle = False
        await super().write_bytes(writer, conn, content_length)


class _Probe:
    """Stands in for the connector of a connection."""

    force_close = False

    def __init__(self) -> None:
        self.released: list[bool] = []

    def _release(self, key: object, protocol: object, *, should_close: bool = False) -> None:
        self.released.append(should_close)


def _try() -> bool:
    """Make an attempt without a network. Returns whether all parts work together as this module assumes."""
    part: Any = SimpleNamespace(get_debug=lambda: False, is_closed=lambda: False, is_closing=lambda: False)
    part.create_future = lambda: asyncio.Future[Any](loop=part)
    probe: Any = _Probe()
    sent: Any = _HeadBuffer(part)
    protocol = Protocol(part)
    protocol.transport = sent
    options: dict[str, Any] = {"data": None, "skip_auto_headers": None, "proxy": None, "proxy_headers": None}
    request = Request("POST", URL("http://a"), headers=[("Content-Length", "2")], loop=part, **options)
    request.small_body = b"{}"
    connection, unused = Connection(probe, part, protocol, part), Connection(probe, part, protocol, part)
    try:
        attempt = request.start(connection)
        attempt.send(None)
        protocol.data_received(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")
        attempt.send(None)
    except StopIteration as ended:
        response: aiohttp.ClientResponse = ended.value
        unused.close()
        return (
            re.fullmatch(rb"POST / HTTP/1.1\r\n(?:[\w-]+: .+\r\n)+\r\n{}", sent.head) is not None
            and (response.status, response.content.read_nowait(), response.connection) == (200, b"[]", None)
            and probe.released == [False, True]
            and not (protocol.should_close or protocol.writing_paused)
        )
    finally:
        connection.close()
        unused.close()
    return False


def check() -> None:
    """Raise an `ImportError` if the installed aiohttp lacks something that this module needs."""
    is_known = False
    # An incompatible version may raise anything.
    with suppress(Exception):
        writing = signature(aiohttp.ClientRequest.write_bytes).parameters
        is_known = (
            [*writing] == ["self", "writer", "conn", "content_length"]
            and "_factory" in aiohttp.BaseConnector.__init__.__code__.co_names
            and hasattr(aiohttp.TCPConnector, "_release")
            and hasattr(ResponseHandler, "abort")
            and hasattr(ResponseHandler, "force_close")
            and isinstance(ResponseHandler.closed, property)
            and _try()
        )
    if not is_known:
        raise ImportError(
            f"orbitconnect cannot send requests with aiohttp {aiohttp.__version__}: its internals have changed. "
            "Install the newest orbitconnect, or an older aiohttp."
        )


check()
