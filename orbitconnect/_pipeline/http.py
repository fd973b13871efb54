"""All that the project knows of httpx: its request, its transports, its exceptions.

The transports are called directly, without `httpx.Client`: a server SDK follows no redirects and keeps no cookies, and
those layers cost a third of a call. What the client does besides is done here: proxies from the environment, and one
TLS context for the process.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx
from httpx import AsyncBaseTransport, BaseTransport

from orbitconnect_api.operations import BASE_URL

from .outcome import Failure
from .prepare import Prepared

if TYPE_CHECKING:
    import asyncio
    import ssl

__all__ = [
    "IDLE_SECONDS",
    "TRANSPORT_ERRORS",
    "AsyncBaseTransport",
    "BaseTransport",
    "async_owner",
    "failure_of",
    "is_gone",
    "new_request",
    "open_async_transport",
    "open_transport",
    "process_owner",
]

CONNECT_SECONDS: Final = 10.0
IDLE_SECONDS: Final = 30.0
"""An idle connection is given up after that. A server often does so after a minute."""
_ONE_CONNECTION: Final = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=IDLE_SECONDS)

TRANSPORT_ERRORS: Final = (httpx.HTTPError, OSError)

_HOST: Final = urlsplit(BASE_URL).netloc


def new_request(prepared: Prepared, wall_time: float, seconds_left: float | None) -> httpx.Request:
    """Makes httpx's request for one attempt."""
    if seconds_left is None:
        timeout: dict[str, float | None] = {"connect": CONNECT_SECONDS, "read": None, "write": None, "pool": None}
    else:
        rest, connect = limits(seconds_left)
        timeout = {"connect": connect, "read": rest, "write": rest, "pool": rest}
    return httpx.Request(
        prepared.method,
        _parse(prepared.url),
        headers=prepared.headers(wall_time),
        stream=httpx.ByteStream(prepared.body or b""),
        extensions={"timeout": timeout},
    )


def limits(seconds_left: float) -> tuple[float, float]:
    """The limits for all phases and for connecting; both know when they end."""
    from .deadline import Until  # Here, because it loads httpcore, which httpx loads with its first transport.

    rest = Until.after(seconds_left)
    return rest, rest if seconds_left < CONNECT_SECONDS else Until.after(CONNECT_SECONDS)


@lru_cache(maxsize=512)
def _parse(url: str) -> httpx.URL:
    return httpx.URL(url)


@lru_cache(maxsize=1)
def _ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def open_transport() -> httpx.HTTPTransport:
    """Makes a transport for one connection to the API. Nothing is connected yet."""
    from .deadline import Backend

    transport = httpx.HTTPTransport(verify=_ssl_context(), limits=_ONE_CONNECTION, proxy=_proxy())
    _put_below(transport, Backend)
    return transport


def open_async_transport() -> httpx.AsyncHTTPTransport:
    """Makes a transport for one connection to the API. Nothing is connected yet."""
    from .deadline import AsyncBackend

    transport = httpx.AsyncHTTPTransport(verify=_ssl_context(), limits=_ONE_CONNECTION, proxy=_proxy())
    _put_below(transport, AsyncBackend)
    return transport


def _put_below(transport: Any, backend: Any) -> None:
    # httpx has no argument for it. Should it keep its pool elsewhere one day, time limits apply to each read again.
    pool = getattr(transport, "_pool", None)
    inner = getattr(pool, "_network_backend", None)
    if inner is not None:
        setattr(pool, "_network_backend", backend(inner))  # noqa: B010  # Not ours, and not declared.


def _proxy() -> httpx.Proxy | None:
    if proxy_bypass(_HOST):
        return None
    proxies = getproxies()
    url = proxies.get(urlsplit(BASE_URL).scheme) or proxies.get("all")
    if not url:
        return None
    try:
        return httpx.Proxy(url if "://" in url else f"http://{url}")
    except (ValueError, httpx.InvalidURL):
        pass
    # Without the URL, which may hold a password.
    raise ValueError("The environment names a proxy that cannot be used: it must be an http, https or socks5 URL.")


def process_owner() -> int:
    """Whose pool it is: connections must not be shared with a parent process."""
    return os.getpid()


def async_owner() -> tuple[int, asyncio.AbstractEventLoop]:
    """Whose pool it is: connections must not be shared with a parent process or another event loop."""
    from asyncio import get_running_loop

    return os.getpid(), get_running_loop()


def is_gone(other: int | tuple[int, asyncio.AbstractEventLoop]) -> bool:
    """Whether a pool's owner is another process, or an event loop that has ended."""
    if isinstance(other, int):
        return other != os.getpid()
    return other[0] != os.getpid() or other[1].is_closed()


def failure_of(error: BaseException) -> Failure:
    """Puts an exception of httpx into our terms."""
    if isinstance(error, httpx.ConnectTimeout):
        return Failure(f"Could not connect to {_HOST}: it did not answer in time", sent=False, timeout=True)
    if isinstance(error, httpx.PoolTimeout):
        return Failure("No connection of the pool became free in time", sent=False, timeout=True)
    if isinstance(error, httpx.ConnectError):
        return Failure(f"Could not connect to {_HOST}: {_reason(error)}", sent=False)
    if isinstance(error, httpx.ProxyError):
        return Failure(f"The proxy did not connect to {_HOST}: {_reason(error)}", sent=False)
    if isinstance(error, httpx.TimeoutException):
        return Failure(f"{_HOST} did not answer in time", sent=True, timeout=True)
    if isinstance(error, (httpx.LocalProtocolError, httpx.UnsupportedProtocol)):
        # Without its text, which may quote a header.
        return Failure(f"The request could not be sent ({type(error).__name__})", sent=True, hopeless=True)
    return Failure(f"The connection to {_HOST} broke: {_reason(error)}", sent=True)


def _reason(error: BaseException) -> str:
    """The innermost text: the outer ones say no more than that all attempts failed."""
    text = str(error) or type(error).__name__
    inner: BaseException | None = error
    for _ in range(10):
        if inner is None:
            break
        if isinstance(inner, OSError) and inner.errno is not None:
            text = str(inner)
        inner = inner.__cause__ or inner.__context__
    return text
