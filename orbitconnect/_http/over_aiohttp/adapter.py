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
from aiohttp.connector import Connection
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
from ..headers import decoded, states_more
from ..limits import IDLE_SECONDS, JOINED_BYTES
from ..proxy import DEFAULT_PORTS, proxy_at
from ..setup_error import SetupError
from ..tls import shared_context
from .connector import Connector, end_body_with_connection
from .private_aiohttp import Request

_LARGE: Final = 1024 * 1024
_NO_TYPE: Final = ("content-type",)
"""aiohttp would add a type to a POST without a body."""


class AiohttpAdapter:
    """Makes attempts with aiohttp's connections, requests and responses, but without its session."""

    __slots__ = ("_calls", "_clock", "_closed", "_connector", "_ending", "_loop", "_proxy", "_proxy_headers", "_slots")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # The slots limit the number of connections, because they support a time limit for waiting.
        self._slots = AsyncSlots(limits.MAX_CONNECTIONS)
        self._calls = 0
        self._closed = False
        self._loop = asyncio.get_running_loop()
        self._proxy, self._proxy_headers = _proxy()
        self._connector = Connector(shared_context(), IDLE_SECONDS)
        self._ending = close_with_loop(self._connector.close)

    async def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`."""
        clock, slots = self._clock, self._slots
        left = None if ends is None else ends - clock.monotonic()
        if left is not None and left <= 0:
            return Failure("The time limit passed before the request was sent", sent=False, timeout=True)
        self._calls += 1
        slot = None
        try:
            slot = await slots.acquire(left)
            if slot is None:
                return Failure("No connection became free in time", sent=False, timeout=True)
            return await self._attempt(prepared, None if ends is None else ends - clock.monotonic())
        finally:
            slots.release(slot)
            self._calls -= 1
            if self._closed:
                await self.aclose()

    async def _attempt(self, prepared: Prepared, left: float | None) -> Answer | Failure:
        connection: Connection | None = None
        try:
            async with asyncio.timeout(left):
                request = self._request(prepared)
                connection = await self._connector.take(request)
                return await _exchange(request, connection)
        except TimeoutError:
            if connection is None:
                return Failure(f"Could not connect to {API_HOST}: it did not answer in time", sent=False, timeout=True)
            return Failure(f"{API_HOST} did not answer in time", sent=True, timeout=True)
        except (aiohttp.ClientError, OSError) as error:
            return _failure_of(error)._replace(sent=False)
        finally:
            if connection is not None:
                connection.close()  # Has no effect if the response was read to the end.

    def _request(self, prepared: Prepared) -> Request:
        body = prepared.body
        small = body if body is not None and len(body) <= JOINED_BYTES else None
        request = Request(
            prepared.method,
            _parse(prepared.url),
            headers=[(name.decode(), value.decode()) for name, value in prepared.headers(self._clock.time())],
            skip_auto_headers=_NO_TYPE if body is None else None,
            data=None if small else _payload(prepared),
            proxy=self._proxy,
            proxy_headers=self._proxy_headers,
            loop=self._loop,
        )
        if small:
            request.small_body = small
        return request

    async def aclose(self) -> None:
        """Close the connections after the last running call. aiohttp's own `close` would interrupt running calls."""
        self._closed = True
        if not self._calls:
            await self._ending.aclose()

    def __del__(self) -> None:
        # If the event loop has ended, its connections are gone, and aiohttp would log an error for each.
        connector = getattr(self, "_connector", None)  # Missing if the constructor failed.
        if connector is not None:
            with suppress(StopIteration, RuntimeError):
                next(iter(connector.close().__await__()))


def _proxy() -> tuple[URL | None, dict[str, str] | None]:
    parts = urlsplit(operations.BASE_URL)
    proxy = proxy_at(parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme])
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


async def _exchange(request: Request, connection: Connection) -> Answer | Failure:
    response: aiohttp.ClientResponse | None = None
    protocol = connection.protocol
    try:
        response = await request.start(connection)
        if not request.is_withheld:
            answer = await _collect(response)
            if protocol is not None and states_more(answer.status, answer.headers):
                protocol.force_close()
            return answer
    except (aiohttp.ClientError, OSError) as error:
        if not request.is_withheld:
            return _failure_of(error)
    finally:
        # The connection is returned as soon as the response is complete. If it is not, or if the server responded
        # before the whole request was sent, close it.
        if response is not None and response.connection is not None:
            response.close()
    return Failure(f"The connection to {API_HOST} received data before the request was sent", sent=False)


async def _collect(response: aiohttp.ClientResponse) -> Answer:
    headers, content = decoded(response.raw_headers), response.content
    coding = headers.get("content-encoding")
    # Usually, the body arrives together with the head. It is below the limit, because aiohttp stops receiving early.
    if coding is None and content.is_eof():
        return Answer(response.status, headers, content.read_nowait())
    body = Body(coding)
    flaw, cut_short = "", False
    end_body_with_connection(response)
    try:
        while chunk := await content.readany():
            body.feed(chunk)
            while body.has_more:
                await asyncio.sleep(0)  # Let the time limit and other tasks run.
                body.feed(b"")
        whole = body.finish()
    except BodyFlaw as error:
        flaw, whole = str(error), body.so_far
    except (aiohttp.ClientError, ConnectionError):
        flaw, cut_short, whole = "it is incomplete", True, body.so_far
    return Answer(response.status, headers, whole, flaw, cut_short)


def _failure_of(error: Exception) -> Failure:
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
