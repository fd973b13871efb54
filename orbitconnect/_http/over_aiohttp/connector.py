"""Ensure that aiohttp matches each response to its request.

aiohttp would use bytes that arrived over an idle connection as the response to the next request. If a connection ends
inside a chunk's header, aiohttp does not notify the reader of the body.
"""

from __future__ import annotations

import socket
import ssl
from asyncio import Future
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import Connection

from .. import live_hook
from ..addresses import Address, find_async
from ..limits import CONNECT_SECONDS
from ..tls import forget_session
from .private_aiohttp import PrivateConnector, Protocol, Request

_MOST_ADDRESSES: Final = 16

_EXACT: Final = float("inf")
"""Infinite, so that aiohttp never rounds time limits up to whole seconds."""
_LIMIT: Final = aiohttp.ClientTimeout(total=None, connect=CONNECT_SECONDS, ceil_threshold=_EXACT)


class Connector(PrivateConnector):
    """Discards idle connections that received any bytes or were closed."""

    def __init__(self, tls: ssl.SSLContext, idle_seconds: float) -> None:
        # The adapter limits the number of connections. Time limits are not rounded up to whole seconds.
        super().__init__(
            ssl=tls, resolver=_Resolver(), limit=0, keepalive_timeout=idle_seconds, timeout_ceil_threshold=_EXACT
        )

    async def take(self, request: Request) -> Connection:
        """Take an idle connection, or open one."""
        if live_hook.check is not None:
            live_hook.check(request.url.host or "")
        while True:
            try:
                connection = await self.connect(request, [], _LIMIT)
            except aiohttp.ClientConnectorError:
                forget_session(request.url.host or "")
                raise
            protocol = connection.protocol
            assert isinstance(protocol, Protocol), "The connector creates no other protocols."
            if not (protocol.is_reused and protocol.is_unusable()):
                return connection
            connection.close()


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
