"""Make attempts with aiohttp, for the tasks of one event loop."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from os import strerror
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from orbitconnect_api import operations

from ..._concurrency.auto_close import close_with_loop
from ..._concurrency.blocking import in_threads
from ..._concurrency.slots import AsyncSlots
from ..._pipeline.api_host import API_HOST
from ..._pipeline.body import Body, BodyFlaw
from ..._pipeline.clock import Clock
from ..._pipeline.outcome import Answer, Failure
from ..._pipeline.prepare import Prepared
from .. import limits
from ..authorities import with_remedy
from ..headers import joined, text
from ..limits import CONNECT_SECONDS, IDLE_SECONDS
from ..proxy import proxy_at
from ..setup_error import SetupError
from ..tls import shared_context
from .connector import Connector, connected, end_body_with_connection

# aiohttp's default is 8 KiB, and it rejects responses with a longer header.
_HEADER_BYTES: Final = 64 * 1024
_EXACT: Final = float("inf")
"""Infinite, so that aiohttp never rounds time limits up to whole seconds."""


def _connect_limit(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, connect=seconds, ceil_threshold=_EXACT)


_CONNECT_LIMIT: Final = _connect_limit(CONNECT_SECONDS)
_PORTS: Final = {"http": 80, "https": 443}
_LARGE: Final = 1024 * 1024


class _Broke(Exception):
    """The connection broke. Not one of aiohttp's exceptions, because aiohttp would retry the request itself."""


async def _once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    # aiohttp itself would retry GET, PUT and DELETE on a broken connection. The pipeline decides on retries instead.
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        reason = _reason(error)
    raise _Broke(reason)


