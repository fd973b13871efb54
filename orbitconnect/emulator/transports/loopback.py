"""httpx transports for an application whose emulator runs in another process.

    orbit = OrbitServer(secret_key="sk_test_emulator", transport=LoopbackTransport("http://127.0.0.1:7357"))

They send requests for the API to the emulator. They never send a request to another machine or with a live key.
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

from ..._concurrency.auto_close import close_with_loop
from ..exchange import API_ORIGIN

_LIVE_KEY: Final = b"sk_live_"
_API: Final = httpx.URL(API_ORIGIN)
_LIMITS: Final = httpx.Limits(max_connections=None, max_keepalive_connections=100, keepalive_expiry=30.0)


class LoopbackError(ValueError):
    """The URL does not belong to an emulator, or the request must not be sent to an emulator. Nothing has been sent."""


class LoopbackTransport(httpx.BaseTransport):
    """Sends requests to an emulator's server on this machine."""

    def __init__(self, url: str) -> None:
        """Create a transport. It connects when the first request is sent.

        Args:
            url: The server's URL, as `orbitconnect emulator` prints it.

        Raises:
            LoopbackError: If `url` does not have the form `http://127.0.0.1:7357`, or is not on this machine.
        """
        self._origin = _loopback_origin(url)
        self._inner = httpx.HTTPTransport(verify=_empty_tls_context(), limits=_LIMITS)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the emulator.

        Raises:
            LoopbackError: If the request is for another host, or has a live key.
        """
        return self._inner.handle_request(_redirected(request, self._origin))

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class AsyncLoopbackTransport(httpx.AsyncBaseTransport):
    """Sends requests to an emulator's server on this machine.

    Several event loops can share one transport, either one after the other or in separate threads. Each loop has
    connections of its own, which are closed when the loop ends.
    """

    def __init__(self, url: str) -> None:
        """Create a transport. It connects when the first request is sent.

        Args:
            url: The server's URL, as `orbitconnect emulator` prints it.

        Raises:
            LoopbackError: If `url` does not have the form `http://127.0.0.1:7357`, or is not on this machine.
        """
        self._origin = _loopback_origin(url)
        self._lock = Lock()
        self._by_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, _LoopConnections] = WeakKeyDictionary()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the emulator.

        Raises:
            LoopbackError: If the request is for another host, or has a live key.
        """
        redirected = _redirected(request, self._origin)
        return await self._connections_of(asyncio.get_running_loop()).transport.handle_async_request(redirected)

    async def aclose(self) -> None:
        """Close this event loop's connections. Other loops' connections are closed when those loops end."""
        with self._lock:
            own = self._by_loop.pop(asyncio.get_running_loop(), None)
            self._by_loop.clear()
        if own is not None:
            await own.ending.aclose()

    def _connections_of(self, loop: asyncio.AbstractEventLoop) -> _LoopConnections:
        with self._lock:
            found = self._by_loop.get(loop)
            if found is None:
                transport = httpx.AsyncHTTPTransport(verify=_empty_tls_context(), limits=_LIMITS)
                found = self._by_loop[loop] = _LoopConnections(transport, close_with_loop(transport.aclose))
            return found


@frozen(eq=False, repr=False)
class _LoopConnections(SafeRepr):
    """The connections of one event loop."""

    transport: httpx.AsyncHTTPTransport
    ending: AsyncGenerator[None]
    """Closes the transport when the loop ends, or when this generator is garbage-collected."""


def _empty_tls_context() -> ssl.SSLContext:
    """A TLS context that is never used.

    Without this context, httpx would load all certificate authorities, which is slow.
    """
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _loopback_origin(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError):
        raise LoopbackError("url must be an emulator's URL, such as http://127.0.0.1:7357.") from None
    if parsed.scheme != "http" or parsed.userinfo or parsed.query or parsed.raw_path not in (b"", b"/"):
        raise LoopbackError(
            "url must have the form http://127.0.0.1:7357: http, a loopback address and a port, and nothing else."
        )
    host = _loopback_address(parsed.host)
    if host is None:
        raise LoopbackError(
            f"{parsed.host} is not a loopback address of this machine. Use the emulator's URL, such as "
            "http://127.0.0.1:7357."
        )
    return httpx.URL(scheme="http", host=host, port=parsed.port)


def _loopback_address(host: str) -> str | None:
    """The loopback address that a host names, or None. Does not resolve names."""
    if host.lower() == "localhost":
        # The server listens on this address, regardless of what the name resolves to.
        return "127.0.0.1"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return host if address.is_loopback and getattr(address, "ipv4_mapped", None) is None else None


def _redirected(request: httpx.Request, origin: httpx.URL) -> httpx.Request:
    if any(_LIVE_KEY in value for _, value in request.headers.raw):
        raise LoopbackError("The request has a live key, and this transport sends to an emulator. Use a key sk_test_….")
    url = request.url
    is_api = (url.scheme, url.host, url.port) == (_API.scheme, _API.host, _API.port)
    if not is_api and (url.scheme, _loopback_address(url.host), url.port) != (origin.scheme, origin.host, origin.port):
        raise LoopbackError(f"This transport sends only to the API and to {origin}, not to {url.host}.")
    headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"host"]
    target = url.copy_with(scheme=origin.scheme, host=origin.host, port=origin.port)
    headers.insert(0, (b"Host", target.netloc))
    return httpx.Request(
        request.method, target, headers=headers, stream=request.stream, extensions=dict(request.extensions)
    )
