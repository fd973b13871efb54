"""httpx transports for an application that reaches an emulator in another process.

    orbit = OrbitServer(secret_key="sk_test_emulator", transport=LoopbackTransport("http://127.0.0.1:7357"))

They lead requests for the API to the emulator, and can lead nowhere else: not to another machine, not with a live key.
"""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncGenerator
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

import httpx
from attrs import frozen

from orbitconnect_api.types import SafeRepr

from .._http.loop_end import close_with_loop
from .exchange import API_ORIGIN

_LIVE_KEY: Final = b"sk_live_"
_API: Final = httpx.URL(API_ORIGIN)
_LIMITS: Final = httpx.Limits(max_connections=None, max_keepalive_connections=100, keepalive_expiry=30.0)


class LoopbackError(ValueError):
    """A request must not be sent to where it was to go. Nothing was."""


class LoopbackTransport(httpx.BaseTransport):
    """Leads to an emulator's server on this machine."""

    def __init__(self, url: str) -> None:
        """Connects to nothing yet.

        Args:
            url: The server's, as `orbitconnect emulator` prints it.

        Raises:
            LoopbackError: If it is not on this machine.
        """
        self._origin = _loopback_origin(url)
        self._inner = httpx.HTTPTransport(verify=_no_authorities(), limits=_LIMITS)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request to the emulator.

        Raises:
            LoopbackError: If it goes elsewhere, or has a live key.
        """
        return self._inner.handle_request(_redirected(request, self._origin))

    def close(self) -> None:
        """Closes the connections."""
        self._inner.close()


class AsyncLoopbackTransport(httpx.AsyncBaseTransport):
    """Leads to an emulator's server on this machine.

    Several event loops, one after the other or in several threads, can share it. Each has connections of its own, which
    are closed when the loop ends.
    """

    def __init__(self, url: str) -> None:
        """Connects to nothing yet.

        Args:
            url: The server's, as `orbitconnect emulator` prints it.

        Raises:
            LoopbackError: If it is not on this machine.
        """
        self._origin = _loopback_origin(url)
        self._lock = Lock()
        self._by_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, _OfLoop] = WeakKeyDictionary()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request to the emulator.

        Raises:
            LoopbackError: If it goes elsewhere, or has a live key.
        """
        redirected = _redirected(request, self._origin)
        return await self._of_loop(asyncio.get_running_loop()).transport.handle_async_request(redirected)

    async def aclose(self) -> None:
        """Close the connections of this event loop, and let go of those of others: their loops close them."""
        with self._lock:
            own = self._by_loop.pop(asyncio.get_running_loop(), None)
            self._by_loop.clear()
        if own is not None:
            await own.ending.aclose()

    def _of_loop(self, loop: asyncio.AbstractEventLoop) -> _OfLoop:
        with self._lock:
            found = self._by_loop.get(loop)
            if found is None:
                transport = httpx.AsyncHTTPTransport(verify=_no_authorities(), limits=_LIMITS)
                found = self._by_loop[loop] = _OfLoop(transport, close_with_loop(transport.aclose))
            return found


@frozen(eq=False, repr=False)
class _OfLoop(SafeRepr):
    """What one event loop uses."""

    transport: httpx.AsyncHTTPTransport
    ending: AsyncGenerator[None]
    """Closes the transport when the loop ends, or when this is let go of."""


def _no_authorities() -> ssl.SSLContext:
    """It is never used. httpx would otherwise load all the authorities that there are, which takes a while."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _loopback_origin(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError):
        raise LoopbackError("The emulator's URL looks like http://127.0.0.1:7357.") from None
    if parsed.scheme != "http" or parsed.userinfo or parsed.query or parsed.raw_path not in (b"", b"/"):
        raise LoopbackError("The emulator's URL looks like http://127.0.0.1:7357: http, an address, a port, no more.")
    host = _loopback_address(parsed.host)
    if host is None:
        raise LoopbackError(f"{parsed.host} is not this machine. The emulator is at a loopback address, 127.0.0.1.")
    return httpx.URL(scheme="http", host=host, port=parsed.port)


def _loopback_address(host: str) -> str | None:
    """The address, without asking any name server; None where it is none of this machine's own."""
    if host.lower() == "localhost":
        # Where the server listens, whatever the name may be made to mean.
        return "127.0.0.1"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return host if address.is_loopback and getattr(address, "ipv4_mapped", None) is None else None


def _redirected(request: httpx.Request, origin: httpx.URL) -> httpx.Request:
    if any(_LIVE_KEY in value for _, value in request.headers.raw):
        raise LoopbackError("The request has a live key, and this transport leads to an emulator. Use sk_test_….")
    url = request.url
    is_api = (url.scheme, url.host, url.port) == (_API.scheme, _API.host, _API.port)
    if not is_api and (url.scheme, _loopback_address(url.host), url.port) != (origin.scheme, origin.host, origin.port):
        raise LoopbackError(f"This transport leads to {origin}; it sends nothing to {url.host}.")
    headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"host"]
    target = url.copy_with(scheme=origin.scheme, host=origin.host, port=origin.port)
    headers.insert(0, (b"Host", target.netloc))
    return httpx.Request(
        request.method, target, headers=headers, stream=request.stream, extensions=dict(request.extensions)
    )
