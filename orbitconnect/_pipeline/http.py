"""All that the project knows of httpx: its request, its transports, its exceptions.

The transports are called directly, without `httpx.Client`: a server SDK follows no redirects and keeps no cookies, and
those layers cost a third of a call. What the client does besides is done by `proxy`, `tls` and `deadline`.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import httpx
from httpx import AsyncBaseTransport, BaseTransport

from .loop_end import close_with_loop
from .outcome import Failure
from .prepare import Prepared
from .proxy import HOST, proxy_url

if TYPE_CHECKING:
    import asyncio

__all__ = [
    "IDLE_SECONDS",
    "TRANSPORT_ERRORS",
    "AsyncBaseTransport",
    "BaseTransport",
    "async_owner",
    "failure_of",
    "holds_more",
    "is_gone",
    "is_own",
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


class _Transport(httpx.HTTPTransport):
    """Is closed when nobody holds it any more, so that a client that was dropped leaves no open connection behind."""

    def __del__(self) -> None:
        # It may be half made, and so may be the interpreter, at its end.
        with suppress(Exception):
            self.close()


class _AsyncTransport(httpx.AsyncHTTPTransport):
    """Is closed when its event loop ends, and when nobody holds it any more."""

    ending: AsyncGenerator[None] | None = None

    async def aclose(self) -> None:
        try:
            if self.ending is not None:
                await self.ending.aclose()
        finally:
            await super().aclose()


def open_transport() -> httpx.HTTPTransport:
    """Makes a transport for one connection to the API. Nothing is connected yet."""
    from .deadline import Backend
    from .one_connection import OneConnection
    from .tls import shared_context

    proxy, tls = _proxy(), shared_context()
    transport = _Transport(verify=tls, limits=_ONE_CONNECTION, proxy=proxy)
    if proxy is None:
        _put(OneConnection(tls, IDLE_SECONDS), transport, "_pool")
    else:
        _put_below(transport, Backend)
    return transport


def open_async_transport() -> httpx.AsyncHTTPTransport:
    """Makes a transport for one connection to the API. Nothing is connected yet."""
    from .deadline import AsyncBackend
    from .one_connection import AsyncOneConnection
    from .tls import shared_context

    proxy, tls = _proxy(), shared_context()
    transport = _AsyncTransport(verify=tls, limits=_ONE_CONNECTION, proxy=proxy)
    if proxy is None:
        _put(AsyncOneConnection(tls, IDLE_SECONDS), transport, "_pool")
    else:
        _put_below(transport, AsyncBackend)
    pool = getattr(transport, "_pool", None)
    if pool is not None:
        transport.ending = close_with_loop(pool.aclose)
    return transport


def _put_below(transport: Any, backend: Any) -> None:
    pool = getattr(transport, "_pool", None)
    _put(backend(getattr(pool, "_network_backend", None)), pool, "_network_backend")


def _put(part: Any, owner: Any, name: str) -> None:
    # httpx and httpcore have no argument for it. Should the attribute have another name one day, their own part stays:
    # calls are slower, and time limits apply to each read.
    if getattr(owner, name, None) is not None:
        setattr(owner, name, part)


def _proxy() -> httpx.Proxy | None:
    url = proxy_url()
    return None if url is None else httpx.Proxy(url)


def process_owner() -> int:
    """Whose pool it is: connections must not be shared with a parent process."""
    return os.getpid()


def async_owner() -> tuple[int, asyncio.AbstractEventLoop]:
    """Whose pool it is: connections must not be shared with a parent process or another event loop."""
    from asyncio import get_running_loop

    return os.getpid(), get_running_loop()


def is_own(owner: int | tuple[int, asyncio.AbstractEventLoop]) -> bool:
    """Whether a pool's owner is this process and, if it has one, the event loop that runs."""
    if isinstance(owner, int):
        return owner == os.getpid()
    try:
        return owner == async_owner()
    except RuntimeError:  # A child that was forked in a coroutine goes on with that, but has no running loop.
        return False


def is_gone(other: int | tuple[int, asyncio.AbstractEventLoop]) -> bool:
    """Whether a pool's owner is another process, or an event loop that has ended."""
    if isinstance(other, int):
        return other != os.getpid()
    return other[0] != os.getpid() or other[1].is_closed()


def holds_more(transport: Any) -> bool:
    """Whether more came over a transport's connection than the answer.

    httpcore keeps it, and would take it for the answer to the next request.
    """
    for connection in getattr(getattr(transport, "_pool", None), "connections", ()):
        inner: Any = connection
        while inner is not None:
            state = getattr(inner, "_h11_state", None)
            if state is not None and state.trailing_data[0]:
                return True
            inner = getattr(inner, "_connection", None)
    return False


def failure_of(error: BaseException) -> Failure:
    """Puts an exception of httpx into our terms."""
    if isinstance(error, httpx.ConnectTimeout):
        return Failure(f"Could not connect to {HOST}: it did not answer in time", sent=False, timeout=True)
    if isinstance(error, httpx.PoolTimeout):
        return Failure("No connection of the pool became free in time", sent=False, timeout=True)
    if isinstance(error, httpx.ConnectError):
        return Failure(f"Could not connect to {HOST}: {_reason(error)}", sent=False)
    if isinstance(error, httpx.ProxyError):
        return Failure(f"The proxy did not connect to {HOST}: {_reason(error)}", sent=False)
    if isinstance(error, httpx.TimeoutException):
        return Failure(f"{HOST} did not answer in time", sent=True, timeout=True)
    if isinstance(error, (httpx.LocalProtocolError, httpx.UnsupportedProtocol)):
        # Without its text, which may quote a header.
        return Failure(f"The request could not be sent ({type(error).__name__})", sent=True, hopeless=True)
    return Failure(f"The connection to {HOST} broke: {_reason(error)}", sent=True)


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
