"""Ensure that aiohttp matches each response to its request.

aiohttp would use bytes that arrived over an idle connection as the response to the next request. If a connection ends
inside a chunk's header, aiohttp does not notify the reader of the body.
"""

# ruff: noqa: ASYNC109  # The parameter is aiohttp's.

from __future__ import annotations

import socket
import ssl
from asyncio import Future
from contextvars import ContextVar
from typing import Final
from weakref import WeakSet

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

from .. import live_hook
from ..addresses import Address, find_async
from ..readable import is_readable
from ..tls import forget_session
from .private_aiohttp import AbortingConnector

_MOST_ADDRESSES: Final = 16

connected: Final[ContextVar[list[bool]]] = ContextVar("orbitconnect_connected")
"""A list that gets an item when this context's call gets a connection. While it is empty, nothing was sent."""


class Connector(AbortingConnector):
    """Discards idle connections that received any bytes or were closed."""

    def __init__(self, tls: ssl.SSLContext, idle_seconds: float) -> None:
        # The adapter limits the number of connections. Time limits are not rounded up to whole seconds.
        super().__init__(  # pyright: ignore[reportUnknownMemberType]  # A type in aiohttp's signature lacks its parameters.
            ssl=tls, resolver=_Resolver(), limit=0, keepalive_timeout=idle_seconds, timeout_ceil_threshold=float("inf")
        )
        self._known: WeakSet[ResponseHandler] = WeakSet()

    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        """Take an idle connection, or open one."""
        if live_hook.check is not None:
            live_hook.check(req.url.host or "")
        connection = await self._take_or_connect(req, traces, timeout)
        connected.get([]).append(True)
        return connection

    async def _take_or_connect(
        self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        while True:
            try:
                connection = await super().connect(req, traces, timeout)
            except aiohttp.ClientConnectorError:
                forget_session(req.url.host or "")
                raise
            protocol = connection.protocol
            assert protocol is not None, "A new connection always has a protocol."
            if protocol not in self._known:
                self._known.add(protocol)
                if protocol.closed is not None:
                    protocol.closed.add_done_callback(_take_note)
                return connection
            if not (protocol.should_close or _has_unread(connection)):
                return connection
            connection.close()


def _take_note(closed: Future[None]) -> None:
    """Retrieve the exception of a closed connection. Otherwise, asyncio would log that it was never retrieved."""
    if not closed.cancelled():
        closed.exception()


def end_body_with_connection(response: aiohttp.ClientResponse) -> None:
    """Make reading a body fail if its connection ends."""
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
    content.on_eof(forget)  # The connection may be used for many more responses.


class _Resolver(AbstractResolver):
    """Resolves names in the SDK's own threads. The event loop's executor threads would delay the program's exit."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        # aiohttp applies the time limit. After each failed address, it tries all addresses again.
        found = await find_async(host, port, None)
        return [_as_aiohttp(host, address) for address in found[:_MOST_ADDRESSES]]

    async def close(self) -> None:
        """Do nothing, because a running lookup ends without help."""


def _as_aiohttp(hostname: str, address: Address) -> ResolveResult:
    host, port, *ipv6_parts = address.sockaddr
    scope = f"%{ipv6_parts[1]}" if len(ipv6_parts) > 1 and ipv6_parts[1] else ""
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(
        hostname=hostname, host=f"{host}{scope}", port=port, family=address.family, proto=0, flags=flags
    )


def _has_unread(connection: Connection) -> bool:
    """Whether bytes have arrived that the event loop has not read yet."""
    transport = connection.transport
    return transport is None or is_readable(transport.get_extra_info("socket").fileno())