class AiohttpAdapter:
    """Makes attempts with an aiohttp session whose features that a server SDK does not need are turned off."""

    __slots__ = ("_calls", "_clock", "_closed", "_ending", "_proxy", "_proxy_headers", "_session", "_slots")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._slots = AsyncSlots(limits.MAX_CONNECTIONS)
        self._calls = 0
        self._closed = False
        self._proxy, self._proxy_headers = _proxy()
        self._session = aiohttp.ClientSession(
            # The slots limit the number of connections, because they support a time limit for waiting.
            connector=Connector(shared_context(), IDLE_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=_CONNECT_LIMIT,
            auto_decompress=False,
            max_line_size=_HEADER_BYTES,
            max_field_size=_HEADER_BYTES,
            # aiohttp would add a type to a POST without a body.
            skip_auto_headers=("content-type",),
            middlewares=(_once,),
        )
        self._ending = close_with_loop(self._session.close)

    async def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`."""
        self._calls += 1
        try:
            return await self._send(prepared, ends)
        finally:
            self._calls -= 1
            if self._closed:
                await self.aclose()

    async def _send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        clock, slots = self._clock, self._slots
        left = None if ends is None else ends - clock.monotonic()
        if left is not None and left <= 0:
            return Failure("The time limit passed before the request was sent", sent=False, timeout=True)
        slot = await slots.acquire(left)
        if slot is None:
            return Failure("No connection became free in time", sent=False, timeout=True)
        has_connection: list[bool] = []
        token = connected.set(has_connection)
        try:
            left = None if ends is None else ends - clock.monotonic()
            async with asyncio.timeout(left):
                outcome = await self._exchange(prepared, left)
        except TimeoutError:
            outcome = Failure(f"{API_HOST} did not answer in time", sent=True, timeout=True)
        finally:
            connected.reset(token)
            slots.release(slot)
        if isinstance(outcome, Failure) and outcome.sent and not has_connection:
            return outcome._replace(sent=False)
        return outcome

    async def _exchange(self, prepared: Prepared, left: float | None) -> Answer | Failure:
        headers = CIMultiDict([(name.decode(), value.decode()) for name, value in prepared.headers(self._clock.time())])
        limit = _CONNECT_LIMIT
        if left is not None and left < CONNECT_SECONDS:
            limit = _connect_limit(max(left, 0.001))
        try:
            response = await self._session.request(
                prepared.method,
                _parse(prepared.url),
                headers=headers,
                data=_payload(prepared),
                allow_redirects=False,
                proxy=self._proxy,
                proxy_headers=self._proxy_headers,
                timeout=limit,
            )
        except (_Broke, aiohttp.ClientError, OSError) as error:
            return _failure_of(error)
        try:
            return await _collect(response)
        finally:
            # Returns the connection if its response was read to the end, and closes it otherwise.
            response.close()

    async def aclose(self) -> None:
        """Close the connections after the last running call. aiohttp's own `close` would interrupt running calls."""
        self._closed = True
        if not self._calls:
            await self._ending.aclose()

    def __del__(self) -> None:
        # If the event loop has ended, its connections are gone, and aiohttp would log an error for each.
        session = getattr(self, "_session", None)  # Missing if the constructor failed.
        connector = None if session is None else session.connector
        if session is not None and connector is not None:
            session.detach()
            with suppress(StopIteration, RuntimeError):
                next(iter(connector.close().__await__()))


def _proxy() -> tuple[URL | None, dict[str, str] | None]:
    parts = urlsplit(operations.BASE_URL)
    proxy = proxy_at(parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme])
    if proxy is None:
        return None, None
    if proxy.is_socks:
        raise SetupError("the environment names a SOCKS proxy, which aiohttp cannot use: choose transport='httpx'")
    headers = None if proxy.credentials is None else {"Proxy-Authorization": proxy.credentials.basic}
    return URL.build(scheme=proxy.scheme, host=proxy.host, port=proxy.port), headers


def _payload(prepared: Prepared) -> bytes | BytesIO | AsyncIterator[bytes] | None:
    if prepared.payload is not None:
        return in_threads(prepared.payload.chunks())
    body = prepared.body
    # aiohttp warns about large bodies in one piece. Pass an in-memory file instead, which aiohttp sends in chunks.
    return body if body is None or len(body) <= _LARGE else BytesIO(body)


@lru_cache(maxsize=512)
def _parse(url: str) -> URL:
    # The URL is already encoded and must be sent unchanged.
    return URL(url, encoded=True)


async def _collect(response: aiohttp.ClientResponse) -> Answer:
    headers = joined((text(name), text(value)) for name, value in response.raw_headers)
    body = Body(headers.get("content-encoding"))
    flaw, cut_short = "", False
    end_body_with_connection(response)
    try:
        while chunk := await response.content.readany():
            body.feed(chunk)
            while body.has_more:
                await asyncio.sleep(0)  # Let the time limit and other tasks run.
                body.feed(b"")
        content = body.finish()
    except BodyFlaw as error:
        flaw, content = str(error), body.so_far
    except (aiohttp.ClientError, ConnectionError):
        flaw, cut_short, content = "it is incomplete", True, body.so_far
    return Answer(response.status, headers, content, flaw, cut_short)


def _failure_of(error: Exception) -> Failure:
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return Failure(f"Could not connect to {API_HOST}: it did not answer in time", sent=False, timeout=True)
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return Failure(f"The proxy did not connect to {API_HOST}: HTTP {error.status}", sent=False)
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return Failure(f"The proxy did not connect to {API_HOST}: {_reason(error)}", sent=False)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Failure(f"Could not connect to {API_HOST}: {_reason(error)}", sent=False, unreachable=True)
    if isinstance(error, TimeoutError):
        return Failure(f"{API_HOST} did not answer in time", sent=True, timeout=True)
    return Failure(f"The connection to {API_HOST} broke: {_reason(error)}", sent=True)


def _reason(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return with_remedy(str(error.certificate_error))
    if isinstance(error, aiohttp.ClientConnectorError):
        if isinstance(error.os_error, ssl.SSLError):  # Its `errno` is from OpenSSL.
            return with_remedy(str(error.os_error))
        number = error.os_error.errno
        # asyncio's message contains the address instead of the reason. (Name lookup errors have a negative errno.)
        return f"[Errno {number}] {strerror(number)}" if number and number > 0 else str(error.os_error)
    if isinstance(error, aiohttp.ClientResponseError):
        # Its text contains the URL, and its attributes contain the request's headers.
        return "the response is not HTTP"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        # Its text may contain everything received.
        return "the server disconnected"
    return str(error) or type(error).__name__
