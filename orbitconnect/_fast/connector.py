"""Sees to it that an answer of aiohttp is the one to the request that was sent.

aiohttp takes whatever came over an idle connection for the answer to the next request, and does not tell the reader of
a body that its connection has ended where a chunk has no size.
"""

# ruff: noqa: ASYNC109  # The parameter is aiohttp's.

from __future__ import annotations

import select
import ssl
import sys
from asyncio import Future
from weakref import WeakSet

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

from .. import _live


class Connector(aiohttp.TCPConnector):
    """Gives up idle connections over which something came, be it an answer, junk or the end."""

    def __init__(self, tls: ssl.SSLContext, idle_seconds: float) -> None:
        # Who uses it sees to it that there are not too many, and that nothing is rounded up to whole seconds.
        super().__init__(  # pyright: ignore[reportUnknownMemberType]  # One of aiohttp's own types has no parameters.
            ssl=tls, limit=0, keepalive_timeout=idle_seconds, timeout_ceil_threshold=float("inf")
        )
        self._known: WeakSet[ResponseHandler] = WeakSet()

    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        """Takes an idle connection, or makes one."""
        if _live.check is not None:
            _live.check(req.url.host or "")
        while True:
            connection = await super().connect(req, traces, timeout)
            protocol = connection.protocol
            assert protocol is not None, "It has just been made."
            if protocol not in self._known:
                self._known.add(protocol)
                if protocol.closed is not None:
                    protocol.closed.add_done_callback(_take_note)
                return connection
            if not (protocol.should_close or _is_readable(connection)):
                return connection
            connection.close()

    def _release(self, key: ConnectionKey, protocol: ResponseHandler, *, should_close: bool = False) -> None:
        if should_close:
            # At once. To say goodbye over TLS would keep a silent server's connection open for another half minute.
            protocol.abort()
        super()._release(key, protocol, should_close=should_close)


def _take_note(closed: Future[None]) -> None:
    """Asks how a connection has ended; of what nobody asks, asyncio writes an error into the log."""
    if not closed.cancelled():
        closed.exception()


def end_body_with_connection(response: aiohttp.ClientResponse) -> None:
    """Sees to it that whoever reads a body learns that its connection has ended."""
    connection, content = response.connection, response.content
    if connection is None or content.is_eof():
        return

    def end(_: Future[None] | None = None) -> None:
        if not content.is_eof() and content.exception() is None:
            content.set_exception(aiohttp.ClientPayloadError("The connection has ended."))

    closed = None if connection.protocol is None else connection.protocol.closed
    if closed is None:
        end()
        return

    def forget() -> None:
        closed.remove_done_callback(end)

    closed.add_done_callback(end)
    content.on_eof(forget)  # The connection may be kept for many more.


def _is_readable(connection: Connection) -> bool:
    """Whether something has arrived that the event loop has not come to yet."""
    transport = connection.transport
    file = -1 if transport is None else transport.get_extra_info("socket").fileno()
    if file < 0:
        return True
    if sys.platform == "win32":
        return bool(select.select([file], [], [], 0)[0])
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return bool(poll.poll(0))
